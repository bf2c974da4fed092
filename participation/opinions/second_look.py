"""What is conspicuous in the votes, and what the results would be without it: in counts, never by name.

What is stored here says how many accounts have a sign, not which: no page could lead from it to a person.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from deliberation.analysis import analyse
from deliberation.integrity import compare, find_signals, flagged, without
from deliberation.small_cells import SMALLEST_CELL
from deliberation.verdicts import common_ground

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from numpy.typing import NDArray

    from deliberation.results import Analysis, Reason, Signal
    from deliberation.settings import Settings
    from deliberation.vote_matrix import VoteMatrix

# Signs after which the results are worked out once more. A single vote is no such sign: many stop after one.
CONSPICUOUS: tuple[Reason, ...] = ("identical_votes", "one_sided", "burst", "hurried")
TIMED: tuple[Reason, ...] = ("burst", "hurried")
# Enough to ask whether groups are stable, and a fraction of the work.
RESAMPLES = 10


def with_timed_signals(
    votes: VoteMatrix, minutes: NDArray[Any], analysis: Analysis, *, in_rooms: Collection[int]
) -> Analysis:
    """The same analysis with the signs that need times too: bursts and haste.

    Args:
        in_rooms: participants whose votes came together because somebody gathered them. Their times say nothing.

    """
    signals = find_signals(votes, minutes=minutes, memberships=analysis.places.memberships)
    return replace(analysis, integrity=tuple(_excused(signals, set(in_rooms))))


def _excused(signals: Iterable[Signal], in_rooms: set[int]) -> Iterator[Signal]:
    for signal in signals:
        if signal.reason not in TIMED:
            yield signal
        elif others := tuple(person for person in signal.participant_ids if person not in in_rooms):
            yield replace(signal, participant_ids=others)


def second_look(
    votes: VoteMatrix, analysis: Analysis, settings: Settings, *, compared: bool
) -> dict[str, Any]:
    """Signs by reason, how many accounts have one, and the results without all those accounts.

    One comparison, not one for each kind of sign: the difference between two would be that of a few accounts.

    Args:
        compared: whether to work out the results without; costs one more analysis.

    """
    accounts = {
        reason: len(flagged(analysis.integrity, reasons=[reason])) for reason in (*CONSPICUOUS, "one_vote")
    }
    conspicuous = set(flagged(analysis.integrity, reasons=CONSPICUOUS))
    return {
        "signals": [_signal(signal) for signal in analysis.integrity],
        "accounts": {reason: number for reason, number in accounts.items() if number},
        "conspicuous": len(conspicuous),
        "with_all": _results(analysis, analysis),
        "without": _without(votes, analysis, settings, conspicuous)
        if compared and len(conspicuous) >= SMALLEST_CELL
        else None,
    }


def _signal(signal: Signal) -> dict[str, Any]:
    return {
        "reason": signal.reason,
        "accounts": len(signal.participant_ids),
        "votes": signal.votes,
        "chance": signal.chance,
    }


def _without(votes: VoteMatrix, analysis: Analysis, settings: Settings, people: set[int]) -> dict[str, Any]:
    after = analyse(without(votes, people), replace(settings, resamples=min(RESAMPLES, settings.resamples)))
    return {**_results(after, analysis), "changes": _changes(analysis, after)}


def _results(after: Analysis, before: Analysis) -> dict[str, Any]:
    shared, shared_before = common_ground(after.statements), common_ground(before.statements)
    return {
        "people": after.number_of_participants,
        "groups": after.number_of_groups,
        "common_ground": len(shared),
        "common_ground_kept": len(shared & shared_before),
    }


def _changes(before: Analysis, after: Analysis) -> list[dict[str, Any]]:
    """The statements of which something else is said. Withheld for few accounts: it would be their votes."""
    votes_after = {statement.id: statement.overall.votes for statement in after.statements}
    votes_before = {statement.id: statement.overall.votes for statement in before.statements}
    return [
        {
            "statement_id": change.statement_id,
            "agree_before": change.agree_before,
            "agree_after": change.agree_after,
            "shared_before": change.common_ground_before,
            "shared_after": change.common_ground_after,
        }
        for change in compare(before, after)
        if votes_before[change.statement_id] - votes_after[change.statement_id] >= SMALLEST_CELL
    ]
