"""What would the votes say if the participants resembled the population? Beside what they do say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deliberation.intervals import shares, wilson
from deliberation.raking import rake
from deliberation.small_cells import SMALLEST_CELL, withheld
from deliberation.vote_table import CHOICES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from deliberation.raking import Categories, Margins, Weights
    from deliberation.vote_matrix import VoteMatrix

_DISAGREE, _PASS, _AGREE = range(CHOICES)


@dataclass(frozen=True)
class WeightedShare:
    """A share as counted, and as weighted with its 95% interval (Wilson score, for the effective votes)."""

    unweighted: float
    weighted: float
    low: float
    high: float


@dataclass(frozen=True)
class WeightedStatement:
    """One statement; None for a share that rests on so few votes that it is withheld.

    `effective_votes` is how many equally weighted votes would tell as much.
    """

    id: int
    votes: int
    effective_votes: float
    agree: WeightedShare | None
    disagree: WeightedShare | None
    passed: WeightedShare | None


@dataclass(frozen=True)
class Category:
    """One category of one characteristic; shares are among people who said. None where withheld."""

    characteristic: str
    name: str
    people: int | None
    share_of_people: float | None
    share_of_population: float
    weighted_share: float | None


@dataclass(frozen=True)
class Weighting:
    """The weighted results, and what weighting cost.

    Attributes:
        number_of_participants: n.
        effective_sample_size: how many people, if they resembled the population, would tell as much.
        largest_weight: how much the person counts who counts most, 1 being the average.
        trimmed: how many people would count for more if there were no limit.
        largest_gap: how far a weighted share is still from its margin, because of that limit.
        categories: by characteristic and name, alphabetically.
        statements: in the order of the vote matrix.

    """

    number_of_participants: int
    effective_sample_size: float
    largest_weight: float
    trimmed: int
    largest_gap: float
    categories: tuple[Category, ...]
    statements: tuple[WeightedStatement, ...]


def weigh(
    votes: VoteMatrix,
    categories: Categories,
    margins: Margins,
    *,
    most: float = 5.0,
    smallest: int = SMALLEST_CELL,
) -> Weighting:
    """Weigh people to the population's margins and tell every share both ways.

    Weighting makes up for who takes part as far as the characteristics explain what people say; it cannot
    make up for people who came because of what they think.

    Args:
        votes: n people, m statements.
        categories: by characteristic, each person's category or None, in the order of
            `votes.participant_ids`.
        margins: see `rake`.
        most: see `rake`.
        smallest: shares that rest on 1 to `smallest` - 1 people are withheld, and with them those from
            which they could be worked out; categories with fewer people are refused.

    Raises:
        MarginError: the margins do not fit the participants; see `rake` for its kinds.
        ValueError: no characteristic is given, or not one category for each participant.

    """
    if not categories:
        raise ValueError("without a characteristic there is nothing to weigh by")
    n = len(votes.participant_ids)
    if any(len(people) != n for people in categories.values()):
        raise ValueError(f"a category is needed for each of {n} participants; None for one who did not say")
    weights = rake(categories, margins, most=most, smallest_category=smallest)
    return Weighting(
        number_of_participants=n,
        effective_sample_size=weights.effective_sample_size,
        largest_weight=float(weights.of_people.max(initial=0.0)),
        trimmed=weights.trimmed,
        largest_gap=weights.largest_gap,
        categories=tuple(
            category
            for name in sorted(margins)
            for category in _categories(name, categories[name], margins[name], weights, smallest)
        ),
        statements=weighted_statements(votes, weights.of_people, smallest=smallest),
    )


def weighted_statements(
    votes: VoteMatrix, weights: NDArray[np.float64], *, smallest: int = SMALLEST_CELL
) -> tuple[WeightedStatement, ...]:
    """Every statement's shares with and without the weights of people, shape (n,)."""
    m = len(votes.statement_ids)
    cells = votes.columns.astype(np.int64) * CHOICES + votes.choices + 1
    of_votes = weights[votes.rows]
    counts = np.bincount(cells, minlength=CHOICES * m).reshape(m, CHOICES)
    sums = np.bincount(cells, weights=of_votes, minlength=CHOICES * m).reshape(m, CHOICES).astype(np.float64)
    squares = np.bincount(votes.columns, weights=of_votes**2, minlength=m)
    effective = np.divide(sums.sum(axis=1) ** 2, squares, out=np.zeros(m), where=squares > 0)
    return tuple(_statements(votes.statement_ids, counts, sums, effective, smallest))


def _statements(
    ids: NDArray[np.int64],
    counts: NDArray[np.int64],
    sums: NDArray[np.float64],
    effective: NDArray[np.float64],
    smallest: int,
) -> Iterator[WeightedStatement]:
    """`counts` and `sums`, shape (m, 3), count and weigh the votes of each choice."""
    unweighted = shares(counts, counts.sum(axis=1, keepdims=True))
    weighted = shares(sums, sums.sum(axis=1, keepdims=True))
    low, high = wilson(weighted * effective[:, None], effective[:, None])
    figures = np.stack([unweighted, weighted, low, high], axis=2).tolist()
    for index, identifier in enumerate(ids.tolist()):
        hidden = withheld(counts[index], smallest=smallest)
        agree, disagree, passed = (
            None if hidden[choice] else WeightedShare(*figures[index][choice])
            for choice in (_AGREE, _DISAGREE, _PASS)
        )
        yield WeightedStatement(
            identifier, int(counts[index].sum()), float(effective[index]), agree, disagree, passed
        )


def _categories(
    characteristic: str,
    people: Sequence[str | None],
    margin: Mapping[str, float],
    weights: Weights,
    smallest: int,
) -> Iterator[Category]:
    names = sorted(margin)
    codes = np.array([names.index(person) if person is not None else len(names) for person in people])
    codes = codes.astype(np.int64)
    counts = np.bincount(codes, minlength=len(names) + 1)
    sums = np.bincount(codes, weights=weights.of_people, minlength=len(names) + 1)[:-1]
    hidden = withheld(counts, smallest=smallest)  # with those who did not say: everybody's number is known
    said, weight, population = counts[:-1].sum(), sums.sum(), sum(margin.values())
    for index, name in enumerate(names):
        shown = not hidden[index] and said > 0
        yield Category(
            characteristic=characteristic,
            name=name,
            people=int(counts[index]) if shown else None,
            share_of_people=float(counts[index] / said) if shown else None,
            share_of_population=float(margin[name] / population),
            weighted_share=float(sums[index] / weight) if shown else None,
        )
