"""What would the votes say if the participants resembled the population?"""

from __future__ import annotations

import json
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deliberation.raking import (
    MarginError,
    NobodyInCategoryError,
    RakingDidNotConvergeError,
    TooFewInCategoryError,
    UnknownCategoryError,
    rake,
)
from deliberation.small_cells import withheld
from deliberation.vote_matrix import VoteMatrix
from deliberation.weighting import weigh

AGREE, PASS, DISAGREE = 1, 0, -1
HALF = {"women": 50, "men": 50}


def test_women_count_double_where_a_third_are_women_and_half_should_be() -> None:
    weights = rake({"sex": ["women"] * 10 + ["men"] * 20}, {"sex": HALF})

    assert weights.of_people[:10] == pytest.approx(1.5)
    assert weights.of_people[10:] == pytest.approx(0.75)
    assert weights.effective_sample_size == pytest.approx(30**2 / (10 * 1.5**2 + 20 * 0.75**2))
    assert (weights.trimmed, weights.largest_gap) == (0, pytest.approx(0))


def test_two_margins_are_met_at_once() -> None:
    sex = ["women"] * 10 + ["men"] * 30
    age = (["young"] * 5 + ["old"] * 5) + (["young"] * 25 + ["old"] * 5)

    weights = rake({"sex": sex, "age": age}, {"sex": HALF, "age": {"young": 0.4, "old": 0.6}}).of_people

    assert weights[:10].sum() == pytest.approx(20, abs=1e-3)
    assert weights[[person == "young" for person in age]].sum() == pytest.approx(16, abs=1e-3)


def test_raking_keeps_how_characteristics_go_together() -> None:
    """The odds ratio of a two by two table does not change: Deming and Stephan's mark."""
    cells = {("a", "x"): 40, ("a", "y"): 10, ("b", "x"): 20, ("b", "y"): 30}
    people = [cell for cell, count in cells.items() for _ in range(count)]
    one, other = [first for first, _ in people], [second for _, second in people]

    weights = rake({"1": one, "2": other}, {"1": {"a": 3, "b": 7}, "2": {"x": 1, "y": 1}}).of_people

    sums = {cell: sum(w for w, p in zip(weights, people, strict=True) if p == cell) for cell in cells}
    ratio = sums["a", "x"] * sums["b", "y"] / (sums["a", "y"] * sums["b", "x"])
    assert ratio == pytest.approx(40 * 30 / (10 * 20), rel=1e-4)


def test_nobody_counts_for_more_than_the_limit() -> None:
    weights = rake({"sex": ["women"] * 5 + ["men"] * 95}, {"sex": HALF}, most=4)

    assert weights.of_people.max() == pytest.approx(4)
    assert weights.of_people.mean() == pytest.approx(1)
    assert weights.trimmed == 5
    assert weights.largest_gap == pytest.approx(0.5 - 5 * 4 / 100)


def test_who_did_not_say_keeps_their_weight() -> None:
    weights = rake({"sex": ["women"] * 10 + ["men"] * 20 + [None] * 6}, {"sex": HALF})

    assert weights.of_people[:10] == pytest.approx(1.5)
    assert weights.of_people[30:] == pytest.approx(1)


@pytest.mark.parametrize(
    ("people", "margin", "error", "words"),
    [
        (["women"] * 9, HALF, NobodyInCategoryError, "sex: nobody who takes part is 'men'"),
        (["women"] * 9 + ["men"], HALF, TooFewInCategoryError, "too few are 'men'"),
        (["women"] * 9 + ["others"] * 9, {"women": 1}, UnknownCategoryError, "no margin for 'others'"),
        (["women"] * 9, {"women": 0}, MarginError, "must be a positive number, not 0"),
    ],
)
def test_margins_that_do_not_fit_are_refused(
    people: list[str], margin: dict[str, float], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        rake({"sex": people}, {"sex": margin})


def test_margins_that_contradict_each_other_are_refused() -> None:
    """All women are young and all men are old, so shares of both cannot differ."""
    with pytest.raises(RakingDidNotConvergeError, match=r"30\.0%"):
        rake(
            {"sex": ["women"] * 9 + ["men"] * 9, "age": ["young"] * 9 + ["old"] * 9},
            {"sex": HALF, "age": {"young": 80, "old": 20}},
        )


def test_other_mistakes_are_named() -> None:
    with pytest.raises(MarginError, match="categories of \\['age'\\] but margins of \\['sex'\\]"):
        rake({"age": ["old"]}, {"sex": HALF})
    with pytest.raises(MarginError, match="same people"):
        rake({"age": ["old"], "sex": []}, {"age": {"old": 1}, "sex": HALF})
    with pytest.raises(ValueError, match="above 1, not 1"):
        rake({"sex": []}, {"sex": HALF}, most=1)
    with pytest.raises(ValueError, match="each of 1 participants"):
        weigh(VoteMatrix.from_votes([1], [1], [AGREE]), {"sex": []}, {"sex": HALF})
    with pytest.raises(ValueError, match="nothing to weigh by"):
        weigh(VoteMatrix.from_votes([1], [1], [AGREE]), {}, {})


def women_and_men() -> VoteMatrix:
    """Ten women who agree, twenty men of whom half agree; on a second statement three men pass."""
    first = [AGREE] * 20 + [DISAGREE] * 10
    second = [AGREE] * 17 + [DISAGREE] * 10 + [PASS] * 3
    return VoteMatrix.from_votes([*range(30), *range(30)], [1] * 30 + [2] * 30, first + second)


def test_weighted_shares_stand_beside_unweighted_ones() -> None:
    weighting = weigh(women_and_men(), {"sex": ["women"] * 10 + ["men"] * 20}, {"sex": HALF})

    agree = weighting.statements[0].agree
    assert agree is not None
    assert agree.unweighted == pytest.approx(20 / 30)
    assert agree.weighted == pytest.approx(0.75)
    assert agree.low < 0.75 < agree.high
    assert weighting.statements[0].effective_votes == pytest.approx(weighting.effective_sample_size)
    assert [(c.name, c.people, c.weighted_share) for c in weighting.categories] == [
        ("men", 20, pytest.approx(0.5)),
        ("women", 10, pytest.approx(0.5)),
    ]
    json.dumps(asdict(weighting), allow_nan=False)


def test_few_passes_are_withheld_and_so_is_what_would_give_them_away() -> None:
    weighting = weigh(women_and_men(), {"sex": ["women"] * 10 + ["men"] * 20}, {"sex": HALF})

    second = weighting.statements[1]
    assert (second.passed, second.disagree) == (None, None)
    assert second.agree is not None


def test_two_who_did_not_say_cannot_be_counted_from_the_table() -> None:
    weighting = weigh(women_and_men(), {"sex": ["women"] * 10 + ["men"] * 18 + [None] * 2}, {"sex": HALF})

    assert [(c.name, c.people) for c in weighting.categories] == [("men", 18), ("women", None)]


def test_nobody_has_weights() -> None:
    weighting = weigh(VoteMatrix.from_votes([], [], [], statement_ids=[1]), {"sex": []}, {"sex": HALF})

    assert weighting.effective_sample_size == 0
    json.dumps(asdict(weighting), allow_nan=False)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([5, 5, 5], [False, False, False]),
        ([40, 4, 3], [False, True, True]),
        ([40, 4, 9], [False, True, True]),
        ([40, 0, 9], [False, False, False]),
        ([40, 1, 2], [True, True, True]),  # three people together are still few
        ([3, 0, 0], [True, True, True]),  # what is left hides behind empty cells, as far as it can
        ([], []),
    ],
)
def test_small_counts_are_withheld(counts: list[int], hidden: list[bool]) -> None:
    assert withheld(counts).tolist() == hidden


def test_in_a_table_rows_and_columns_are_protected() -> None:
    table = withheld([[3, 20, 20], [20, 20, 20], [20, 20, 20]])

    assert table[0, 0]
    assert set(table.sum(axis=0)) | set(table.sum(axis=1)) <= {0, 2, 3}


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=5))
def test_nothing_small_is_shown_or_alone(counts: list[list[int]]) -> None:
    table = np.array(counts)
    hidden = withheld(table)

    assert not ((table > 0) & (table < 5) & ~hidden).any()
    for line, mark in [*zip(table, hidden, strict=True), *zip(table.T, hidden.T, strict=True)]:
        assert not mark.any() or mark.all() or (mark.sum() > 1 and line[mark].sum() >= 5)


people = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["x", "y", None])), max_size=60)


@settings(deadline=None, max_examples=40)
@given(people, st.floats(0.1, 0.9), st.floats(0.1, 0.9), st.randoms(use_true_random=False))
def test_weights_follow_people_in_any_order(
    crowd: list[tuple[str, str | None]], first: float, second: float, random: object
) -> None:
    margins = {"1": {"a": first, "b": 1 - first}, "2": {"x": second, "y": 1 - second}}
    order = sorted(range(len(crowd)), key=lambda _: random.random())  # type: ignore[attr-defined]
    shuffled = [crowd[index] for index in order]
    try:
        weights = rake(columns(crowd), margins)
    except MarginError:
        return

    assert weights.of_people[order] == pytest.approx(rake(columns(shuffled), margins).of_people)
    assert weights.of_people.max(initial=0) <= 5
    assert weights.trimmed or weights.largest_gap < 1e-5
    assert weights.effective_sample_size <= len(crowd) + 1e-6


def columns(crowd: list[tuple[str, str | None]]) -> dict[str, list[str | None]]:
    return {"1": [one for one, _ in crowd], "2": [other for _, other in crowd]}
