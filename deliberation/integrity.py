"""Does anything look unlike people voting each for themselves?

Signals for facilitators, not verdicts: some families vote alike, some people have one thing to say.
Nobody is removed; `deliberation.sensitivity` says what the answer would be without those named here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deliberation.hashing import mix
from deliberation.results import Integrity

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from deliberation.vote_matrix import VoteMatrix
    from deliberation.vote_table import VoteTable

# Sharing this many votes is no longer likely by chance, if others do not vote the same way too.
_VOTES_TO_BE_ALIKE = 8
_LIKELIEST_BY_CHANCE = 1e-4
_STATEMENTS_TO_CHOOSE_FROM = 10
_SECONDS = 60.0
_MOST_IN_A_MINUTE = 40


def integrity_signals(votes: VoteMatrix, table: VoteTable, people: NDArray[np.int64]) -> Integrity:
    """Who voted exactly like others beyond chance, and who on one statement only.

    `people`, shape (n,), are the table's rows in the vote matrix.
    """
    ids = votes.participant_ids[people]
    alike = sorted((sorted(ids[group].tolist()) for group in _alike(table)), key=lambda group: group[0])
    single = (
        ids[table.votes_per_person == 1] if table.number_of_statements >= _STATEMENTS_TO_CHOOSE_FROM else []
    )
    return Integrity(
        identical=tuple(tuple(group) for group in alike),
        one_statement=tuple(sorted(int(identifier) for identifier in single)),
    )


def flagged_people(integrity: Integrity) -> list[int]:
    """Everybody whom a signal names, except the first of those who voted alike: one of them is a person."""
    return [*integrity.one_statement, *(someone for group in integrity.identical for someone in group[1:])]


def _alike(table: VoteTable) -> list[NDArray[np.int64]]:
    """Rows with the same votes, where so many sharing them by chance is unlikely."""
    totals = np.maximum(table.counts.sum(axis=1), 1)
    chances = (table.counts.ravel() / np.repeat(totals, 3))[table.cells]
    logs = np.bincount(table.rows, weights=np.log(chances), minlength=table.number_of_people)
    unlikely = logs + np.log(max(table.number_of_people, 1)) < np.log(_LIKELIEST_BY_CHANCE)
    rows = np.flatnonzero(unlikely & (table.votes_per_person >= _VOTES_TO_BE_ALIKE))
    keys = np.concatenate(
        [np.zeros(1, np.uint64), np.cumsum(mix(table.cells.astype(np.uint64)), dtype=np.uint64)]
    )
    signatures = (keys[table.starts[1:]] - keys[table.starts[:-1]])[rows]
    values, counts = np.unique(signatures, return_counts=True)
    return [rows[signatures == value] for value in values[counts > 1]]


def bursts(participants: ArrayLike, seconds: ArrayLike) -> tuple[int, ...]:
    """Who cast more votes within a minute than anyone reads statements.

    Args:
        participants: shape (v,), who cast each vote.
        seconds: shape (v,), when, in seconds from any start.

    """
    who, when = np.asarray(participants, dtype=np.int64), np.asarray(seconds, dtype=np.float64)
    order = np.lexsort((when, who))
    who, when = who[order], when[order]
    same = who[_MOST_IN_A_MINUTE:] == who[:-_MOST_IN_A_MINUTE]
    quick = when[_MOST_IN_A_MINUTE:] - when[:-_MOST_IN_A_MINUTE] < _SECONDS
    return tuple(int(identifier) for identifier in np.unique(who[_MOST_IN_A_MINUTE:][same & quick]))
