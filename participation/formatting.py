"""How numbers, shares and dates read in the language of the page."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from babel.numbers import format_decimal
from flask_babel import format_date, format_datetime, format_percent
from flask_babel import gettext as _
from markdown_it import MarkdownIt
from markupsafe import Markup

from participation.consultations.models import Phase
from participation.i18n import best_of, current_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from babel import Locale
    from flask import Flask

    from participation.consultations.models import Consultation, ConsultationText

# No HTML, no images: what is written can only become paragraphs, headings, lists, emphasis and links.
markdown = MarkdownIt("js-default", {"html": False, "linkify": False}).disable("image")


def share(value: float) -> str:
    """A share of one, in whole per cent, with the sign where the language puts it."""
    return str(format_percent(value))


def number(value: float) -> str:
    return _decimal(value, current_language().locale)


@lru_cache(maxsize=4096)
def _decimal(value: float, locale: Locale) -> str:
    return str(format_decimal(value, locale=locale))


def day(value: object) -> str:
    return str(format_date(value, "long"))


def moment(value: object) -> str:
    return str(format_datetime(value, "short"))


def dates(consultation: Consultation) -> str:
    """When a consultation can be taken part in, as a sentence."""
    opens, until = format_date(consultation.opens_at, "long"), format_date(consultation.last_moment, "long")
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


def from_markdown(text: str) -> Markup:
    """Facilitators' Markdown as HTML. Headings start at the second level, below the page's own."""
    tokens = markdown.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{max(int(token.tag[1]), 2)}"
    return Markup(markdown.renderer.render(tokens, markdown.options, {}))  # noqa: S704 - the renderer escapes; no HTML passes


def set_up(app: Flask) -> None:
    """Give templates these filters, and the name of the site."""
    app.jinja_env.globals["site_name"] = app.extensions["baraza_config"].site_name
    for filter_ in (share, number, day, moment, dates, in_language, from_markdown):
        app.add_template_filter(filter_)
