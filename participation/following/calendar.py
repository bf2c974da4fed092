"""The dates of a consultation as a calendar file (RFC 5545)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import icalendar

if TYPE_CHECKING:
    from collections.abc import Sequence

MIMETYPE = "text/calendar"


@dataclass(frozen=True)
class Appointment:
    """One date: a moment, or a whole day.

    `id` is for ever: a calendar that reads the file again replaces what has the same one.
    """

    id: str
    title: str
    text: str
    url: str
    at: datetime
    whole_day: bool


def calendar_of(appointments: Sequence[Appointment], *, name: str, language: str, made_at: datetime) -> bytes:
    """The file.

    Dates may be moved, and no count is kept of how often: every version has SEQUENCE 0, and of two
    versions the later DTSTAMP holds (RFC 5546, 2.1.5).

    Args:
        appointments: in any order.
        name: what a calendar program calls it.
        language: BCP 47 tag of its sentences.
        made_at: now.

    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Baraza//Dates of a consultation//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for appointment in sorted(appointments, key=lambda one: (one.at, one.id)):
        calendar.add_component(_event(appointment, language, made_at))
    return bytes(calendar.to_ical())


def _event(appointment: Appointment, language: str, made_at: datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", appointment.id)
    event.add("dtstamp", made_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", 0)
    if appointment.whole_day:
        day = appointment.at.astimezone(UTC).date()
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    else:
        event.add("dtstart", appointment.at.astimezone(UTC))
    event.add("summary", appointment.title, parameters={"language": language})
    event.add("description", appointment.text, parameters={"language": language})
    event.add("url", appointment.url)
    # It is a date to know, not time that is taken.
    event.add("transp", "TRANSPARENT")
    return event
