"""How sure are we of a share, or of the difference between two?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

# The standard normal quantile that leaves 2.5% on either side.
Z_95 = 1.959963984540054


class Interval(NamedTuple):
    """Lower and upper ends of 95% intervals, arrays of one shape."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]


def wilson(counts: ArrayLike, totals: ArrayLike, *, z: float = Z_95) -> Interval:
    """Score intervals of shares, within 0 and 1; of no votes, the whole range.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
    """
    n = np.asarray(totals, dtype=np.float64)
    share = shares(counts, n)
    n_safe = np.maximum(n, 1)
    spread = z * np.sqrt(share * (1 - share) / n_safe + z**2 / (4 * n_safe**2))
    centre = share + z**2 / (2 * n_safe)
    scale = 1 + z**2 / n_safe
    # Rounding must not put a share of none or all outside its own interval.
    low = np.where(n > 0, np.clip((centre - spread) / scale, 0, share), 0.0)
    high = np.where(n > 0, np.clip((centre + spread) / scale, share, 1), 1.0)
    return Interval(low, high)


def newcombe(
    counts: ArrayLike, totals: ArrayLike, other_counts: ArrayLike, other_totals: ArrayLike
) -> Interval:
    """Intervals of the difference of two independent shares, first minus second, within -1 and 1.

    R. G. Newcombe, "Interval estimation for the difference between independent proportions:
    comparison of eleven methods", Statistics in Medicine 17 (1998), method 10.
    """
    first, second = shares(counts, totals), shares(other_counts, other_totals)
    one, two = wilson(counts, totals), wilson(other_counts, other_totals)
    difference = first - second
    return Interval(
        difference - np.hypot(first - one.low, two.high - second),
        difference + np.hypot(one.high - first, second - two.low),
    )


def shares(counts: ArrayLike, totals: ArrayLike) -> NDArray[np.float64]:
    """Counts as parts of totals; of nothing, a half: the middle of what we know."""
    parts, wholes = np.broadcast_arrays(np.asarray(counts, dtype=np.float64), totals)
    fractions: NDArray[np.float64] = np.divide(parts, wholes, out=np.full(parts.shape, 0.5), where=wholes > 0)
    return fractions
