"""Majorities of everybody, the product over groups, and what people should see next."""

import numpy as np
import pytest

from deliberation.polis.consensus import group_aware_consensus, majorities
from deliberation.polis.priorities import priorities
from deliberation.polis.vote_counts import VoteCounts


def everyone(*statements: tuple[int, int, int]) -> VoteCounts:
    """One set of people; each statement is (agree, disagree, seen)."""
    table = np.array([statements])
    return VoteCounts(agree=table[:, :, 0], disagree=table[:, :, 1], seen=table[:, :, 2])


def listed(votes: VoteCounts, left_out: tuple[int, ...] = ()) -> tuple[list[int], list[int]]:
    consensus = majorities(votes, np.arange(votes.seen.shape[1]), left_out)
    return [s.statement for s in consensus.agree], [s.statement for s in consensus.disagree]


def test_clear_majorities_are_listed_clearest_first() -> None:
    assert listed(everyone((8, 2, 10), (20, 0, 20), (1, 19, 20), (5, 5, 10))) == ([1, 0], [2])


def test_a_majority_must_be_significant() -> None:
    # 5 of 7: z = 2 * sqrt(8) * (6/8 - 1/2) = 1.41; 4 of 6: z = 2 * sqrt(7) * (5/7 - 1/2) = 1.13.
    assert listed(everyone((5, 2, 7), (4, 2, 6))) == ([0], [])


def test_a_majority_counts_passes_as_votes() -> None:
    assert listed(everyone((9, 0, 18), (9, 0, 10))) == ([1], [])


def test_five_are_listed_and_equal_ones_by_column() -> None:
    assert listed(everyone(*[(9, 0, 10), (8, 0, 10), (10, 0, 10)] * 60)) == ([2, 5, 8, 11, 14], [])


def test_rejected_and_meta_statements_are_not_listed() -> None:
    assert listed(everyone((9, 0, 10), (9, 0, 10)), left_out=(0,)) == ([1], [])


def test_a_majority_carries_its_numbers() -> None:
    first = majorities(everyone((8, 1, 10)), np.array([4]), ()).agree[0]
    assert (first.statement, first.successes, first.trials) == (4, 8, 10)
    assert first.share == pytest.approx(9 / 12)
    assert first.test == pytest.approx(2 * np.sqrt(11) * (9 / 11 - 0.5))


def test_group_aware_consensus_is_a_product_of_smoothed_shares() -> None:
    groups = VoteCounts(
        agree=np.array([[3, 0], [1, 0]]), disagree=np.zeros((2, 2), int), seen=np.array([[4, 0], [8, 2]])
    )
    np.testing.assert_allclose(group_aware_consensus(groups), [4 / 6 * 2 / 10, 1 / 2 * 1 / 4])


def test_a_new_statement_has_a_priority_of_its_own() -> None:
    # importance 1/4, newness 9.
    assert priorities(everyone((0, 0, 0)), np.zeros(1), np.array([False]))[0] == pytest.approx(2.25**2)


def test_priority_grows_with_agreement_and_extremity_and_shrinks_with_passes() -> None:
    value = priorities(everyone((6, 1, 10)), np.array([0.5]), np.array([False]))[0]
    importance = (1 - 4 / 12) * 1.5 * (7 / 12)
    assert value == pytest.approx((importance * (1 + 8 * 2.0**-2)) ** 2)


def test_a_meta_statement_has_priority_49() -> None:
    assert priorities(everyone((6, 1, 10)), np.array([0.5]), np.array([True])).tolist() == [49]
