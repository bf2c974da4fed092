"""Places on the map, and how sure they are."""

from __future__ import annotations

import numpy as np
from scipy.stats import spearmanr

from deliberation.opinion_map import OpinionMap, draw_map, fit_axes, place
from deliberation.vote_matrix import VoteMatrix
from deliberation.vote_table import arrange
from tests.deliberation.planting import planted, votes_of


def mapped(votes: VoteMatrix) -> OpinionMap:
    """The map in the order of the vote matrix."""
    arrangement = arrange(votes)
    drawn = draw_map(place(arrangement.table, fit_axes(arrangement.table)))
    order = np.argsort(arrangement.people)
    return OpinionMap(drawn.positions[order], drawn.errors[order])


def test_two_camps_stand_on_two_sides() -> None:
    left, right = [1, 1, 1, -1, -1, 0], [-1, -1, -1, 1, 1, 0]
    positions = mapped(votes_of(*[left] * 20, *[right] * 20)).positions[:, 0]

    assert abs(np.sign(positions[:20]).sum()) == 20
    np.testing.assert_array_equal(np.sign(positions[:20]), -np.sign(positions[20:]))


def test_who_agrees_with_the_strongest_statement_stands_on_the_right() -> None:
    rows = [[1, 1, 0, None], [-1, -1, 0, 1]]
    arrangement = arrange(votes_of(*rows * 20))
    loadings = fit_axes(arrangement.table).loadings

    strongest = np.abs(loadings).argmax(axis=0)
    assert (loadings[strongest, range(loadings.shape[1])] >= 0).all()


def test_few_votes_mean_a_wide_error() -> None:
    votes = planted((100, 100), votes=20).votes
    few = VoteMatrix.from_votes(
        np.append(votes.participant_ids[votes.rows], 999),
        np.append(votes.statement_ids[votes.columns], 3),
        np.append(votes.choices, 1),
    )

    errors = mapped(few).errors

    assert errors[-1] > 1.5 * np.median(errors)


def test_how_much_people_vote_does_not_say_where_they_stand() -> None:
    rng = np.random.default_rng(1)
    votes = planted((300, 300), votes=30).votes
    amounts = rng.integers(3, 31, size=600)
    rank = np.concatenate([rng.permutation(30) for _ in range(600)])
    kept = rank < amounts[votes.rows]
    thinned = VoteMatrix.from_votes(votes.rows[kept], votes.columns[kept], votes.choices[kept])

    distances = np.linalg.norm(mapped(thinned).positions, axis=1)

    counts = np.bincount(thinned.rows)
    assert abs(spearmanr(counts, distances).statistic) < 0.2


def test_errors_are_as_large_as_they_say() -> None:
    """Drawn from the model itself: places lie within 1.96 errors about 95 times in 100."""
    rng = np.random.default_rng(2)
    n, m = 1500, 60
    truth, loadings = rng.normal(size=n), rng.normal(scale=0.5, size=m)
    shown = rng.random((n, m)) < rng.uniform(0.1, 0.6, size=(n, 1))
    leans = np.outer(truth, loadings) + rng.normal(scale=0.8, size=(n, m))
    rows, columns = np.nonzero(shown)
    votes = VoteMatrix.from_votes(rows, columns, np.clip(np.round(leans[rows, columns]), -1, 1))
    drawn = mapped(votes)
    found = drawn.positions[:, 0]
    found = found * np.sign(np.corrcoef(found, truth[votes.participant_ids])[0, 1])

    arrangement = arrange(votes)
    posterior = place(arrangement.table, fit_axes(arrangement.table))
    reliability = 1 - posterior.covariances[np.argsort(arrangement.people), 0, 0]
    errors = np.sqrt(2 - 2 * np.sqrt(reliability))
    within = np.abs(found - truth[votes.participant_ids]) <= 1.96 * errors

    assert 0.92 < within.mean() < 0.98
