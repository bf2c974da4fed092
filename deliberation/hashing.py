"""Numbers that look random but are a function of what they are computed from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


def mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64 of each value; a bijection of the 64-bit numbers. Arithmetic wraps around, as it must.

    G. L. Steele, D. Lea and C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
    """
    mixed = values + _GAMMA
    mixed ^= mixed >> np.uint64(30)
    mixed *= _FIRST
    mixed ^= mixed >> np.uint64(27)
    mixed *= _SECOND
    mixed ^= mixed >> np.uint64(31)
    return mixed


def uniforms(values: NDArray[np.uint64]) -> NDArray[np.float64]:
    """A number strictly between 0 and 1 for each value."""
    return ((mix(values) >> np.uint64(11)).astype(np.float64) + 0.5) * 2.0**-53
