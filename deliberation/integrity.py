"""What should a facilitator look at twice? Signs of accounts that are not each a person with a mind of their own.

A sign is not proof: a school class arrives within ten minutes, and people who share a conviction vote
alike. Nothing is removed here. `without` gives the votes without the accounts that somebody chose to
leave out, and `compare` says which statements that would change, so that both can be shown.

On many accounts of one owner: R. Meir, G. Shahaf, E. Shapiro and N. Talmon, "Safe voting", arXiv 2001.05271.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deliberation.arrivals import bursts, hurried
from deliberation.results import Signal
from deliberation.unlikely_votes import identical_votes, one_sided_votes
from deliberation.verdicts import common_ground

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike, NDArray

    from deliberation.results import Analysis, Reason
    from deliberation.vote_matrix import VoteMatrix

# What chance alone would give with a smaller probability than this, in the whole consultation, is a sign.
_RARE = 0.001


@dataclass(frozen=True)
class Change:
    """A statement of which something else is said without some accounts; shares of the votes cast."""

    statement_id: int
    agree_before: float
    agree_after: float
    common_ground_before: bool
    common_ground_after: bool


def find_signals(
    votes: VoteMatrix,
    *,
    minutes: ArrayLike | None = None,
    memberships: NDArray[np.float64] | None = None,
    fewest_votes: int = 8,
) -> tuple[Signal, ...]:
    """Everything that a facilitator may want to look at, by reason.

    Args:
        votes: n people, v votes.
        minutes: shape (v,), when each vote of `votes` was cast, in minutes since any start; see
            `times_of`. Without it nothing is said about bursts and haste.
        memberships: shape (n, g), `Places.memberships`: whether an account is one-sided is then judged by
            what its opinion group says, not by what everybody says.
        fewest_votes: identical and one-sided votes, and haste, are looked for from this many votes on.

    Raises:
        ValueError: `minutes` has not one number for each vote.

    """
    cast = np.diff(votes.starts)
    found = [
        *_signals(
            "identical_votes", identical_votes(votes, fewest_votes=fewest_votes, rare=_RARE), votes, cast
        ),
        *_signals("one_sided", one_sided_votes(votes, memberships, fewest_votes), votes, cast),
    ]
    once = np.flatnonzero(cast == 1)
    if len(once):
        found.append(Signal("one_vote", tuple(votes.participant_ids[once].tolist()), 1, None))
    if minutes is not None:
        times = np.asarray(minutes, dtype=np.float64)
        if len(times) != votes.number_of_votes:
            raise ValueError(f"{len(times)} times were given for {votes.number_of_votes} votes")
        found += _signals("burst", bursts(votes.rows, times, _RARE), votes, cast)
        found += [
            Signal("hurried", (int(votes.participant_ids[person]),), int(cast[person]), None)
            for person in hurried(votes.rows, times, fewest_votes)
        ]
    return tuple(found)


def flagged(
    signals: Iterable[Signal], *, reasons: Iterable[Reason] | None = None
) -> dict[int, tuple[Reason, ...]]:
    """Participant ids, ascending, each with its reasons; only for some `reasons` if they are given."""
    wanted = None if reasons is None else set(reasons)
    by_person: dict[int, dict[Reason, None]] = {}
    for signal in signals:
        if wanted is None or signal.reason in wanted:
            for person in signal.participant_ids:
                by_person.setdefault(person, {})[signal.reason] = None
    return {person: tuple(by_person[person]) for person in sorted(by_person)}


def without(votes: VoteMatrix, participant_ids: Iterable[int]) -> VoteMatrix:
    """The votes of everybody else, about the same statements. The result of `flagged` will do."""
    left_out = np.isin(votes.participant_ids, np.fromiter(participant_ids, dtype=np.int64))
    return votes.keep(~left_out[votes.rows])


def compare(before: Analysis, after: Analysis, *, least_change: float = 0.05) -> tuple[Change, ...]:
    """Statements whose agree share moves by `least_change` or whose common-ground verdict is another.

    Both analyses are of the same statements; those without votes in one of them have not changed share.
    """
    shared_before = {statement for statement, _ in common_ground(before.statements)}
    shared_after = {statement for statement, _ in common_ground(after.statements)}
    with_id = {statement.id: statement.overall for statement in after.statements}
    changes = []
    for statement in before.statements:
        one, other = statement.overall, with_id[statement.id]
        moved = abs(one.agree.share - other.agree.share) if one.votes and other.votes else 0.0
        verdicts = statement.id in shared_before, statement.id in shared_after
        if moved >= least_change or verdicts[0] != verdicts[1]:
            changes.append(Change(statement.id, one.agree.share, other.agree.share, *verdicts))
    return tuple(changes)


def _signals(
    reason: Reason,
    found: Iterable[tuple[NDArray[np.int64], float]],
    votes: VoteMatrix,
    cast: NDArray[np.int64],
) -> list[Signal]:
    """`found` holds rows of the vote matrix, and the chance of what they have in common."""
    return [
        Signal(reason, tuple(votes.participant_ids[people].tolist()), int(cast[people].min()), chance)
        for people, chance in found
        if chance < _RARE
    ]
