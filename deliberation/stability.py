"""Would the groups be found again, had other people like these taken part?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score

from deliberation.latent_classes import fit_classes
from deliberation.opinion_groups import starting_memberships

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.opinion_groups import OpinionGroups
    from deliberation.settings import Settings
    from deliberation.vote_table import VoteTable

# C. Hennig's rule of thumb: a cluster with a mean Jaccard index of at least this is stable.
STABLE_JACCARD = 0.75
# Resampling is given about this many votes to look at in all.
_AFFORDABLE_VOTES = 20_000_000
_FEWEST_RESAMPLES = 5


@dataclass(frozen=True, eq=False)
class Stability:
    """How alike the groups of resamples are to the groups found.

    Attributes:
        resamples: how many were drawn.
        adjusted_rand: mean adjusted Rand index over resamples, None without resamples or groups.
        jaccard: shape (g,), the mean Jaccard index of each group with its best match.
        found_again: shape (g,), in how many resamples that index was at least `STABLE_JACCARD`.

    """

    resamples: int
    adjusted_rand: float | None
    jaccard: NDArray[np.float64]
    found_again: NDArray[np.int64]


def measure_stability(
    table: VoteTable, places: NDArray[np.float64], groups: OpinionGroups, settings: Settings
) -> Stability:
    """Draw people with replacement, find as many groups among them, and compare.

    C. Hennig, "Cluster-wise assessment of cluster stability", CSDA 52 (2007).
    """
    resamples = min(settings.resamples, max(_FEWEST_RESAMPLES, _affordable(table)))
    if not groups.number or not resamples:
        return Stability(0, None, np.zeros(groups.number), np.zeros(groups.number, dtype=np.int64))
    rng = np.random.default_rng(settings.seed + 1)
    rand, jaccard = [], []
    for _ in range(resamples):
        people = np.unique(rng.integers(table.number_of_people, size=table.number_of_people))
        sample = table.take(people)
        start = starting_memberships(places[people], groups.number, settings.seed)
        labels = fit_classes(sample, start).memberships(sample).argmax(axis=1)
        rand.append(adjusted_rand_score(groups.labels[people], labels))
        jaccard.append(_best_matches(groups.labels[people], labels, groups.number))
    indices = np.array(jaccard)
    return Stability(
        resamples, float(np.mean(rand)), indices.mean(axis=0), (indices >= STABLE_JACCARD).sum(axis=0)
    )


def _affordable(table: VoteTable) -> int:
    return _AFFORDABLE_VOTES // max(table.number_of_votes, 1)


def _best_matches(labels: NDArray[np.int64], others: NDArray[np.int64], number: int) -> NDArray[np.float64]:
    """Shape (number,): the Jaccard index of each group with the other that is matched to it."""
    shared = np.zeros((number, number))
    np.add.at(shared, (labels, others), 1.0)
    unions = shared.sum(axis=1)[:, None] + shared.sum(axis=0)[None, :] - shared
    jaccard = np.divide(shared, unions, out=np.zeros_like(shared), where=unions > 0)
    ours, theirs = linear_sum_assignment(-jaccard)
    return np.asarray(jaccard[ours, theirs])
