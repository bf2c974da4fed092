"""Which points lie together? K-means as Polis runs it: no random start, and a coarse end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SETTLED = 0.01  # map units


@dataclass(frozen=True, eq=False)
class Clustering:
    """Clusters without empty ones.

    Attributes:
        ids: shape (k,), ascending; numbers of the starting points, so some may be missing.
        centres: shape (k, 2), weighted means of the points.
        labels: shape (n,), the cluster of each point as an index into `ids`.

    """

    ids: NDArray[np.int64]
    centres: NDArray[np.float64]
    labels: NDArray[np.int64]


def k_means(
    points: NDArray[np.float64], k: int, *, weights: NDArray[np.float64] | None = None, rounds: int
) -> Clustering:
    """Cluster `points`, shape (n, 2), starting from the first k distinct ones.

    Weights, shape (n,), count in the means, not in the choice of the nearest centre; of equally near
    centres the last is taken. It ends when no centre moves by 0.01 or more, centres compared in sorted
    order, or after `rounds` further rounds: Polis counts down to zero after the first.
    """
    heft = np.ones(len(points)) if weights is None else weights
    centres = _first_distinct(points, k)
    ids = np.arange(len(centres))
    labels = np.zeros(len(points), dtype=np.int64)
    for _ in range(rounds + 1 if len(points) else 0):
        occupied, labels = np.unique(_nearest(points, centres), return_inverse=True)
        ids = ids[occupied]
        before, centres = centres, _means(points, labels, heft)
        if _settled(before, centres):
            break
    return Clustering(ids=ids, centres=centres, labels=labels)


def distances(points: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Euclidean, shape (len(points), len(others))."""
    between: NDArray[np.float64] = np.hypot(
        points[:, 0, np.newaxis] - others[:, 0], points[:, 1, np.newaxis] - others[:, 1]
    )
    return between


def _first_distinct(points: NDArray[np.float64], k: int) -> NDArray[np.float64]:
    first = np.sort(np.unique(points, axis=0, return_index=True)[1])
    return points[first[:k]]


def _nearest(points: NDArray[np.float64], centres: NDArray[np.float64]) -> NDArray[np.intp]:
    backwards = distances(points, centres)[:, ::-1]
    last: NDArray[np.intp] = len(centres) - 1 - backwards.argmin(axis=1)
    return last


def _means(
    points: NDArray[np.float64], labels: NDArray[np.int64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    total = np.bincount(labels, weights=weights)
    sums = [np.bincount(labels, weights=weights * coordinate) for coordinate in points.T]
    return np.stack(sums, axis=1) / total[:, np.newaxis]


def _settled(before: NDArray[np.float64], after: NDArray[np.float64]) -> bool:
    """Whether sorted centres pair up closely; surplus ones, of clusters that emptied, are not compared."""
    shared = min(len(before), len(after))
    steps = _sorted(before)[:shared] - _sorted(after)[:shared]
    return bool((np.hypot(steps[:, 0], steps[:, 1]) < SETTLED).all())


def _sorted(centres: NDArray[np.float64]) -> NDArray[np.float64]:
    return centres[np.lexsort((centres[:, 1], centres[:, 0]))]
