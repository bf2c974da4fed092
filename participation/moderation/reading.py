"""The queue as somebody reads it who decides: filtered, the oldest first, each statement with what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from participation.moderation.models import Verdict
from participation.moderation.queries import (
    decisions_in,
    earlier_words_of,
    holds_in,
    predecessors_of,
    votes_on,
)
from participation.moderation.signals import Signal, signals_in
from participation.statements.models import State
from participation.statements.queries import statements_of
from participation.statements.similar import NEARLY_THE_SAME, index_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from participation.consultations.models import Consultation
    from participation.moderation.models import Decision, Hold
    from participation.statements.models import Statement, SupersededText

ON_A_PAGE = 20
MOST_NEIGHBOURS = 3


@dataclass(frozen=True)
class Filters:
    """Which statements somebody wants to see; None for any."""

    state: State = State.WAITING
    language: str | None = None
    signal: Signal | None = None
    #: Only what this account has taken.
    held_by: int | None = None

    @classmethod
    def read(cls, sent: Mapping[str, str], account_id: int) -> Filters:
        """What an address says; nonsense is as good as nothing."""
        states, signals = {state.value: state for state in State}, {signal.value: signal for signal in Signal}
        return cls(
            state=states.get(sent.get("state", ""), State.WAITING),
            language=sent.get("language") or None,
            signal=signals.get(sent.get("signal", "")),
            held_by=account_id if sent.get("mine") else None,
        )

    def as_query(self) -> dict[str, Any]:
        """The same for an address, without what is not asked for."""
        asked = {
            "state": None if self.state is State.WAITING else self.state.value,
            "language": self.language,
            "signal": self.signal and self.signal.value,
            "mine": "1" if self.held_by else None,
        }
        return {name: value for name, value in asked.items() if value}


@dataclass(frozen=True)
class Submission:
    """A statement in the queue.

    Attributes:
        history: every decision about it, the first one first.
        near: statements that nearly say the same, waiting or published, the nearest first.
        votes: how many have voted on it.
        stands_for: the numbers of statements in whose place it stands.
        earlier: what its author wrote before they were asked for other words.

    """

    statement: Statement
    signals: Sequence[Signal]
    history: Sequence[Decision]
    hold: Hold | None
    near: Sequence[Statement]
    votes: int
    stands_for: Sequence[int]
    earlier: Sequence[SupersededText]

    @property
    def latest(self) -> Decision | None:
        return self.history[-1] if self.history else None


@dataclass(frozen=True)
class Queue:
    """One page of it. `waiting` counts what waits in all, whatever the filters say; `found` what they let through."""

    submissions: Sequence[Submission]
    waiting: int
    found: int
    page: int
    pages: int


def matching(consultation: Consultation, filters: Filters) -> Sequence[Statement]:
    """The statements that the filters let through, the oldest first."""
    holds = holds_in(consultation.id) if filters.held_by else {}
    found = [
        statement
        for statement in statements_of(consultation.id, filters.state)
        if filters.language in {None, statement.language}
        and (filters.signal is None or filters.signal in signals_of(statement))
        and (
            not filters.held_by
            or (statement.id in holds and holds[statement.id].account_id == filters.held_by)
        )
    ]
    return sorted(found, key=lambda statement: (statement.written_at, statement.number))


def signals_of(statement: Statement) -> list[Signal]:
    return signals_in(statement.texts[statement.language].text, statement.language)


def queue_of(consultation: Consultation, filters: Filters, page: int) -> Queue:
    """A page of the queue; the last one for a page that is not there."""
    found = matching(consultation, filters)
    pages = max(1, -(-len(found) // ON_A_PAGE))
    page = min(max(page, 1), pages)
    shown = found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    others = statements_of(consultation.id, State.WAITING, State.PUBLISHED)
    return Queue(
        submissions=_submissions(consultation, shown, others),
        waiting=sum(statement.state is State.WAITING for statement in others),
        found=len(found),
        page=page,
        pages=pages,
    )


def submission_of(consultation: Consultation, statement: Statement) -> Submission:
    """One statement with what is known of it."""
    others = statements_of(consultation.id, State.WAITING, State.PUBLISHED)
    (submission,) = _submissions(consultation, [statement], others)
    return submission


def _submissions(
    consultation: Consultation, shown: Sequence[Statement], others: Sequence[Statement]
) -> list[Submission]:
    ids = [statement.id for statement in shown]
    histories: dict[int, list[Decision]] = {}
    for decision in decisions_in(consultation.id):
        histories.setdefault(decision.statement_id, []).append(decision)
    votes, holds = votes_on(ids), holds_in(consultation.id)
    stand_for, earlier = predecessors_of(ids), earlier_words_of(ids)
    return [
        Submission(
            statement=statement,
            signals=signals_of(statement),
            history=histories.get(statement.id, ()),
            hold=holds.get(statement.id),
            near=neighbours(statement, others),
            votes=votes[statement.id].total() if statement.id in votes else 0,
            stands_for=stand_for.get(statement.id, ()),
            earlier=earlier.get(statement.id, ()),
        )
        for statement in shown
    ]


def neighbours(statement: Statement, others: Sequence[Statement]) -> list[Statement]:
    """Of other statements those that nearly say this, in any of their languages, the nearest first."""
    rows = [(other, text.text) for other in others for text in other.texts.values()]
    likeness = index_of(tuple(text for _other, text in rows)).likeness(
        statement.texts[statement.language].text
    )
    nearest: list[Statement] = []
    for row in np.argsort(-likeness, kind="stable").tolist():
        other = rows[row][0]
        if likeness[row] < NEARLY_THE_SAME or len(nearest) == MOST_NEIGHBOURS:
            break
        if other.id != statement.id and other not in nearest:
            nearest.append(other)
    return nearest


# What can still be done with a statement in each state; what has votes can do less.
WAYS = {
    State.WAITING: (Verdict.ACCEPT, Verdict.REJECT, Verdict.REWORD, Verdict.MERGE, Verdict.SPLIT),
    State.RETURNED: (Verdict.ACCEPT, Verdict.REJECT, Verdict.MERGE, Verdict.SPLIT),
    State.PUBLISHED: (Verdict.REJECT, Verdict.REWORD, Verdict.MERGE, Verdict.SPLIT),
    State.REJECTED: (Verdict.ACCEPT, Verdict.REJECT, Verdict.REWORD, Verdict.MERGE, Verdict.SPLIT),
    State.MERGED: (Verdict.ACCEPT, Verdict.REJECT),
    State.SPLIT: (Verdict.ACCEPT, Verdict.REJECT),
}


def ways(submission: Submission, *, is_closed: bool) -> list[Verdict]:
    """What can be done with a statement now."""
    impossible: set[Verdict] = set()
    if submission.votes:
        impossible |= {Verdict.REWORD, Verdict.SPLIT}
    if submission.statement.author_id is None:
        impossible.add(Verdict.REWORD)
    if is_closed:
        impossible |= {Verdict.ACCEPT, Verdict.REWORD, Verdict.SPLIT}
    return [verdict for verdict in WAYS[submission.statement.state] if verdict not in impossible]
