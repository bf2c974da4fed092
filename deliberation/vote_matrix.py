"""Who said what? A sparse participants x statements matrix of the votes that were cast."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from deliberation.ballot import Choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class VoteMatrix:
    """The current vote of each participant on each statement, in canonical order.

    Attributes:
        participant_ids: shape (n,), int64, ascending; everybody who cast a vote.
        statement_ids: shape (m,), int64, ascending; also statements that nobody voted on.
        rows: shape (v,), int32, the participant of each vote as an index into participant_ids.
        columns: shape (v,), int32, the statement of each vote as an index into statement_ids.
        choices: shape (v,), int8, the values of `Choice`.

    Votes are sorted by row, then column, so that the same votes give the same matrix
    whatever order they arrived in.

    """

    participant_ids: NDArray[np.int64]
    statement_ids: NDArray[np.int64]
    rows: NDArray[np.int32]
    columns: NDArray[np.int32]
    choices: NDArray[np.int8]

    @classmethod
    def from_votes(
        cls,
        participants: ArrayLike,
        statements: ArrayLike,
        choices: ArrayLike,
        *,
        statement_ids: Sequence[int] | None = None,
    ) -> VoteMatrix:
        """Build the matrix from votes in the order they were cast; a later vote replaces an earlier.

        Args:
            participants: shape (v,), whole numbers, who cast each vote.
            statements: shape (v,), whole numbers, what each vote is about.
            choices: shape (v,), values of `Choice`.
            statement_ids: the statements to analyse; votes on others are left out.
                By default every statement that has a vote.

        Raises:
            ValueError: the three columns differ in length, or a choice is not -1, 0 or 1.

        """
        who = np.asarray(participants, dtype=np.int64)
        what = np.asarray(statements, dtype=np.int64)
        said = np.asarray(choices, dtype=np.int8)
        if not len(who) == len(what) == len(said):
            raise ValueError("participants, statements and choices must have the same length")
        if not np.isin(said, [int(choice) for choice in Choice]).all():
            raise ValueError("a choice must be 1 (agree), 0 (pass) or -1 (disagree)")

        columns_of = np.unique(what if statement_ids is None else np.asarray(statement_ids, dtype=np.int64))
        kept = np.isin(what, columns_of)
        if not kept.all():
            who, what, said = who[kept], what[kept], said[kept]

        participant_ids = np.unique(who)
        cells = _places_among(participant_ids, who) * max(len(columns_of), 1)
        cells += _places_among(columns_of, what)
        last = _last_of_each(cells)
        rows, columns = np.divmod(cells[last], max(len(columns_of), 1))
        return cls(
            participant_ids, columns_of, rows.astype(np.int32), columns.astype(np.int32), choices=said[last]
        )

    @property
    def number_of_votes(self) -> int:
        return len(self.choices)

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Shape (n + 1,): where each person's votes start."""
        people = np.arange(len(self.participant_ids) + 1, dtype=self.rows.dtype)
        return np.searchsorted(self.rows, people)

    @cached_property
    def cells(self) -> NDArray[np.int32]:
        """Shape (v,): three cells for each statement, disagree, pass, agree; which one each vote is in."""
        return self.columns * np.int32(len(Choice)) + self.choices + np.int32(1)

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """Shape (m, 3): how many said disagree, pass, agree to each statement."""
        kinds = len(Choice)
        return np.bincount(self.cells, minlength=kinds * len(self.statement_ids)).reshape(-1, kinds)

    @cached_property
    def by_statement(self) -> sparse.csc_matrix:
        """Shape (n, m): the choices, statement after statement; a pass is a zero that is stored."""
        shape = len(self.participant_ids), len(self.statement_ids)
        return sparse.csr_matrix((self.choices, self.columns, self.starts), shape=shape).tocsc()

    def keep(self, kept: NDArray[np.bool_]) -> VoteMatrix:
        """Only these votes, a mask of shape (v,), about the same statements; people without votes are gone."""
        return VoteMatrix.from_votes(
            self.participant_ids[self.rows[kept]],
            self.statement_ids[self.columns[kept]],
            self.choices[kept],
            statement_ids=self.statement_ids.tolist(),
        )

    def fingerprint(self) -> str:
        """SHA-256 of ids and votes, in hexadecimal: equal if and only if the votes are equal."""
        digest = hashlib.sha256()
        for name in ("participant_ids", "statement_ids", "starts", "columns", "choices"):
            values = np.ascontiguousarray(getattr(self, name))
            digest.update(f"{name} {len(values)} {values.dtype.str}\n".encode())
            digest.update(values.data)
        return digest.hexdigest()


def _places_among(ids: NDArray[np.int64], values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each value stands among ids, which are ascending and hold them all."""
    if not len(values) or int(ids[-1]) - int(ids[0]) > 8 * len(values):
        return np.searchsorted(ids, values)
    places = np.zeros(ids[-1] - ids[0] + 1, dtype=np.int64)
    places[ids - ids[0]] = np.arange(len(ids))
    return np.asarray(places.take(values - ids[0]))


def _last_of_each(cells: NDArray[np.int64]) -> NDArray[np.int64]:
    """Indices of the last vote in each cell that has one, by ascending cell.

    Numbers that hold cell and order at once sort several times faster than cells with an order beside them.
    """
    v = max(len(cells), 1)
    if int(cells.max(initial=0)) >= np.iinfo(np.int64).max // v - 1:
        return v - 1 - np.unique(cells[::-1], return_index=True)[1]
    both = np.sort(cells * v + np.arange(len(cells)))
    cell, order = np.divmod(both, v)
    return order[np.flatnonzero(np.append(np.diff(cell) != 0, [True] * (len(cells) > 0)))]
