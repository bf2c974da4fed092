"""How numbers, shares and dates read in the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.lists import format_list
from flask_babel import format_date, format_datetime, format_decimal, format_percent
from markdown_it import MarkdownIt
from markupsafe import Markup

from participation.i18n import current_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask

# No HTML, no images: what is written can only become paragraphs, headings, lists, emphasis and links.
markdown = MarkdownIt("js-default", {"html": False, "linkify": False}).disable("image")


def share(value: float) -> str:
    """A share of one, in whole per cent."""
    return format_percent(value, "#,##0%")


def number(value: float) -> str:
    return format_decimal(value)


def day(value: object) -> str:
    return format_date(value, "long")


def moment(value: object) -> str:
    return format_datetime(value, "medium")


def listed(values: Sequence[str]) -> str:
    """Several words as a list in a sentence."""
    return format_list(list(values), locale=current_language().locale)


def from_markdown(text: str) -> Markup:
    """Facilitators' Markdown as HTML. Headings start at the third level, below the page's own."""
    tokens = markdown.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
    return Markup(markdown.renderer.render(tokens, markdown.options, {}))  # noqa: S704 - the renderer escapes; no HTML passes


def set_up(app: Flask) -> None:
    """Give templates these filters."""
    for filter_ in (share, number, day, moment, listed, from_markdown):
        app.add_template_filter(filter_)
