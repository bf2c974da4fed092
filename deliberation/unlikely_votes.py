"""Which votes are too much alike for chance: between accounts, or within one?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.stats import poisson

from deliberation.hashing import mix
from deliberation.vote_table import CHOICES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from deliberation.vote_matrix import VoteMatrix

# So many votes, spread over the three choices, are added to each statement's own.
_SPREAD_VOTES = 1.5
_NOT_ASKED = 9
# Added to the numbers of neighbours, so that none of them is not proof.
_A_LITTLE = 0.05
# Some follow the common mind more closely than others, so more agree in all than neighbours tell.
_UNEVENNESS = 3.0
_SURPRISING = 0.01


def identical_votes(
    votes: VoteMatrix, *, fewest_votes: int, rare: float
) -> Iterator[tuple[NDArray[np.int64], float]]:
    """Rows of accounts that voted alike on the very same statements, and the chance of so many, at most.

    They must be too many in two ways. Given one of them, each other account that voted on exactly these
    statements gives the same votes with the probability of `_chances`; how many do is close to Poisson.
    Multiplied by the number of different patterns, since each could have been the one (Bonferroni), this
    must be below `rare`. But people of one mind vote alike more often than that, so they must also be
    more than `_expected_by_neighbours`.
    """
    cast = np.bincount(votes.rows, minlength=len(votes.participant_ids))
    people = np.flatnonzero(cast >= fewest_votes)
    if not len(people):
        return
    _, on_same, how_many = np.unique(
        _gathered(votes, votes.columns.astype(np.uint64))[people], return_inverse=True, return_counts=True
    )
    _, pattern, size = np.unique(
        _gathered(votes, _cells(votes).astype(np.uint64))[people], return_inverse=True, return_counts=True
    )
    chances = _chances(votes, None)[people]
    shared = np.flatnonzero(size[pattern] > 1)
    by_pattern = shared[np.argsort(pattern[shared], kind="stable")]
    groups = np.split(by_pattern, np.cumsum(size[size > 1])[:-1]) if len(shared) else []
    for members in sorted(groups, key=lambda group: int(group[0])):
        one, others = members[0], len(members) - 1
        expected = (how_many[on_same[one]] - 1) * chances[one]
        chance = min(1.0, float(poisson.sf(others - 1, expected)) * len(size))
        if (
            chance < rare
            and poisson.sf(others - 1, _expected_by_neighbours(votes, people[one])) < _SURPRISING
        ):
            yield people[members], chance


def _expected_by_neighbours(votes: VoteMatrix, person: np.int64) -> float:
    """How many may vote just like this person, judging by how many differ in one vote and in two.

    Where people scatter around a common mind, as they differ in one vote, so they agree in all: the
    numbers that differ in none, one and two follow a Poisson distribution, and the square of the second
    over twice the third is the first. Copies of an account have no such neighbours.

    The same argument as in A. Chao, "Nonparametric estimation of the number of classes in a population",
    Scandinavian Journal of Statistics 11 (1984), there for species that nobody saw.
    """
    own = votes.rows == person
    said = np.full(len(votes.statement_ids), _NOT_ASKED)
    said[votes.columns[own]] = votes.choices[own]
    asked = said[votes.columns]
    n = len(votes.participant_ids)
    answered = np.bincount(votes.rows[asked != _NOT_ASKED], minlength=n)
    alike = np.bincount(votes.rows[asked == votes.choices], minlength=n)
    differ = (answered - alike)[answered == own.sum()]
    one, two = (differ == 1).sum() + _A_LITTLE, (differ == 2).sum() + _A_LITTLE  # noqa: PLR2004
    return float(_UNEVENNESS * one**2 / (2 * two))


def one_sided_votes(
    votes: VoteMatrix, memberships: NDArray[np.float64] | None, fewest_votes: int
) -> Iterator[tuple[NDArray[np.int64], float]]:
    """Row of each account that made one choice throughout, and the chance of one such account, at most."""
    n = len(votes.participant_ids)
    of_choice = np.bincount(votes.rows * CHOICES + votes.choices + 1, minlength=CHOICES * n).reshape(
        n, CHOICES
    )
    cast = of_choice.sum(axis=1)
    tested = int((cast >= fewest_votes).sum())
    if not tested:
        return
    chances = _chances(votes, memberships)
    for person in np.flatnonzero((cast >= fewest_votes) & (of_choice.max(axis=1, initial=0) == cast)):
        yield np.array([person]), min(1.0, float(chances[person]) * tested)


def _chances(votes: VoteMatrix, memberships: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """Shape (n,): the chance that somebody would give each person's votes on the same statements.

    Somebody is of each group with the group's share of people, or like everybody, and then votes on every
    statement independently.
    """
    n, m = len(votes.participant_ids), len(votes.statement_ids)
    groups = np.zeros((n, 0)) if memberships is None else memberships
    everybody = np.clip(1.0 - groups.sum(axis=1), 0.0, 1.0)
    cells, total = _cells(votes), np.zeros(n)
    for members in (kind for kind in (*groups.T, everybody) if kind.any()):
        counts = np.bincount(cells, weights=members[votes.rows], minlength=CHOICES * m).reshape(m, CHOICES)
        shares = counts + _SPREAD_VOTES / CHOICES
        logs = np.log(shares / shares.sum(axis=1, keepdims=True)).ravel()
        total += members.mean() * np.exp(np.bincount(votes.rows, weights=logs[cells], minlength=n))
    return total


def _cells(votes: VoteMatrix) -> NDArray[np.int64]:
    return votes.columns.astype(np.int64) * CHOICES + votes.choices + 1


def _gathered(votes: VoteMatrix, values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Shape (n,): a hash of the set of each person's values, shape (v,)."""
    starts = np.searchsorted(votes.rows, np.arange(len(votes.participant_ids)))
    return np.asarray(np.add.reduceat(mix(values), starts))
