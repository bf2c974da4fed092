"""The report as a PDF: tagged for screen readers (PDF/UA-1), for archives (PDF/A-2a), and the same bytes each time.

Nothing that people wrote is ever Typst's code: the template gets it as JSON and sets it as text.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from participation.formatting import day, number
from participation.outcomes.formats.fonts import FAMILIES, FOLDERS, MISSING, printable
from participation.outcomes.formats.typesetter import typeset
from participation.outcomes.formats.typesetting import in_groups, language_of, sections_to_set

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

TEMPLATE = Path(__file__).with_name("report.typ")
#: In characters, so that it stays in one line.
LONGEST_RUNNING_TITLE = 80


@dataclass(frozen=True)
class Imprint:
    """What the title page says beside the title."""

    site: str
    #: Who asked; empty where no organisation did.
    organisation: str
    published_at: datetime
    #: Where this version can be read on the web.
    address: str
    #: Of the report's facts and words.
    sha256: str
    #: Why there is another version; empty for the first.
    reason: str = ""
    is_demonstration: bool = False


def report_pdf(words: Mapping[str, Any], language: str, imprint: Imprint) -> bytes:
    """Set one language of a report. Its labels speak the language of the page, which should be the same.

    Args:
        words: what the report says in this language: title, version, sections with their blocks as JSON.
        language: which language that is.
        imprint: what the title page says beside the title.

    """
    return typeset(TEMPLATE, json.dumps(document(words, language, imprint)), FOLDERS)


def document(words: Mapping[str, Any], language: str, imprint: Imprint) -> dict[str, Any]:
    """All that the template sets."""
    content = {
        **language_of(language),
        "fonts": FAMILIES,
        "digits": [number(digit) for digit in range(10)],
        "title": printable(words["title"]),
        "running-title": shorten(printable(words["title"]), LONGEST_RUNNING_TITLE, placeholder=" …"),
        "version": printable(words["version"]),
        "site": printable(imprint.site),
        "organisation": printable(imprint.organisation),
        # Without it Typst writes down when it ran, and no two files are equal.
        "date": [imprint.published_at.year, imprint.published_at.month, imprint.published_at.day],
        "demonstration": _("This consultation is made up. It shows how the platform works.")
        if imprint.is_demonstration
        else "",
        "imprint": _imprint_lines(imprint),
        "labels": _labels(),
        "sections": sections_to_set(words["sections"]),
    }
    return {**content, "missing": _about_missing_letters(content)}


def _about_missing_letters(content: Mapping[str, Any]) -> str:
    if MISSING not in json.dumps(content, ensure_ascii=False):
        return ""
    return str(
        _(
            "%(sign)s stands for letters that this document has no type for. The page on the web shows them.",
            sign=MISSING,
        )
    )


def _imprint_lines(imprint: Imprint) -> list[dict[str, Any]]:
    lines = [
        (_("Organisation"), imprint.organisation, "text"),
        (_("Published"), day(imprint.published_at), "text"),
        (_("On the web"), imprint.address, "link"),
        (_("Fingerprint (SHA-256)"), in_groups(imprint.sha256), "code"),
        (_("Why there is a new version"), imprint.reason, "text"),
    ]
    return [
        {
            "label": label,
            "text": printable(text),
            "url": text if kind == "link" else "",
            "is_code": kind == "code",
        }
        for label, text, kind in lines
        if text
    ]


def _labels() -> dict[str, str]:
    return {
        "contents": _("Contents"),
        "limits": _("What these results cannot say"),
        "who": _("Who voted"),
        "shares": _("Shares"),
        "agree": _("Agree"),
        "disagree": _("Disagree"),
        "pass": _("Pass"),
        "votes": _("Votes"),
        "statement": _("Statement"),
        "too_few": _("Too few votes to show"),
        "fingerprint": _("SHA-256"),
    }
