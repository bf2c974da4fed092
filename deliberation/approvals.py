"""Who would agree with what? An agreement is an approval; a vote never cast is estimated, not a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from deliberation.ballot import Choice
from deliberation.vote_table import CHOICES, VoteTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from deliberation.vote_matrix import VoteMatrix

AGREE = 2  # of the three choices in their order
# So many votes of everybody are added to each group's own, and of the average statement to everybody's.
_PRIOR_VOTES = 4.0


@dataclass(frozen=True, eq=False)
class Approvals:
    """The chance that each of n people agrees with each of m statements, never held as one dense table.

    A vote that was cast is certain: 1 for agree, 0 for disagree and pass. One that was not is the agree
    share of the kinds of people that this person belongs to, among those who did vote on the statement.

    Attributes:
        kinds: shape (n, k), rows sum to one.
        shares: shape (k, m), the estimated agree share of each kind of people.
        cast: shape (n, m), sparse by column, the values of `Choice` where a vote was cast.
        beyond: shape (n, m), likewise, certain votes minus what the shares expected there.

    """

    kinds: NDArray[np.float64]
    shares: NDArray[np.float64]
    cast: sparse.csc_matrix
    beyond: sparse.csc_matrix

    @property
    def number_of_people(self) -> int:
        return len(self.kinds)

    @cached_property
    def supporters(self) -> NDArray[np.float64]:
        """Shape (m,): the expected number of people who agree with each statement."""
        return self.sums(np.ones(self.number_of_people))

    def column(self, statement: int) -> NDArray[np.float64]:
        """Shape (n,): everybody's chance of agreeing with the statement at this index."""
        chances: NDArray[np.float64] = self.kinds @ self.shares[:, statement]
        votes = slice(self.cast.indptr[statement], self.cast.indptr[statement + 1])
        chances[self.cast.indices[votes]] = self.cast.data[votes] == Choice.AGREE
        return chances

    def sums(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """Shape (m,): the expected sum of `weights`, shape (n,), over those who agree with each statement."""
        sums = (weights @ self.kinds) @ self.shares + self.beyond.T @ weights
        return np.asarray(np.maximum(sums, 0.0))


def estimate_approvals(
    votes: VoteMatrix,
    memberships: NDArray[np.float64] | None = None,
    *,
    people: NDArray[np.int64] | None = None,
    statements: Sequence[int] | None = None,
) -> Approvals:
    """Estimate the votes that were not cast.

    Args:
        votes: n people, m statements.
        memberships: shape (n, g), the probability of each opinion group, as in `Places`. What is missing
            to one counts as "like everybody". Without groups, all are like everybody.
        people: rows of `votes`: the approvals are of these people, in this order, instead of everybody.
        statements: columns of `votes`: likewise.

    """
    table = VoteTable(votes.starts, votes.cells, len(votes.statement_ids))
    groups = np.zeros((table.number_of_people, 0)) if memberships is None else memberships
    if statements is not None:
        table = _about(table, statements)
    if people is not None:
        table, groups = table.take(people), groups[people]
    kinds = np.column_stack([groups, np.clip(1.0 - groups.sum(axis=1), 0.0, 1.0)])
    agreed, seen = votes.counts[:, AGREE], votes.counts.sum(axis=1)
    everybody = _drawn(agreed, seen, agreed.sum() / max(seen.sum(), 1))
    if statements is not None:
        everybody = everybody[statements]
    shape = table.number_of_people, table.number_of_statements
    cast = sparse.csr_matrix((table.choices, table.columns, table.starts), shape=shape).tocsc()
    shares = np.empty((kinds.shape[1], len(everybody)))
    beyond = (cast.data == Choice.AGREE).astype(np.float64)
    for statement, start in enumerate(cast.indptr[:-1]):  # one at a time: its voters fit into a cache
        here = slice(start, cast.indptr[statement + 1])
        voters = kinds.take(cast.indices[here], axis=0)
        totals = np.vstack([beyond[here], np.ones(len(voters))]) @ voters
        shares[:, statement] = _drawn(totals[0], totals[1], everybody[statement])
        shares[-1, statement] = everybody[statement]
        beyond[here] -= voters @ shares[:, statement]
    return Approvals(kinds, shares, cast, sparse.csc_matrix((beyond, cast.indices, cast.indptr), cast.shape))


def _about(table: VoteTable, statements: Sequence[int]) -> VoteTable:
    """Only the votes on these statements, which get the numbers of their places in the list."""
    cells = np.full((table.number_of_statements, CHOICES), -1, dtype=np.int32)
    cells[statements] = np.arange(len(statements) * CHOICES).reshape(-1, CHOICES)
    new_cell = cells.ravel()
    kept = np.flatnonzero((new_cell >= 0).take(table.cells))
    starts = np.searchsorted(kept, table.starts)
    return VoteTable(starts, new_cell[table.cells[kept]], len(statements))


def _drawn(agreed: ArrayLike, votes: ArrayLike, prior: ArrayLike) -> NDArray[np.float64]:
    """Agree shares drawn a little towards a prior, so that one vote is not unanimity."""
    return (np.asarray(agreed) + _PRIOR_VOTES * np.asarray(prior)) / (np.asarray(votes) + _PRIOR_VOTES)
