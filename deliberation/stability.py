"""Would the groups be found again, had other people like these taken part?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from deliberation.latent_classes import fit_classes
from deliberation.likeness import adjusted_rand
from deliberation.search import find_classes, likeliest

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from deliberation.settings import Settings
    from deliberation.vote_table import VoteTable

# C. Hennig's rule of thumb: a cluster with a mean Jaccard index of at least this is stable.
STABLE_JACCARD = 0.75
# Resamples together look at about so many votes.
_AFFORDABLE_VOTES = 3_000_000
_FEWEST_RESAMPLES = 5


@dataclass(frozen=True, eq=False)
class Stability:
    """How alike the groups of resamples are to the groups found.

    Attributes:
        resamples: how many were drawn; 0 leaves the rest unmeasured.
        adjusted_rand: mean adjusted Rand index over resamples, or None.
        jaccard: shape (g,), the mean Jaccard index of each group with its match.
        found_again: shape (g,), in how many resamples that index was at least `STABLE_JACCARD`.

    """

    resamples: int
    adjusted_rand: float | None
    jaccard: NDArray[np.float64]
    found_again: NDArray[np.int64]

    @classmethod
    def unmeasured(cls, groups: int) -> Stability:
        return cls(0, None, np.zeros(groups), np.zeros(groups, dtype=np.int64))


def measure_stability(
    table: VoteTable,
    places: Callable[[], NDArray[np.float64]],
    memberships: NDArray[np.float64],
    settings: Settings,
) -> Stability:
    """Draw people with replacement, find as many groups among those drawn, and compare.

    Of a large table a sample of people is resampled, and fewer times: never fewer people than the
    sample has, so that the answer errs on the side of doubt.

    The search among those drawn starts afresh and also from the groups found, and the likelier answer
    counts: that a search from elsewhere ended on a lower hill says nothing against the groups.

    C. Hennig, "Cluster-wise assessment of cluster stability", CSDA 52 (2007); the two starts:
    A. O'Hagan, T. B. Murphy, L. Scrucca and I. C. Gormley, "Investigation of parameter uncertainty in
    clustering using a Gaussian mixture model via jackknife, bootstrap and weighted likelihood bootstrap",
    Computational Statistics 34 (2019).
    """
    number = memberships.shape[1]
    sample = table.sample()
    affordable = max(_FEWEST_RESAMPLES, _AFFORDABLE_VOTES // max(sample.number_of_votes, 1))
    resamples = min(settings.resamples, affordable)
    if not resamples:
        return Stability.unmeasured(number)
    rng = np.random.default_rng(settings.seed + 1)
    labels = memberships.argmax(axis=1)
    n, places_of_sample, rand, jaccard = sample.number_of_people, places(), [], []
    for _ in range(resamples):
        people = np.unique(rng.integers(n, size=n))
        resample = sample.take(people)
        afresh = find_classes(resample, places_of_sample[people], number, settings.seed)
        again = fit_classes(resample, memberships[people])
        classes = likeliest(resample, (afresh, again))
        others = classes.memberships(resample).argmax(axis=1)
        rand.append(adjusted_rand(labels[people], others))
        jaccard.append(_matched(labels[people], others, number))
    indices = np.array(jaccard)
    return Stability(
        resamples, float(np.mean(rand)), indices.mean(axis=0), (indices >= STABLE_JACCARD).sum(axis=0)
    )


def _matched(labels: NDArray[np.int64], others: NDArray[np.int64], number: int) -> NDArray[np.float64]:
    """Shape (number,): the Jaccard index of each group with the other that is matched to it."""
    shared = np.zeros((number, number))
    np.add.at(shared, (labels, others), 1.0)
    unions = shared.sum(axis=1)[:, None] + shared.sum(axis=0)[None, :] - shared
    jaccard = np.divide(shared, unions, out=np.zeros_like(shared), where=unions > 0)
    ours, theirs = linear_sum_assignment(-jaccard)
    return np.asarray(jaccard[ours, theirs])
