"""Events as entries of a feed and of a calendar, in the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, request, url_for
from flask_babel import gettext as _

from participation.database import now
from participation.following.calendar import Appointment, calendar_of
from participation.following.feed import Entry, feed_of
from participation.following.timeline import Kind
from participation.following.words import words_for
from participation.formatting import in_language
from participation.i18n import current_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from participation.consultations.models import Consultation
    from participation.following.timeline import Event

# The outcome is a matter of minutes after closing, the reminder is for mail, and what is published is no date to keep.
IN_CALENDARS = {Kind.OPENED, Kind.VOTES_ONLY, Kind.CLOSED, Kind.ANSWER_DUE}


def feed_for(consultation: Consultation, events: Iterable[Event]) -> bytes:
    """The feed of one consultation."""
    return _feed(
        [_entry(consultation, event) for event in events],
        title=in_language(consultation.texts, consultation).title,
        page_url=_page(consultation),
    )


def feed_for_all(events: Sequence[tuple[Consultation, Event]], *, only: Sequence[str] = ()) -> bytes:
    """The feed of the whole site, or of the part of it that some words name."""
    site, chosen = _site_name(), ", ".join(only)
    return _feed(
        [_entry(consultation, event) for consultation, event in events],
        title=_("%(site)s: consultations (%(chosen)s)", site=site, chosen=chosen)
        if chosen
        else _("%(site)s: all consultations", site=site),
        page_url=url_for("consultations.home", _external=True),
    )


def calendar_for(consultation: Consultation, events: Iterable[Event]) -> bytes:
    """The calendar file of one consultation, with past and coming dates."""
    return calendar_of(
        [_appointment(consultation, event) for event in events if event.kind in IN_CALENDARS],
        name=in_language(consultation.texts, consultation).title,
        language=current_language().tag,
        made_at=now(),
    )


def _feed(entries: list[Entry], *, title: str, page_url: str) -> bytes:
    return feed_of(
        entries,
        title=title,
        author=_site_name(),
        language=current_language().tag,
        self_url=request.url,
        page_url=page_url,
    )


def _entry(consultation: Consultation, event: Event) -> Entry:
    words = words_for(event.kind, consultation)
    published_on = (consultation.published_at or consultation.created_at).date()
    return Entry(
        # RFC 4151: who named it, since when, and the name. A translation is an entry of its own.
        id=f"tag:{_host()},{published_on}:{consultation.slug}/{event.name}/{current_language().tag}",
        title=_titled(words.title, consultation),
        text=words.text,
        url=url_for(words.endpoint, slug=consultation.slug, _external=True),
        at=event.at,
    )


def _appointment(consultation: Consultation, event: Event) -> Appointment:
    words = words_for(event.kind, consultation)
    return Appointment(
        # In every language the same date: who changes the language gets no second one.
        id=f"{consultation.slug}-{event.name}@{_host()}",
        title=_titled(words.title, consultation),
        text=words.text,
        url=_page(consultation),
        at=event.at,
        whole_day=event.whole_day,
    )


def _titled(what: str, consultation: Consultation) -> str:
    title = in_language(consultation.texts, consultation).title
    return str(_("%(what)s: %(title)s", what=what, title=title))


def _page(consultation: Consultation) -> str:
    return url_for("consultations.show", slug=consultation.slug, _external=True)


def _host() -> str:
    return str(request.host.partition(":")[0])


def _site_name() -> str:
    name: str = current_app.extensions["baraza_config"].site_name
    return name
