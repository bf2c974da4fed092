"""The stages of a consultation, worked out from its dates and from what has happened: what people can do when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from participation.database import now

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from participation.consultations.models import Consultation


class Kind(Enum):
    """What a stage is for."""

    INFORM = "inform"
    DELIBERATE = "deliberate"
    VOTE_ONLY = "vote-only"
    CLOSED = "closed"
    REPORT = "report"
    ANSWER = "answer"
    FOLLOW_UP = "follow-up"


class When(Enum):
    """Where a stage stands."""

    PAST = "past"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Afterwards:
    """What has come of a consultation, as those know who keep it. Each is empty until it has happened."""

    #: When the report was there to be read, the decision makers answered, and said what they have done since.
    reported_at: datetime | None = None
    answered_at: datetime | None = None
    followed_up_at: datetime | None = None


NOTHING_YET = Afterwards()


@dataclass(frozen=True)
class Stage:
    """One stage. It begins on a day or with a deed, and lasts until the next one begins.

    Args:
        first: its first day in the consultation's time zone; empty while nobody knows it, as of a deed to come.
        last: its last day; empty where that is not known. Of an answer, the day by which it is promised.

    """

    kind: Kind
    when: When
    first: date | None
    last: date | None
    #: Of an answer: whether the promised day has passed without it.
    is_late: bool = False


def stages_of(
    consultation: Consultation, since: Afterwards = NOTHING_YET, at: datetime | None = None
) -> list[Stage]:
    """In the order in which they come. The last that has begun is the one that goes on now."""
    moment = at or now()
    beginnings = list(_beginnings(consultation, since))
    begun = [place for place, (_kind, begins) in enumerate(beginnings) if begins and begins <= moment]
    # Before the public sees it, it is read as well: by those who prepare it.
    latest = begun[-1] if begun and consultation.is_published else 0
    today = consultation.local(moment).date()
    return [
        Stage(
            kind,
            _when(place, latest),
            _day(consultation, begins),
            last := _last_day(consultation, kind),
            is_late=kind is Kind.ANSWER and begins is None and last is not None and last < today,
        )
        for place, (kind, begins) in enumerate(beginnings)
        # What was passed over, such as a report before an answer that came without one, is not told.
        if place >= latest or (begins and begins <= moment) or kind is Kind.INFORM
    ]


def _beginnings(consultation: Consultation, since: Afterwards) -> Iterator[tuple[Kind, datetime | None]]:
    yield Kind.INFORM, consultation.published_at
    yield Kind.DELIBERATE, consultation.opens_at
    if consultation.statements_until:
        yield Kind.VOTE_ONLY, consultation.statements_until
    yield Kind.CLOSED, consultation.closes_at
    yield Kind.REPORT, since.reported_at
    yield Kind.ANSWER, since.answered_at
    yield Kind.FOLLOW_UP, since.followed_up_at


def _when(place: int, latest: int) -> When:
    if place == latest:
        return When.NOW
    return When.PAST if place < latest else When.AHEAD


def _day(consultation: Consultation, moment: datetime | None) -> date | None:
    return moment and consultation.local(moment).date()


def _last_day(consultation: Consultation, kind: Kind) -> date | None:
    if kind is Kind.ANSWER:
        return consultation.responds_by
    if kind is Kind.INFORM:
        return consultation.first_moment.date()
    to_write = consultation.last_moment_to_write
    if kind is Kind.DELIBERATE and to_write:
        return to_write.date()
    return consultation.last_moment.date() if kind in {Kind.DELIBERATE, Kind.VOTE_ONLY} else None
