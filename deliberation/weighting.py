"""What if those who took part were more like those who live here?

Raking: everybody's weight is scaled until the weighted parts of each attribute match the margins that
the organiser gives. It mends what the attributes tell, at the price of a smaller effective sample; it
cannot mend what made people of one kind take part and others of the same kind not.

W. E. Deming and F. F. Stephan, "On a least squares adjustment of a sampled frequency table", Annals of
Mathematical Statistics 11 (1940); L. Kish, "Survey Sampling", 1965.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deliberation.common_ground import AGREE, DISAGREE, PASS
from deliberation.intervals import shares, wilson
from deliberation.vote_table import CHOICES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from deliberation.vote_matrix import VoteMatrix

SMALLEST_CELL = 5
_MOST_ROUNDS = 200
_TOLERANCE = 1e-9
# Nobody counts for more than this many times the average.
_LARGEST_WEIGHT = 5.0


class ImpossibleMarginsError(ValueError):
    """The margins cannot be met by the people who took part."""


@dataclass(frozen=True, eq=False)
class Weights:
    """How much each person counts.

    Attributes:
        values: shape (n,), mean one.
        effective_sample: how many people of equal weight would say as much (Kish).

    """

    values: NDArray[np.float64]
    effective_sample: float


@dataclass(frozen=True, eq=False)
class WeightedShares:
    """Weighted beside unweighted shares of agree, disagree and pass, each of shape (m, 3), with intervals."""

    unweighted: NDArray[np.float64]
    weighted: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def rake(
    attributes: Mapping[str, Sequence[str]], margins: Mapping[str, Mapping[str, float]], *, people: int
) -> Weights:
    """Weights under which each attribute has the given margins, as far as no weight exceeds five.

    Args:
        attributes: for each attribute, everybody's category.
        margins: for each of those attributes, the share of each category in the population.
        people: n.

    Raises:
        ImpossibleMarginsError: shares do not sum to one, or a category was not given or has nobody.

    """
    codes = {name: _codes(name, attributes[name], target) for name, target in margins.items()}
    values = np.ones(people)
    for _ in range(_MOST_ROUNDS):
        before = values
        for name, target in margins.items():
            wanted = np.array(list(target.values()))
            present = np.bincount(codes[name], weights=values, minlength=len(wanted)) / values.sum()
            values = values * (wanted / np.where(present > 0, present, 1.0))[codes[name]]
        values = np.minimum(values / values.mean(), _LARGEST_WEIGHT)
        if np.abs(values - before).max(initial=0.0) < _TOLERANCE:
            break
    values = values / values.mean() if people else values
    return Weights(values, float(values.sum() ** 2 / (values**2).sum()) if people else 0.0)


def _codes(name: str, categories: Sequence[str], target: Mapping[str, float]) -> NDArray[np.int64]:
    if abs(sum(target.values()) - 1) > 1e-6:  # noqa: PLR2004  shares are typed with a few digits
        raise ImpossibleMarginsError(f"the shares of {name!r} sum to {sum(target.values())}, not to 1")
    if unknown := set(categories) - set(target):
        raise ImpossibleMarginsError(f"{name!r} has no margin for {sorted(unknown)}")
    if empty := {category for category, share in target.items() if share > 0} - set(categories):
        raise ImpossibleMarginsError(f"nobody of {sorted(empty)} in {name!r} took part")
    index = {category: code for code, category in enumerate(target)}
    return np.array([index[category] for category in categories], dtype=np.int64)


def weigh_shares(votes: VoteMatrix, weights: Weights) -> WeightedShares:
    """Shares of agree, disagree and pass on each statement, in the order of the vote matrix."""
    cells = votes.columns.astype(np.int64) * CHOICES + votes.choices + 1
    size = CHOICES * len(votes.statement_ids)
    voters = weights.values[votes.rows]
    order = [AGREE, DISAGREE, PASS]
    plain, weighted, squares = (
        np.bincount(cells, weights=terms, minlength=size).reshape(-1, CHOICES)[:, order].astype(np.float64)
        for terms in (np.ones_like(voters), voters, voters**2)
    )
    total = weighted.sum(axis=1, keepdims=True)
    effective = np.divide(
        total**2, squares.sum(axis=1, keepdims=True), out=np.zeros_like(total), where=total > 0
    )
    fractions = shares(weighted, total)
    low, high = wilson(fractions * effective, effective)
    return WeightedShares(shares(plain, plain.sum(axis=1, keepdims=True)), fractions, low, high)


def suppress_small_cells(counts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which cells of a table of people, shape (rows, columns), must not be published.

    A cell of one to four people is hidden. So is, in each row and column in which only one would be,
    the next smallest: otherwise the hidden one could be worked out from the totals.
    """
    hidden = (counts > 0) & (counts < SMALLEST_CELL)
    changed = True
    while changed:
        changed = False
        for cells, mask in [*zip(counts, hidden, strict=True), *zip(counts.T, hidden.T, strict=True)]:
            others = np.flatnonzero(~mask & (cells > 0))
            if mask.sum() == 1 and len(others):
                mask[others[cells[others].argmin()]] = True  # a view: this hides the cell in the table
                changed = True
    return hidden
