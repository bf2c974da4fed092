"""How much must each person count, so that the participants resemble the population?

Raking, or iterative proportional fitting: weights are scaled to one margin after the other, again and
again, until all are met. W. E. Deming and F. F. Stephan, "On a least squares adjustment of a sampled
frequency table when the expected marginal totals are known", Annals of Mathematical Statistics 11 (1940).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deliberation.small_cells import SMALLEST_CELL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    # Of one characteristic, such as age: each person's category, None where a person did not say.
    Categories = Mapping[str, Sequence[str | None]]
    # Of one characteristic: each category's number of people, or share, in the population.
    Margins = Mapping[str, Mapping[str, float]]

_MOST_ROUNDS = 1000
# Shares this close to the margin have met it; weights that move less have settled.
_TOLERANCE = 1e-6


class MarginError(ValueError):
    """The margins do not fit the participants."""


class NobodyInCategoryError(MarginError):
    """The population has a category of people of whom nobody takes part; no weight can make up for it."""


class TooFewInCategoryError(MarginError):
    """So few take part of a category that weighting would let them speak for all, and could expose them."""


class UnknownCategoryError(MarginError):
    """Somebody is in a category of which the margins say nothing, or nothing that can be weighted to."""


class RakingDidNotConvergeError(MarginError):
    """No weights meet all margins: they contradict each other for the people who take part."""


@dataclass(frozen=True, eq=False)
class Weights:
    """How much each person counts; the average is 1.

    Attributes:
        of_people: shape (n,).
        largest_gap: the largest difference that is left between a weighted share and its margin, 0 to 1;
            more than a rounding error only if weights were trimmed.
        trimmed: how many people would count for more if there were no limit.

    """

    of_people: NDArray[np.float64]
    largest_gap: float
    trimmed: int

    @property
    def effective_sample_size(self) -> float:
        return float(effective_number(self.of_people))


def effective_number(weights: NDArray[np.float64]) -> float:
    """How many equally weighted people would tell as much: (sum w)^2 / sum w^2. L. Kish, "Survey sampling", 1965."""
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares else 0.0


def rake(
    categories: Categories,
    margins: Margins,
    *,
    most: float = 5.0,
    smallest_category: int = SMALLEST_CELL,
) -> Weights:
    """Weights with which the participants have the margins of the population.

    Args:
        categories: by characteristic, the category of each of n people, in the order in which the weights
            are wanted. Somebody who did not say (None) keeps their weight where that characteristic is
            fitted: the margin is met among those who said.
        margins: for the same characteristics, positive numbers or shares for each category.
        most: nobody counts for more than this many times the average; what is cut off goes to all
            others. Margins are then missed by `largest_gap`.
        smallest_category: with fewer people a category must be merged with another by the organiser.

    Raises:
        NobodyInCategoryError, TooFewInCategoryError, UnknownCategoryError, RakingDidNotConvergeError: as
            they say.
        MarginError: the characteristics differ, or lists of people do, or a number is not positive.
        ValueError: `most` is not above 1.

    """
    if not most > 1:
        raise ValueError(f"the most that somebody counts must be above 1, not {most}")
    if categories.keys() != margins.keys():
        raise MarginError(f"categories of {sorted(categories)} but margins of {sorted(margins)}")
    lengths = {len(people) for people in categories.values()}
    if len(lengths) > 1:
        raise MarginError("every characteristic must be given for the same people")
    fits = [_fit(name, categories[name], margins[name], smallest_category) for name in sorted(margins)]
    return _settle(np.ones(lengths.pop() if lengths else 0), fits, most)


@dataclass(frozen=True, eq=False)
class _Fit:
    """One margin: codes, shape (n,), -1 for people who did not say; wanted shares, shape (c,), summing to 1."""

    codes: NDArray[np.int64]
    wanted: NDArray[np.float64]

    def shares(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        sums = np.bincount(self.codes + 1, weights=weights, minlength=len(self.wanted) + 1)[1:]
        return np.asarray(sums / sums.sum()) if sums.sum() else self.wanted

    def scaled(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        factors = self.wanted / self.shares(weights)
        return np.asarray(weights * np.append(factors, 1.0)[self.codes])

    def gap(self, weights: NDArray[np.float64]) -> float:
        return float(np.abs(self.shares(weights) - self.wanted).max(initial=0.0))


def _fit(name: str, people: Sequence[str | None], margin: Mapping[str, float], smallest: int) -> _Fit:
    for category, number in margin.items():
        if not 0 < number < np.inf:
            raise MarginError(f"{name}: the margin of {category!r} must be a positive number, not {number}")
    order = sorted(margin)
    places = {category: place for place, category in enumerate(order)}
    said = [person for person in people if person is not None]
    unknown = sorted(set(said) - places.keys())
    if unknown:
        raise UnknownCategoryError(f"{name}: there is no margin for {', '.join(map(repr, unknown))}")
    codes = np.array([-1 if person is None else places[person] for person in people], dtype=np.int64)
    counts = np.bincount(codes + 1, minlength=len(order) + 1)[1:]
    for category, count in zip(order, counts.tolist(), strict=True):
        if said and not count:
            raise NobodyInCategoryError(
                f"{name}: nobody who takes part is {category!r}; merge it with another"
            )
        if said and count < smallest:
            raise TooFewInCategoryError(f"{name}: too few are {category!r} to weigh; merge it with another")
    wanted = np.array([margin[category] for category in order], dtype=np.float64)
    return _Fit(codes, wanted / wanted.sum())


def _settle(weights: NDArray[np.float64], fits: list[_Fit], most: float) -> Weights:
    for _ in range(_MOST_ROUNDS):
        before = weights
        for fit in fits:
            weights = fit.scaled(weights)
        over = weights > most * weights.mean() if len(weights) else np.zeros(0, dtype=bool)
        weights = _trimmed(weights, most)
        gap = max((fit.gap(weights) for fit in fits), default=0.0)
        settled = np.abs(weights - before).max(initial=0.0) < _TOLERANCE
        if gap < _TOLERANCE or (settled and over.any()):
            return Weights(weights, gap, int(over.sum()))
        if settled:
            break
    raise RakingDidNotConvergeError(
        f"no weights meet all margins at once; one share would stay {gap:.1%} away from its margin"
    )


def _trimmed(weights: NDArray[np.float64], most: float) -> NDArray[np.float64]:
    """The same with an average of 1 and none above `most`."""
    while len(weights) and (abs(weights.mean() - 1) > _TOLERANCE / 100 or weights.max() > most):
        weights = np.minimum(weights / weights.mean(), most)
    return weights
