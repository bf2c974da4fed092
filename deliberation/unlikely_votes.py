"""Which votes are too much alike for chance: between accounts, or within one?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import pdtrc

from deliberation.hashing import mix
from deliberation.latent_classes import group_votes
from deliberation.vote_table import CHOICES, VoteTable, sums_between

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
    cast = np.diff(votes.starts)
    people = np.flatnonzero(cast >= fewest_votes)
    if not len(people):
        return
    patterns, pattern, size = np.unique(
        _hashes(votes, votes.cells, CHOICES)[people], return_inverse=True, return_counts=True
    )
    shared = np.flatnonzero(size[pattern] > 1)
    if not len(shared):
        return
    questions = _hashes(votes, votes.columns, 1)
    asked, how_many = np.unique(questions[people], return_counts=True)
    by_pattern = shared[np.argsort(pattern[shared], kind="stable")]
    groups = np.split(people[by_pattern], np.cumsum(size[size > 1])[:-1])
    groups = sorted(groups, key=lambda group: int(group[0]))
    ones = np.array([group[0] for group in groups])
    on_same = how_many[np.searchsorted(asked, questions[ones])]
    expected = (on_same - 1) * _chances(votes, None, ones)
    others = np.array([len(group) for group in groups]) - 1
    chances = np.minimum(1.0, pdtrc(others - 1, expected) * len(patterns))
    for members, chance in zip(groups, chances.tolist(), strict=True):
        if (
            chance < rare
            and pdtrc(len(members) - 2, _expected_by_neighbours(votes, members[0])) < _SURPRISING
        ):
            yield members, chance


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
    if not votes.number_of_votes:
        return
    cast, first = np.diff(votes.starts), votes.starts[:-1]
    tested = int((cast >= fewest_votes).sum())
    alike = np.minimum.reduceat(votes.choices, first) == np.maximum.reduceat(votes.choices, first)
    people = np.flatnonzero(alike & (cast >= fewest_votes))
    for person, chance in zip(people, _chances(votes, memberships, people).tolist(), strict=True):
        yield np.array([person]), min(1.0, chance * tested)


def _chances(
    votes: VoteMatrix, memberships: NDArray[np.float64] | None, people: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Shape (k,): the chance that somebody would give the votes of each of k people on the same statements.

    Somebody is of each group with the group's share of people, or like everybody, and then votes on every
    statement independently.
    """
    n, m = len(votes.participant_ids), len(votes.statement_ids)
    groups = np.zeros((n, 0)) if memberships is None else memberships
    kinds = np.column_stack([groups, np.clip(1.0 - groups.sum(axis=1), 0.0, 1.0)])
    kinds = kinds[:, kinds.any(axis=0)]
    table = VoteTable(votes.starts, votes.cells, m)
    theirs = table.take(people)
    shares = group_votes(table, kinds) + _SPREAD_VOTES / CHOICES
    logs = np.log(shares / shares.sum(axis=2, keepdims=True)).reshape(-1, CHOICES * m)
    sums = [np.bincount(theirs.rows, weights=row[theirs.cells], minlength=len(people)) for row in logs]
    return np.asarray(kinds.mean(axis=0) @ np.exp(sums))


def _hashes(votes: VoteMatrix, values: NDArray[np.int32], values_per_statement: int) -> NDArray[np.uint64]:
    """Shape (n,): a hash of the set of each person's values, shape (v,)."""
    hashes = mix(np.arange(len(votes.statement_ids) * values_per_statement, dtype=np.uint64))
    return sums_between(hashes[values], votes.starts)
