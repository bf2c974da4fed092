"""What happens in a consultation and when: worked out from what is known, never written down twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from participation.consultations.models import Consultation

# Whoever is reminded has this long to take part. Later than this after the event, no mail tells of it.
NEWS_LASTS = timedelta(days=3)


class Kind(Enum):
    """A kind of event. Each has its words in `words.py`."""

    ANNOUNCED = "announced"
    OPENED = "opened"
    VOTES_ONLY = "votes-only"
    CLOSING = "closing"
    CLOSED = "closed"
    OUTCOME = "outcome"
    REPORT = "report"
    CORRECTED = "corrected"


# What followers get a mail about; the rest stands in feeds and calendars alone.
MAILED = frozenset({Kind.OPENED, Kind.CLOSING, Kind.OUTCOME, Kind.REPORT, Kind.CORRECTED})
ONLY_IF_ASKED_FOR = frozenset({Kind.CLOSING})


@dataclass(frozen=True)
class Event:
    """Something that happens once.

    Args:
        kind: what sort of thing it is.
        at: when it happens; of a whole day its first moment, in UTC.
        whole_day: whether only the day is known.
        number: tells events of one kind in one consultation apart.

    """

    kind: Kind
    at: datetime
    whole_day: bool = False
    number: int = 0

    @property
    def name(self) -> str:
        """The same for ever, in feeds, calendars and the outbox, also if its date is moved."""
        return f"{self.kind.value}-{self.number}" if self.number else self.kind.value


@dataclass(frozen=True)
class Known:
    """All that a timeline is worked out from.

    Args:
        consultation: a published one.
        counted_at: the moment after which no vote arrives any more.
        has_outcome: whether the analysis of all votes is there. When it was computed does not matter: a repeated
            analysis is no news.
        reports: when each version of the report was published, the first one first.

    """

    consultation: Consultation
    published_at: datetime
    counted_at: datetime
    has_outcome: bool
    reports: tuple[datetime, ...] = ()

    @property
    def opens_at(self) -> datetime:
        """What is published after its first day opens at that moment."""
        return max(self.consultation.opens_at, self.published_at)


def announced(known: Known) -> list[Event]:
    is_ahead = known.published_at < known.consultation.opens_at
    return [Event(Kind.ANNOUNCED, known.published_at)] if is_ahead else []


def opened(known: Known) -> list[Event]:
    return [Event(Kind.OPENED, known.opens_at)]


def votes_only(known: Known) -> list[Event]:
    """The end of the days for new statements, where there is one."""
    at = known.consultation.statements_until
    return [Event(Kind.VOTES_ONLY, at)] if at else []


def closing(known: Known) -> list[Event]:
    """The reminder, unless the consultation is so short that it would come with the opening."""
    at = known.consultation.closes_at - NEWS_LASTS
    return [Event(Kind.CLOSING, at)] if at > known.opens_at else []


def closed(known: Known) -> list[Event]:
    return [Event(Kind.CLOSED, known.consultation.closes_at)]


def outcome(known: Known) -> list[Event]:
    return [Event(Kind.OUTCOME, known.counted_at)] if known.has_outcome else []


def report(known: Known) -> list[Event]:
    """The report, and each correction of it."""
    return [
        Event(Kind.CORRECTED, at, number=number) if number > 1 else Event(Kind.REPORT, at)
        for number, at in enumerate(known.reports, start=1)
    ]


# Every source of events: one more kind of event is one more line here, a Kind and its words.
SOURCES = (announced, opened, votes_only, closing, closed, outcome, report)


def events_from(known: Known) -> list[Event]:
    """Past and coming events, the earliest first."""
    events = [event for source in SOURCES for event in source(known)]
    return sorted(events, key=lambda event: event.at)
