"""Is a share of votes larger than a half, or larger than elsewhere? Polis' shares and z-values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIGNIFICANT = 1.2816  # 90%, one-sided


@dataclass(frozen=True, eq=False)
class Shares:
    """Estimated shares and how far above a half they are, in standard errors; arrays of one shape."""

    successes: NDArray[np.int64]
    trials: NDArray[np.int64]
    share: NDArray[np.float64]
    test: NDArray[np.float64]


def shares(successes: NDArray[np.int64], trials: NDArray[np.int64]) -> Shares:
    """One success and one failure are added to each share, one success to each test."""
    share = (successes + 1) / (trials + 2)
    test = 2 * np.sqrt(trials + 1) * ((successes + 1) / (trials + 1) - 0.5)
    return Shares(successes=successes, trials=trials, share=share, test=test)


def ratio_to_rest(
    successes: NDArray[np.int64],
    trials: NDArray[np.int64],
    rest_successes: NDArray[np.int64],
    rest_trials: NDArray[np.int64],
) -> NDArray[np.float64]:
    """How many times the share of the rest a share is. One division of whole numbers: no ties are lost."""
    ratio: NDArray[np.float64] = ((successes + 1) * (rest_trials + 2)) / ((trials + 2) * (rest_successes + 1))
    return ratio


def difference_from_rest(
    successes: NDArray[np.int64],
    trials: NDArray[np.int64],
    rest_successes: NDArray[np.int64],
    rest_trials: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Two-proportion z with one added to each of the four counts; 0 where everything is a success.

    With s and n the counts of the share, t and r those of the rest:
    z = (s/n - t/r) / sqrt(p (1 - p) (1/n + 1/r)), p = (s + t) / (n + r). Numerator and radicand are
    each one division of whole numbers, as exact as the fractions that Polis computes with.
    """
    s, n = successes + 1, trials + 1
    t, r = rest_successes + 1, rest_trials + 1
    failures = n + r - s - t
    numerator = (s * r - t * n) / (n * r)
    radicand = ((s + t) * failures) / ((n + r) * n * r)
    # Without failures both shares are 1, and the numerator is 0 whatever it is divided by.
    z: NDArray[np.float64] = numerator / np.sqrt(np.where(failures > 0, radicand, 1.0))
    return z
