"""The statements that set a group apart, chosen from votes counted by hand."""

import numpy as np
import pytest

from deliberation.polis.proportions import difference_from_rest, ratio_to_rest, shares
from deliberation.polis.representativeness import representative_statements
from deliberation.polis.vote_counts import VoteCounts

ARRAY = np.array


def counts(*groups: list[tuple[int, int, int]]) -> VoteCounts:
    """Each group is a list of (agree, disagree, seen), a statement each."""
    table = np.array(groups)
    return VoteCounts(agree=table[:, :, 0], disagree=table[:, :, 1], seen=table[:, :, 2])


def chosen(votes: VoteCounts, left_out: tuple[int, ...] = ()) -> list[tuple[int, str]]:
    """Statement and direction of what the first group gets; statements are numbered from 10."""
    statements = np.arange(votes.seen.shape[1]) + 10
    first = representative_statements(votes, statements, left_out)[0]
    return [(statement.statement, statement.direction) for statement in first]


def test_shares_are_smoothed_and_passes_count_as_votes() -> None:
    alone = shares(ARRAY([6]), ARRAY([8]))
    assert alone.share[0] == pytest.approx(7 / 10)
    assert alone.test[0] == pytest.approx(2 * 3 * (7 / 9 - 0.5))


def test_the_ratio_is_that_of_smoothed_shares() -> None:
    assert ratio_to_rest(ARRAY([6]), ARRAY([8]), ARRAY([1]), ARRAY([10]))[0] == pytest.approx(0.7 / (2 / 12))


def test_the_difference_is_a_pooled_z_with_one_added_to_each_count() -> None:
    p = (7 + 2) / (9 + 11)
    expected = (7 / 9 - 2 / 11) / np.sqrt(p * (1 - p) * (1 / 9 + 1 / 11))
    z = difference_from_rest(ARRAY([6]), ARRAY([8]), ARRAY([1]), ARRAY([10]))
    assert z[0] == pytest.approx(expected, rel=1e-15)


def test_the_difference_is_zero_where_everything_is_a_success() -> None:
    assert difference_from_rest(ARRAY([5]), ARRAY([5]), ARRAY([9]), ARRAY([9])).tolist() == [0]


def test_equal_fractions_tie_exactly() -> None:
    # (2 - 1) of 3 and (4 - 3) of 3 differ equally from the rest, whatever the rounding.
    agree = difference_from_rest(ARRAY([1]), ARRAY([6]), ARRAY([0]), ARRAY([6]))
    disagree = difference_from_rest(ARRAY([5]), ARRAY([6]), ARRAY([4]), ARRAY([6]))
    assert agree[0] == disagree[0]


def test_what_the_group_agrees_with_comes_before_what_it_rejects() -> None:
    votes = counts(
        [(0, 10, 10), (9, 0, 10), (0, 9, 10), (10, 0, 10)],
        [(9, 0, 10), (0, 9, 10), (9, 0, 10), (0, 10, 10)],
    )
    assert chosen(votes) == [(13, "agree"), (11, "agree"), (10, "disagree"), (12, "disagree")]


def test_it_takes_a_majority_that_is_also_larger_than_elsewhere() -> None:
    votes = counts(
        [(10, 0, 10), (10, 0, 10), (9, 0, 10), (3, 0, 10)],
        [(0, 40, 40), (40, 0, 40), (36, 4, 40), (0, 0, 40)],
    )
    # 11 and 12 are agreed with everywhere, 13 by three of ten but by nobody else.
    assert chosen(votes) == [(10, "agree")]


def test_a_large_difference_among_many_outranks_a_large_ratio_among_few() -> None:
    votes = counts([(5, 0, 5), (20, 0, 20), (20, 0, 20)], [(0, 0, 5), (4, 0, 20), (0, 0, 20)])
    assert chosen(votes) == [(12, "agree"), (11, "agree"), (10, "agree")]


def test_what_sets_a_group_apart_makes_the_largest_difference_needless() -> None:
    # The group agrees with nothing, so there is no best one to agree with to put first either.
    votes = counts([(0, 1, 10), (0, 10, 10)], [(0, 0, 10), (10, 0, 10)])
    assert chosen(votes) == [(11, "disagree")]


def test_a_group_gets_at_most_five() -> None:
    votes = counts([(10, 0, 10 + i) for i in range(8)], [(0, 10, 10)] * 8)
    assert chosen(votes) == [(10 + i, "agree") for i in range(5)]


def test_the_best_to_agree_with_is_first_even_if_it_is_not_special() -> None:
    # Everybody agrees with statement 10; statement 11 is what sets the group apart.
    votes = counts([(10, 0, 10), (0, 10, 10)], [(9, 0, 10), (10, 0, 10)])
    first = representative_statements(votes, ARRAY([10, 11]), ())[0]
    assert [(s.statement, s.direction, s.agreements) for s in first] == [
        (10, "agree", 10),
        (11, "disagree", None),
    ]


def test_the_best_to_agree_with_may_be_shown_as_a_disagreement() -> None:
    # 10 of 13 agree, but of the rest all do: what stands out is that three disagree.
    votes = counts([(10, 3, 13)], [(40, 0, 40)])
    first = representative_statements(votes, ARRAY([10]), ())[0]
    assert [(s.direction, s.successes, s.agreements) for s in first] == [("disagree", 3, 10)]


def test_where_nothing_is_sufficient_the_largest_difference_stands_in() -> None:
    votes = counts([(1, 2, 6), (1, 3, 6), (0, 0, 6)], [(1, 2, 6), (1, 2, 6), (0, 0, 6)])
    assert chosen(votes) == [(11, "disagree")]


def test_a_group_without_statements_has_none() -> None:
    assert chosen(counts([(5, 0, 5)], [(0, 5, 5)]), left_out=(10,)) == []


def test_statements_left_out_are_never_chosen() -> None:
    votes = counts([(10, 0, 10), (9, 0, 10)], [(0, 10, 10), (0, 9, 10)])
    assert chosen(votes, left_out=(10,)) == [(11, "agree")]


def test_a_statement_that_all_pass_on_is_not_one_to_agree_with() -> None:
    # In 11 test and difference are both very negative, and their product would win.
    votes = counts([(31, 0, 50), (0, 0, 3)], [(61, 0, 100), (100, 0, 100)])
    first = representative_statements(votes, ARRAY([10, 11]), ())[0]
    assert [(s.statement, s.agreements) for s in first] == [(10, 31)]


def test_among_ones_that_others_like_even_more_agreement_alone_decides() -> None:
    votes = counts([(14, 0, 20), (16, 0, 20)], [(39, 0, 50), (50, 0, 50)])
    first = representative_statements(votes, ARRAY([10, 11]), ())[0]
    assert [(s.statement, s.agreements) for s in first] == [(11, 16)]


def test_a_better_one_by_ratio_replaces_the_best_to_agree_with() -> None:
    # 11 has less agreement than 10 but sets the group apart; once held, 12 must beat it on all four.
    votes = counts([(9, 0, 10), (8, 0, 10), (10, 0, 10)], [(8, 0, 10), (0, 8, 10), (9, 0, 10)])
    first = representative_statements(votes, ARRAY([10, 11, 12]), ())[0]
    assert [s.statement for s in first if s.agreements is not None] == [11]


def test_the_difference_has_single_precision() -> None:
    votes = counts([(6, 0, 7)], [(1, 3, 9)])
    difference = representative_statements(votes, ARRAY([10]), ())[0][0].difference
    assert difference == np.float32(difference)
    exact = difference_from_rest(ARRAY([6]), ARRAY([7]), ARRAY([1]), ARRAY([9]))[0]
    assert difference == pytest.approx(exact, rel=1e-7)
    assert difference != exact
