"""Which statement comes next, and how often each is shown."""

from __future__ import annotations

import numpy as np
import pytest

from deliberation.analysis import Settings, analyse
from deliberation.routing import FLOOR, next_statement, statement_weights
from tests.deliberation.planting import planted, votes_of

IDS = np.array([11, 22, 33, 44])
WEIGHTS = np.array([1.0, 1.0, 2.0, 4.0])
ALL = np.ones(4, dtype=bool)


def test_the_card_does_not_jump_on_reload() -> None:
    first = next_statement(IDS, WEIGHTS, ALL, seed=7)

    assert first == next_statement(IDS, WEIGHTS, ALL, seed=7)


def test_the_next_card_is_the_same_when_another_statement_is_voted_on() -> None:
    drawn = next_statement(IDS, WEIGHTS, ALL, seed=7)
    assert drawn is not None
    others = [index for index in range(4) if index != drawn.index]
    remaining = ALL.copy()
    remaining[others[0]] = False

    again = next_statement(IDS, WEIGHTS, remaining, seed=7)

    assert again is not None
    assert again.index == drawn.index


def test_statements_are_drawn_in_proportion_to_weight() -> None:
    drawn = [next_statement(IDS, WEIGHTS, ALL, seed=seed) for seed in range(4000)]
    counts = np.bincount([next_.index for next_ in drawn if next_], minlength=4)

    np.testing.assert_allclose(counts / 4000, WEIGHTS / WEIGHTS.sum(), atol=0.03)


def test_the_exposure_is_the_probability_of_the_draw() -> None:
    drawn = next_statement(IDS, WEIGHTS, np.array([True, False, True, False]), seed=1)

    assert drawn is not None
    assert drawn.exposure == pytest.approx(WEIGHTS[drawn.index] / 3.0)


def test_only_open_statements_are_drawn() -> None:
    for seed in range(50):
        drawn = next_statement(IDS, WEIGHTS, np.array([False, True, False, False]), seed=seed)
        assert drawn is not None
        assert drawn.index == 1
        assert drawn.exposure == 1.0


def test_when_all_is_voted_there_is_no_next() -> None:
    assert next_statement(IDS, WEIGHTS, ~ALL, seed=1) is None
    assert next_statement(IDS[:0], WEIGHTS[:0], ALL[:0], seed=1) is None


def test_large_and_negative_seeds_are_seeds_too() -> None:
    assert next_statement(IDS, WEIGHTS, ALL, seed=2**64 - 1) == next_statement(IDS, WEIGHTS, ALL, seed=-1)


def test_a_new_statement_is_shown_as_often_as_any() -> None:
    votes = votes_of(*[[1, -1, None]] * 30)
    weights = statement_weights(analyse(votes, Settings(resamples=0)))

    assert weights[2] == weights.max() == 1.0


def test_no_statement_starves_because_people_disagree() -> None:
    votes = votes_of(*[[1, -1, 1, -1]] * 200)
    weights = statement_weights(analyse(votes, Settings(resamples=0)))

    assert weights.min() >= FLOOR
    np.testing.assert_allclose(weights[0], weights[1])


def test_what_divides_is_shown_more_than_what_is_settled() -> None:
    analysis = analyse(planted((100, 90)).votes, Settings(resamples=0))
    weights = statement_weights(analysis)
    divided = np.array([statement.divisiveness for statement in analysis.statements])

    assert weights[divided.argmax()] > weights[divided.argmin()]
