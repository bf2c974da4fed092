"""Which few statements represent people in proportion? Small consultations worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.approvals import estimate_approvals
from deliberation.equal_shares import equal_shares
from deliberation.slate import MOST_WHO_CHOOSE, choose_slate
from deliberation.vote_matrix import VoteMatrix

if TYPE_CHECKING:
    from random import Random

AGREE, PASS, DISAGREE = 1, 0, -1


def everybody_votes(*rows: str) -> VoteMatrix:
    """One string of + - 0 . for each person; a point is a vote not cast."""
    signs = {"+": AGREE, "-": DISAGREE, "0": PASS}
    cast = [(i, j, signs[said]) for i, row in enumerate(rows) for j, said in enumerate(row) if said != "."]
    people, statements, choices = zip(*cast, strict=True) if cast else ((), (), ())
    return VoteMatrix.from_votes(
        people, statements, choices, statement_ids=range(len(rows[0]) if rows else 0)
    )


def slate_of_size(votes: VoteMatrix, size: int) -> set[int]:
    return set(
        choose_slate(votes, fewest_statements=size, most_statements=size, minimum_votes=1).statement_ids
    )


def test_a_minority_of_two_fifths_gets_two_of_five() -> None:
    votes = everybody_votes(*["+++++---"] * 6, *["-----+++"] * 4)

    slate = slate_of_size(votes, 5)

    assert len(slate & {0, 1, 2, 3, 4}) == 3
    assert len(slate & {5, 6, 7}) == 2


def test_most_approved_statements_alone_would_have_left_the_minority_out() -> None:
    votes = everybody_votes(*["++-"] * 6, *["--+"] * 4)

    assert slate_of_size(votes, 2) == {0, 2}


def test_the_smallest_slate_is_one_statement_where_all_agree_with_it() -> None:
    slate = choose_slate(everybody_votes(*["++-"] * 3, *["-++"] * 3), minimum_votes=1)

    assert slate.statement_ids == (1,)
    assert slate.counted_coverage == (1.0, 0.0, 0.0)
    assert slate.coverage == (1.0, 0.0, 0.0)


def test_coverage_counts_people_by_how_many_they_agree_with() -> None:
    slate = choose_slate(everybody_votes("+---", "-+-0", "++-0", "----"), minimum_votes=1, worth_adding=0.1)

    assert slate.statement_ids == (0, 1)  # a tie, so the lower id comes first
    assert slate.counted_coverage == (0.75, 0.25, 0.0)


def test_a_pass_is_no_agreement() -> None:
    assert choose_slate(everybody_votes(*["0-"] * 20)).statement_ids == ()


def test_a_statement_seen_by_half_is_not_held_back_by_the_others() -> None:
    """Of those who voted on it, 19 in 20 agree; on the other, which all saw, 14 in 20."""
    votes = everybody_votes(*["++"] * 13, *["-+"] * 6, "+-", *["+."] * 14, *["-."] * 6)

    slate = choose_slate(votes, most_statements=1)

    assert slate.statement_ids == (1,)
    assert slate.counted_coverage[0] == pytest.approx(19 / 40)
    assert slate.coverage[0] == pytest.approx((19 + 20 * (19 + 4 * 47 / 60) / 24) / 40)


def test_one_vote_is_not_unanimity() -> None:
    votes = everybody_votes("++-", *["+.-"] * 18, "-.-")

    assert choose_slate(votes, most_statements=1, minimum_votes=1).statement_ids == (0,)


def test_few_votes_keep_a_statement_off_the_slate() -> None:
    assert choose_slate(everybody_votes(*["+"] * 9)).statement_ids == ()
    assert choose_slate(everybody_votes(*["+"] * 10)).statement_ids == (0,)


def test_the_group_of_someone_tells_how_they_would_have_voted() -> None:
    """Half of each side saw each statement; without groups, everybody is expected to half agree."""
    votes = everybody_votes(*["+-."] * 10, *["+.-"] * 10, *["-+."] * 10, *["-.+"] * 10)
    sides = np.repeat(np.eye(2), 20, axis=0)

    blind = choose_slate(votes, fewest_statements=2, most_statements=2)
    informed = choose_slate(votes, memberships=sides, fewest_statements=2, most_statements=2)

    assert informed.statement_ids == (0, 1)
    assert informed.coverage[0] > blind.coverage[0]


def test_of_very_many_people_a_sample_chooses_and_everybody_is_counted() -> None:
    """Those who agree with the first statement come first in the order given, and are just enough to choose."""
    first, second = MOST_WHO_CHOOSE, MOST_WHO_CHOOSE + 1_000
    votes = everybody_votes(*["-+"] * second, *["+-"] * first)
    order = np.arange(first + second)[::-1]

    by_all = choose_slate(votes, most_statements=1)
    by_sample = choose_slate(votes, order=order, most_statements=1)

    assert by_all.statement_ids == (1,)
    assert by_sample.statement_ids == (0,)
    assert by_sample.counted_coverage[0] == pytest.approx(first / (first + second))


@pytest.mark.parametrize("rows", [(), ("",), ("+",), ("-",), ("...", "+.."), ("000", "000")])
def test_strange_consultations_get_an_answer(rows: tuple[str, ...]) -> None:
    slate = choose_slate(everybody_votes(*rows), minimum_votes=1)

    assert len(slate.counted_coverage) == len(slate.coverage) == 3


def test_a_slate_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="no slate has 1 to 0 statements"):
        choose_slate(everybody_votes("+"), most_statements=0)


complete_votes = st.integers(1, 5).flatmap(
    lambda m: st.lists(st.text("+-0", min_size=m, max_size=m), min_size=1, max_size=8)
)
any_votes = st.integers(1, 6).flatmap(
    lambda m: st.lists(st.text("+-0.", min_size=m, max_size=m), min_size=1, max_size=12)
)


@settings(deadline=None)
@given(complete_votes, st.integers(1, 5))
def test_where_all_voted_it_is_the_published_method(rows: list[str], size: int) -> None:
    votes = everybody_votes(*rows)
    eligible = np.ones(len(rows[0]), dtype=bool)

    chosen = equal_shares(estimate_approvals(votes), eligible, size)

    exact = equal_shares_in_fractions(rows, size)
    assert chosen[: len(exact)] == exact


@settings(deadline=None)
@given(any_votes, st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(rows: list[str], random: Random) -> None:
    shuffled = rows.copy()
    random.shuffle(shuffled)

    one, other = (choose_slate(everybody_votes(*r), minimum_votes=1) for r in (rows, shuffled))

    assert one.statement_ids == other.statement_ids
    assert one.counted_coverage == other.counted_coverage
    assert one.coverage == pytest.approx(other.coverage)


@settings(deadline=None)
@given(any_votes)
def test_coverage_only_falls_as_more_is_asked(rows: list[str]) -> None:
    slate = choose_slate(everybody_votes(*rows), minimum_votes=1)

    assert 1 >= slate.counted_coverage[0] >= slate.counted_coverage[1] >= slate.counted_coverage[2] >= 0
    assert all(
        known <= likely + 1e-9 for known, likely in zip(slate.counted_coverage, slate.coverage, strict=True)
    )


def equal_shares_in_fractions(rows: list[str], size: int) -> list[int]:
    """The method as the paper writes it, without its completion, in exact arithmetic."""
    budgets = [Fraction(1)] * len(rows)
    price = Fraction(len(rows), size)
    chosen: list[int] = []
    while len(chosen) < size:
        offers = []
        for statement in set(range(len(rows[0]))) - set(chosen):
            supporters = [i for i, row in enumerate(rows) if row[statement] == "+"]
            if supporters and sum(budgets[i] for i in supporters) >= price:
                offers.append((fair_share([budgets[i] for i in supporters], price), statement, supporters))
        if not offers:
            break
        share, statement, supporters = min(offers)
        for i in supporters:
            budgets[i] -= min(budgets[i], share)
        chosen.append(statement)
    return chosen


def fair_share(budgets: list[Fraction], price: Fraction) -> Fraction:
    left, paid = len(budgets), Fraction(0)
    for budget in sorted(budgets):
        if paid + budget * left >= price:
            break
        paid, left = paid + budget, left - 1
    return (price - paid) / left
