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
# So many places show where the clusters are; the best of the starts then settles among all.
_SAMPLE = 1_000


def k_means(places: NDArray[np.float64], number: int, *, seed: int) -> NDArray[np.int64]:
    """Shape (n,): the cluster of each place, shape (n, d); some clusters are empty if places coincide.

    The best of several starts. D. Arthur and S. Vassilvitskii, "k-means++: the advantages of careful
    seeding", SODA 2007. Places are taken to be in no particular order: the first of many are a sample.
    """
    rng = np.random.default_rng(seed)
    everyone = np.ascontiguousarray(places.T)
    sample = np.ascontiguousarray(everyone[:, :_SAMPLE])
    starts = [_settle(sample, _spread_out(sample, number, rng)) for _ in range(_STARTS)]
    centres, _spread = min(starts, key=lambda start: start[1])
    if len(places) > _SAMPLE:
        centres, _spread = _settle(everyone, centres)
    return np.asarray(_squared_distances(everyone, centres).argmin(axis=0))


def _spread_out(places: NDArray[np.float64], number: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """First centres, shape (number, d), of places, shape (d, n).

    Each is drawn in proportion to its squared distance from the others.
    """
    n = places.shape[1]
    centres = places[:, rng.integers(n, size=1)].T
    nearest = _squared_distances(places, centres)[0]
    while len(centres) < number:
        reached = np.cumsum(nearest)
        chosen = np.searchsorted(reached, rng.random() * reached[-1]).clip(0, n - 1)
        centres = np.vstack([centres, places[:, chosen]])
        nearest = np.minimum(nearest, _squared_distances(places, centres[-1:])[0])
    return centres


def _settle(places: NDArray[np.float64], centres: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """Centres that each are the mean of the places nearest to them, and those squared distances summed."""
    members = np.zeros((len(centres), 0), dtype=bool)
    for _ in range(_MOST_STEPS):
        distances = _squared_distances(places, centres)
        nearest = distances.min(axis=0)
        closer = distances == nearest
        if members.shape == closer.shape and (closer == members).all():
            break
        members = closer
        weights = members.astype(np.float64)
        sizes = weights.sum(axis=1, keepdims=True)
        centres = np.where(sizes > 0, weights @ places.T / np.maximum(sizes, 1), centres)
    return centres, float(nearest.sum())


def _squared_distances(places: NDArray[np.float64], centres: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shape (number, n)."""
    squares = np.square(places).sum(axis=0) + np.square(centres).sum(axis=1)[:, None]
    return np.asarray(np.maximum(squares - 2 * centres @ places, 0.0))
