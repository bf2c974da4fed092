"""How many groups are there, and who is in them? The clustering with the largest silhouette."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deliberation.polis.k_means import Clustering, distances, k_means

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from deliberation.polis.base_clusters import BaseClusters

MOST_GROUPS = 5
BASE_CLUSTERS_PER_FURTHER_GROUP = 12
ROUNDS = 20  # Polis means 100, under a name that its k-means does not read


@dataclass(frozen=True, eq=False)
class Groups:
    """The chosen clustering of base clusters, and the mean silhouette of each k that was tried."""

    clustering: Clustering
    silhouettes: Mapping[int, float]

    def of_base_cluster(self, base_index: NDArray[np.int64]) -> NDArray[np.int64]:
        """The group of each base cluster index, as an index into `clustering.ids`; -1 stays -1."""
        return np.append(self.clustering.labels, -1)[base_index]


def find_groups(base: BaseClusters) -> Groups:
    """Groups of base clusters, weighted by their sizes; of equal silhouettes the larger k wins.

    The number tried is 2 to 5, and at most 2 and one more for every 12 base clusters. Nothing is
    carried over from earlier votes: this is what Polis finds just after it was restarted.
    """
    apart = distances(base.centres, base.centres)
    weights = base.sizes.astype(np.float64)
    chosen = k_means(base.centres, 2, weights=weights, rounds=ROUNDS)
    silhouettes = {2: mean_silhouette(apart, chosen.labels)}
    for k in range(3, largest_k(len(base.ids)) + 1):
        clustering = k_means(base.centres, k, weights=weights, rounds=ROUNDS)
        silhouettes[k] = mean_silhouette(apart, clustering.labels)
        if silhouettes[k] >= max(silhouettes.values()):
            chosen = clustering
    return Groups(clustering=chosen, silhouettes=silhouettes)


def largest_k(number_of_base_clusters: int) -> int:
    return min(MOST_GROUPS, 2 + number_of_base_clusters // BASE_CLUSTERS_PER_FURTHER_GROUP)


def mean_silhouette(apart: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """How much nearer points are to their own cluster than to the next, -1 to 1.

    Args:
        apart: shape (b, b), distances between points.
        labels: shape (b,), the cluster of each point, from 0 without gaps.

    A point alone in its cluster counts as 0, and so does everything where there is one cluster.

    """
    if not len(labels) or labels.max() == 0:
        return 0.0
    members = labels[:, np.newaxis] == np.arange(labels.max() + 1)
    sizes = members.sum(axis=0)
    sums = apart @ members.astype(np.float64)
    own = sums[members] / np.maximum(sizes[labels] - 1, 1)
    others = np.where(members, np.inf, sums / sizes).min(axis=1)
    larger = np.maximum(own, others)
    together = (sizes[labels] > 1) & (larger > 0)
    scores = np.where(together, (others - own) / np.where(together, larger, 1.0), 0.0)
    return float(scores.mean())
