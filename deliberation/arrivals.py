"""Who came in a rush, and who voted in one?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import pdtrc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, NDArray

    from deliberation.vote_matrix import VoteMatrix

_BURST_MINUTES = 10.0
_FEWEST_ARRIVALS = 10
# What is usual is learnt from this much time before and after.
_AROUND_MINUTES = 24 * 60.0
_FEWEST_MINUTES_AROUND = 60.0
# People come in waves: so many times the usual number is still nothing special.
_A_WAVE = 3.0
# Nobody reads a statement and answers it in less.
_SECONDS_FOR_A_VOTE = 2.0


def times_of(
    votes: VoteMatrix, participants: ArrayLike, statements: ArrayLike, minutes: ArrayLike
) -> NDArray[np.float64]:
    """When each vote of the matrix was first cast, shape (v,), from the columns that it was made from.

    Raises:
        ValueError: the columns differ in length, or a vote of the matrix is not among them.

    """
    who, what = np.asarray(participants, dtype=np.int64), np.asarray(statements, dtype=np.int64)
    when = np.asarray(minutes, dtype=np.float64)
    if not len(who) == len(what) == len(when):
        raise ValueError("participants, statements and minutes must have the same length")
    known = np.isin(who, votes.participant_ids) & np.isin(what, votes.statement_ids)
    rows = np.searchsorted(votes.participant_ids, who[known])
    columns = np.searchsorted(votes.statement_ids, what[known])
    m = max(len(votes.statement_ids), 1)
    order = np.lexsort((when[known], rows * m + columns))
    cells, first = np.unique((rows * m + columns)[order], return_index=True)
    wanted = votes.rows.astype(np.int64) * m + votes.columns
    if not np.isin(wanted, cells).all():
        raise ValueError("a vote of the matrix has no time")
    return np.asarray(when[known][order][first][np.searchsorted(cells, wanted)])


def bursts(
    rows: NDArray[np.int32], minutes: NDArray[np.float64], rare: float
) -> Iterator[tuple[NDArray[np.int64], float]]:
    """Rows of people whose first votes fall into the same ten minutes, and the chance of such a rush, at most.

    `rows` and `minutes`, shape (v,), say who voted when; rows are ascending and without gaps. Only rushes
    with a smaller chance than `rare`; those that overlap are one, and its chance is the least of theirs.
    """
    if not len(rows):
        return
    first = np.full(int(rows[-1]) + 1, np.inf)
    np.minimum.at(first, rows, minutes)
    people = np.argsort(first, kind="stable")
    at = first[people]
    end = np.searchsorted(at, at + _BURST_MINUTES, side="left")
    chances = _chances(at, end)
    starts = np.flatnonzero(chances < rare)
    apart = np.flatnonzero(starts[1:] >= np.maximum.accumulate(end[starts])[:-1]) + 1
    for together in np.split(starts, apart):
        if len(together):
            yield np.sort(people[together[0] : end[together].max()]), float(chances[together].min())


def _chances(at: NDArray[np.float64], end: NDArray[np.int64]) -> NDArray[np.float64]:
    """Shape (n,): the chance of a rush like that from each arrival to the one before `end`, at most.

    A rush is ten people or more. It is compared with three times the rate of the day before and after,
    since people come in waves of their own accord; where all came within an hour, nothing is usual.

    Scan statistic with the window put at every arrival: J. I. Naus, "The distribution of the size of the
    maximum cluster of points on a line", JASA 60 (1965); bounded by Bonferroni.
    """
    rush = end - np.arange(len(at))
    since, until = np.maximum(at - _AROUND_MINUTES, at[0]), np.minimum(at + _AROUND_MINUTES, at[-1])
    around = np.searchsorted(at, until, side="right") - np.searchsorted(at, since, side="left")
    elsewhere = np.maximum(until - since - _BURST_MINUTES, _BURST_MINUTES)
    usual = np.maximum(around - rush, 1) * _BURST_MINUTES / elsewhere
    chances = np.minimum(pdtrc(rush - 1, _A_WAVE * usual) * len(at), 1.0)
    telling = (rush >= _FEWEST_ARRIVALS) & (until - since >= _FEWEST_MINUTES_AROUND)
    return np.asarray(np.where(telling, chances, 1.0))


def hurried(rows: NDArray[np.int32], minutes: NDArray[np.float64], fewest_votes: int) -> list[int]:
    """Rows of people who cast so many votes faster, on average, than statements can be read.

    Times in whole minutes are taken to be rounded, and so leave a minute's doubt.
    """
    if not len(rows):
        return []
    first, last = np.full(int(rows[-1]) + 1, np.inf), np.full(int(rows[-1]) + 1, -np.inf)
    np.minimum.at(first, rows, minutes)
    np.maximum.at(last, rows, minutes)
    doubt = 1.0 if (minutes == np.round(minutes)).all() else 0.0
    cast = np.bincount(rows)
    seconds = (last - first + doubt) * 60 / np.maximum(cast - 1, 1)
    found: list[int] = np.flatnonzero((cast >= fewest_votes) & (seconds < _SECONDS_FOR_A_VOTE)).tolist()
    return found
