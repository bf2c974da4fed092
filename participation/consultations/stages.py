"""The stages of a consultation, worked out from its dates: what people can do when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from participation.consultations.models import Phase
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
    ANSWER = "answer"


class When(Enum):
    """Where a stage stands."""

    PAST = "past"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Stage:
    """One stage, from its first day to its last one, both in the consultation's time zone.

    Args:
        first: empty where it begins when the one before ends, or has begun already when the public first sees it.
        last: empty for an answer that nobody has promised by a day.

    """

    kind: Kind
    when: When
    first: date | None
    last: date | None


def stages_of(consultation: Consultation, at: datetime | None = None) -> list[Stage]:
    """In the order in which they come."""
    return list(_stages(consultation, at or now()))


def _stages(consultation: Consultation, at: datetime) -> Iterator[Stage]:
    opens, closes = consultation.opens_at, consultation.closes_at
    writes_until = consultation.statements_until
    first_day, last_day = consultation.first_moment.date(), consultation.last_moment.date()
    if consultation.phase(at) in {Phase.DRAFT, Phase.ANNOUNCED}:
        yield Stage(Kind.INFORM, When.NOW, None, first_day)
    else:
        yield Stage(Kind.INFORM, When.PAST, None, first_day)
    if writes_until is None:
        yield Stage(Kind.DELIBERATE, _when(opens, closes, at), first_day, last_day)
    else:
        last_to_write = consultation.last_moment_to_write
        yield Stage(
            Kind.DELIBERATE, _when(opens, writes_until, at), first_day, last_to_write and last_to_write.date()
        )
        yield Stage(Kind.VOTE_ONLY, _when(writes_until, closes, at), None, last_day)
    yield Stage(Kind.ANSWER, When.AHEAD if at < closes else When.NOW, None, consultation.responds_by)


def _when(begins: datetime, ends: datetime, at: datetime) -> When:
    if at < begins:
        return When.AHEAD
    return When.NOW if at < ends else When.PAST
