"""The votes, arranged for computing: in an order that names and arrival cannot change.

A sum of floating-point numbers depends on the order of its terms, and a random draw on the order of
what is drawn from. So everything that follows works on votes sorted by what was voted, not by who has
which number: relabelling people or statements can then only relabel the result.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from deliberation.hashing import mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.vote_matrix import VoteMatrix

CHOICES = 3
# With so many votes, more would not change where a fit arrives, only how fast.
SAMPLE_VOTES = 150_000
# Statements that look alike are told apart one at a time; past this many, the rest keep the order of ids.
_MOST_TIES_TO_BREAK = 32


@dataclass(frozen=True, eq=False)
class VoteTable:
    """Votes by row.

    Attributes:
        starts: shape (n + 1,), where each person's votes start, as in a CSR matrix.
        cells: shape (v,), int32: each statement has three cells, disagree, pass, agree; which one each
            vote is in.
        number_of_statements: m, also those without votes.

    """

    starts: NDArray[np.int64]
    cells: NDArray[np.int32]
    number_of_statements: int

    @property
    def number_of_people(self) -> int:
        return len(self.starts) - 1

    @property
    def number_of_votes(self) -> int:
        return len(self.cells)

    @cached_property
    def columns(self) -> NDArray[np.int32]:
        """Shape (v,): the statement of each vote."""
        return self.cells // np.int32(CHOICES)

    @cached_property
    def choices(self) -> NDArray[np.int8]:
        """Shape (v,): values of `Choice`."""
        return (self.cells - self.columns * np.int32(CHOICES) - np.int32(1)).astype(np.int8)

    @cached_property
    def votes_per_person(self) -> NDArray[np.int64]:
        return np.diff(self.starts)

    @cached_property
    def rows(self) -> NDArray[np.int64]:
        """Shape (v,): who cast each vote."""
        return np.repeat(np.arange(self.number_of_people), self.votes_per_person)

    @cached_property
    def indicators(self) -> sparse.csr_matrix:
        """Shape (n, 3m): a one in the cell of each vote."""
        ones = np.ones(self.number_of_votes, dtype=np.float32)
        shape = (self.number_of_people, CHOICES * self.number_of_statements)
        return sparse.csr_matrix((ones, self.cells, self.starts), shape=shape)

    def sums_by_person(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Shape (n, k): for each person, the sum over their votes of values, shape (3m, k), of cells."""
        return np.asarray((self.indicators @ _single(values)).astype(np.float64))

    def sums_by_choice(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Shape (m, 3, k): for each cell, the sum over its votes of values, shape (n, k), of people."""
        sums = (self.indicators.T @ _single(values)).astype(np.float64)
        return np.asarray(sums.reshape(self.number_of_statements, CHOICES, values.shape[1]))

    @cached_property
    def counts(self) -> NDArray[np.float64]:
        """Shape (m, 3): how many said disagree, pass, agree to each statement."""
        counts = np.bincount(self.cells, minlength=CHOICES * self.number_of_statements)
        return counts.reshape(-1, CHOICES).astype(np.float64)

    def first(self, people: int) -> VoteTable:
        """The first so many people."""
        return VoteTable(
            self.starts[: people + 1], self.cells[: self.starts[people]], self.number_of_statements
        )

    def sample(self, *, votes: int = SAMPLE_VOTES) -> VoteTable:
        """The whole table, or as many people as have about this many votes: of a canonical order, any."""
        if self.number_of_votes <= votes:
            return self
        return self.first(int(np.searchsorted(self.starts, votes)))

    def keep(self, votes: NDArray[np.bool_]) -> VoteTable:
        """The same people and statements with only these votes, a mask of shape (v,)."""
        kept_before = np.concatenate([[0], np.cumsum(votes)])
        return VoteTable(kept_before[self.starts], self.cells[votes], self.number_of_statements)

    def take(self, people: NDArray[np.int64]) -> VoteTable:
        """These people, in this order; a person may be taken twice."""
        lengths = self.votes_per_person[people]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        votes = np.arange(starts[-1]) + np.repeat(self.starts[people] - starts[:-1], lengths)
        return VoteTable(starts, self.cells[votes], self.number_of_statements)


def _single(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """Half as much to carry through the memory, row after row as the products of scipy want them."""
    return np.ascontiguousarray(values, dtype=np.float32)


@dataclass(frozen=True, eq=False)
class Arrangement:
    """A vote table, and where its rows and columns stand in the vote matrix.

    Attributes:
        table: the votes in canonical order.
        people: shape (n,), the row of the vote matrix that each row of the table was.
        statements: shape (m,), likewise for columns.

    """

    table: VoteTable
    people: NDArray[np.int64]
    statements: NDArray[np.int64]


def sums_between(values: NDArray[np.uint64], starts: NDArray[np.integer]) -> NDArray[np.uint64]:
    """Shape (n,): the sum, modulo 2^64, of the values from each of n + 1 starts to the next."""
    if not len(values):
        return np.zeros(len(starts) - 1, dtype=np.uint64)
    # `reduceat` gives an empty stretch the value it starts at, and knows no start at the very end.
    sums = np.add.reduceat(values, np.minimum(starts[:-1], len(values) - 1))
    sums[starts[1:] == starts[:-1]] = 0
    return np.asarray(sums)


def arrange(votes: VoteMatrix) -> Arrangement:
    """Sort people and statements by what was voted, so that their ids do not matter.

    Colour refinement: statements are told apart by their tallies, people by the statements they voted
    on, statements by the people who voted on them, until no two statements look alike. Whoever then
    still looks alike voted alike, and may trade places freely.

    B. Weisfeiler and A. Leman, "The reduction of a graph to canonical form", 1968.
    """
    person_colours, statement_colours = _colours(votes)
    people = np.argsort(person_colours, kind="stable")
    statements = np.argsort(statement_colours, kind="stable")
    return Arrangement(_permuted(votes, people, statements), people, statements)


def _colours(votes: VoteMatrix) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    tallies = votes.counts.astype(np.uint64)
    salts = mix(np.arange(CHOICES, dtype=np.uint64))
    statements = mix((tallies * salts).sum(axis=1, dtype=np.uint64))
    seen = np.flatnonzero(tallies.sum(axis=1))
    people = _gathered(statements, votes.cells, votes.starts)
    if _all_differ(statements[seen]):
        return people, statements

    by_statement = votes.by_statement
    voters = by_statement.indices.astype(np.int64) * CHOICES + by_statement.data + 1
    for _ in range(_MOST_TIES_TO_BREAK):
        finer = mix(statements + _gathered(people, voters, by_statement.indptr))
        if len(np.unique(finer[seen])) == len(np.unique(statements[seen])):
            finer[seen[_first_tie(finer[seen])]] += np.uint64(1)
        statements, people = finer, _gathered(finer, votes.cells, votes.starts)
        if _all_differ(statements[seen]):
            break
    return people, statements


def _all_differ(colours: NDArray[np.uint64]) -> bool:
    return len(np.unique(colours)) == len(colours)


def _first_tie(colours: NDArray[np.uint64]) -> int:
    """One of the first two that look alike. Which of them does not matter: they are alike."""
    values, counts = np.unique(colours, return_counts=True)
    return int(np.flatnonzero(colours == values[counts > 1][0])[0])


def _gathered(
    colours: NDArray[np.uint64], sources: NDArray[np.integer], starts: NDArray[np.integer]
) -> NDArray[np.uint64]:
    """For each target, a hash of the set of its votes: a sum, so that their order does not matter.

    `sources` holds 3 times the source plus the choice of each vote, target after target.
    """
    by_choice = np.stack([mix(colours + np.uint64(choice)) for choice in range(CHOICES)], axis=1).ravel()
    return mix(sums_between(by_choice[sources], starts))


def _permuted(votes: VoteMatrix, people: NDArray[np.int64], statements: NDArray[np.int64]) -> VoteTable:
    """Numbers that hold a vote's new row and cell at once, sorted: each row is then in order of statements."""
    n, m = len(people), len(statements)
    width = CHOICES * m
    narrow = n * width <= np.iinfo(np.int32).max  # half as wide sorts twice as fast
    rows, new_column = np.empty(n, dtype=np.int32 if narrow else np.int64), np.empty_like(statements)
    rows[people] = np.arange(n)
    new_column[statements] = np.arange(m)
    new_cell = (new_column[:, None] * CHOICES + np.arange(CHOICES)).ravel().astype(rows.dtype)
    lengths = np.diff(votes.starts)
    sorted_votes = new_cell.take(votes.cells)
    sorted_votes += np.repeat(rows * width, lengths)
    sorted_votes.sort()
    lengths = lengths[people]
    sorted_votes -= np.repeat(np.arange(n, dtype=rows.dtype) * width, lengths)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    return VoteTable(starts, sorted_votes.astype(np.int32, copy=False), m)
