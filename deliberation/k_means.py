"""Clusters of places: where to start looking for groups.

Small, so that it is the same to the last bit on any number of threads, and content with places that
coincide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STARTS = 8
_MOST_STEPS = 30


def k_means(places: NDArray[np.float64], number: int, *, seed: int) -> NDArray[np.int64]:
    """Shape (n,): the cluster of each place, shape (n, d); some clusters are empty if places coincide.

    The best of several starts. D. Arthur and S. Vassilvitskii, "k-means++: the advantages of careful
    seeding", SODA 2007.
    """
    rng = np.random.default_rng(seed)
    best, least = np.zeros(len(places), dtype=np.int64), np.inf
    for _ in range(_STARTS):
        labels, spread = _settle(places, _spread_out(places, number, rng))
        if spread < least:
            best, least = labels, spread
    return best


def _spread_out(places: NDArray[np.float64], number: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """First centres, shape (number, d): each drawn in proportion to its squared distance from the others."""
    centres = places[rng.integers(len(places), size=1)]
    nearest = _squared_distances(places, centres)[:, 0]
    while len(centres) < number:
        reached = np.cumsum(nearest)
        chosen = np.searchsorted(reached, rng.random() * reached[-1]).clip(0, len(places) - 1)
        centres = np.vstack([centres, places[chosen]])
        nearest = np.minimum(nearest, _squared_distances(places, centres[-1:])[:, 0])
    return centres


def _settle(places: NDArray[np.float64], centres: NDArray[np.float64]) -> tuple[NDArray[np.int64], float]:
    """Labels, and the squared distances to their centres summed."""
    everyone = np.arange(len(places))
    labels = np.full(len(places), -1)
    for _ in range(_MOST_STEPS):
        distances = _squared_distances(places, centres)
        nearest = distances.argmin(axis=1)
        if (nearest == labels).all():
            break
        labels = nearest
        members = np.zeros((len(centres), len(places)))
        members[labels, everyone] = 1.0
        sizes = members.sum(axis=1, keepdims=True)
        centres = np.where(sizes > 0, members @ places / np.maximum(sizes, 1), centres)
    return labels, float(distances[everyone, labels].sum())


def _squared_distances(places: NDArray[np.float64], centres: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shape (n, number)."""
    squares = (places**2).sum(axis=1)[:, None] + (centres**2).sum(axis=1) - 2 * places @ centres.T
    return np.asarray(np.maximum(squares, 0.0))
