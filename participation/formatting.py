"""How numbers, shares and dates read in the language of the page."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_datetime, format_time, get_timezone_name
from babel.numbers import format_decimal
from flask import g, has_request_context
from flask_babel import format_percent, format_timedelta
from flask_babel import gettext as _

from participation.consultations.models import Phase
from participation.database import now
from participation.i18n import best_of, current_language
from participation.prose import first_and_rest, from_markdown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask

    from participation.consultations.models import Consultation, ConsultationText

# Plain "en" puts the month first, as only few of those who read English do.
DATES = {"en": Locale("en", "GB")}


def share(value: float) -> str:
    """A share of one, in whole per cent, with the sign where the language puts it."""
    return str(format_percent(value))


def number(value: float) -> str:
    return _decimal(value, current_language().locale)


@lru_cache(maxsize=4096)
def _decimal(value: float, locale: Locale) -> str:
    return str(format_decimal(value, locale=locale))


def day(value: date | str) -> str:
    """A day in words. Takes also a moment, whose day it is on the page's clocks, and what JSON has for a day."""
    if isinstance(value, datetime):
        value = _on_the_clocks(value)
    return str(format_date(date.fromisoformat(value) if isinstance(value, str) else value, "long", _dates()))


def moment(value: datetime) -> str:
    """A moment in short, on the page's clocks. Without the name of their time zone; see `hour`."""
    local = _on_the_clocks(value)
    return str(format_datetime(local, "short", local.tzinfo, _dates()))


def _on_the_clocks(value: datetime) -> datetime:
    """The same moment in the time zone of the consultation that the page is about; else in the zone it has."""
    zone = g.get("time_zone") if has_request_context() else None
    return value.astimezone(zone) if zone else value


def ago(value: datetime) -> str:
    """How long ago a moment is, in one unit: "3 days ago"."""
    return str(format_timedelta(value - now(), add_direction=True))


def hour(value: datetime) -> str:
    """A moment in words, with the name of the time zone that it is in."""
    value = _on_the_clocks(value)
    time = format_time(value, "short", value.tzinfo, _dates())
    if value.tzname() == "UTC":
        return str(_("%(day)s, %(time)s UTC", day=day(value), time=time))
    zone = get_timezone_name(value, locale=_dates())
    return str(_("%(day)s, %(time)s (%(zone)s)", day=day(value), time=time, zone=zone))


def _dates() -> Locale:
    language = current_language()
    return DATES.get(language.tag, language.locale)


def dates(consultation: Consultation) -> str:
    """When a consultation can be taken part in, as a sentence."""
    opens, until = day(consultation.first_moment), day(consultation.last_moment)
    sentences = {
        Phase.DRAFT: _("Draft. From %(opens)s until %(until)s.", opens=opens, until=until),
        Phase.ANNOUNCED: _("Opens on %(opens)s.", opens=opens),
        Phase.OPEN: _("Open until %(until)s.", until=until),
        Phase.CLOSED: _("Closed since %(until)s.", until=until),
    }
    return str(sentences[consultation.phase()])


def in_language(texts: Mapping[str, ConsultationText], consultation: Consultation) -> ConsultationText:
    """The text in the page's language, or else in the consultation's main one."""
    return texts[best_of(texts, otherwise=consultation.main_language)]


def set_up(app: Flask) -> None:
    """Give templates these filters, and the name of the site."""
    app.jinja_env.globals["site_name"] = app.extensions["baraza_config"].site_name
    for filter_ in (share, number, day, ago, hour, moment, dates, in_language, from_markdown, first_and_rest):
        app.add_template_filter(filter_)
