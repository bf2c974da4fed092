"""How alike are two ways of putting people into groups?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def adjusted_rand(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """The adjusted Rand index of two labellings, shape (n,), of the same people: 1 is the same, 0 chance.

    L. Hubert and P. Arabie, "Comparing partitions", Journal of Classification 2 (1985).
    """
    _, ours = np.unique(one, return_inverse=True)
    _, theirs = np.unique(other, return_inverse=True)
    width = int(theirs.max(initial=0)) + 1
    together = _pairs(np.bincount(ours * width + theirs))
    in_one, in_other, everybody = _pairs(np.bincount(ours)), _pairs(np.bincount(theirs)), _pairs(len(one))
    if together == in_one == in_other:
        return 1.0
    by_chance = in_one * in_other / everybody
    return (together - by_chance) / ((in_one + in_other) / 2 - by_chance)


def _pairs(sizes: NDArray[np.int64] | int) -> float:
    """How many pairs of people are in the same group."""
    people = np.asarray(sizes, dtype=np.float64)
    return float((people * (people - 1) / 2).sum())
