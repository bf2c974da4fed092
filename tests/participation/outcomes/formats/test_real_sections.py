"""All seventeen sections about a consultation with everything in it, set on paper and put into tables."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from flask import g
from jsonschema import Draft202012Validator

from participation.i18n import LANGUAGES
from participation.outcomes.formats.pdf import Imprint, report_pdf
from participation.outcomes.formats.schema import report_schema
from participation.outcomes.formats.tables import statements_sheet
from participation.outcomes.formats.xlsx import report_xlsx
from participation.outcomes.words import words_of

if TYPE_CHECKING:
    from flask import Flask

    from participation.outcomes.facts import Facts

SPOKEN = ("en", "fr", "ar", "hi")
IMPRINT = Imprint(
    "Baraza", "", datetime(2026, 11, 24, tzinfo=UTC), "https://baraza.example/report/1", "ab12" * 16
)


@pytest.mark.parametrize("tag", SPOKEN)
def test_they_can_be_printed_and_opened_in_a_spreadsheet(everything: tuple[Flask, Facts], tag: str) -> None:
    app, facts = everything
    with app.test_request_context():
        words = words_of(facts)[tag]
        g.language = LANGUAGES[tag]
        assert report_pdf(words, tag, IMPRINT).startswith(b"%PDF")
        assert report_xlsx(facts, words, tag, IMPRINT)
        assert len(statements_sheet(facts, tag).rows) == len(facts["statements"])


@pytest.mark.usefixtures("speaker")
def test_their_json_keeps_what_the_schema_promises(everything: tuple[Flask, Facts]) -> None:
    _app, facts = everything
    report = {
        "schema_version": "1",
        "number": 1,
        "published_at": "2026-11-24T00:00:00+00:00",
        "sha256": "ab12" * 16,
        "reason": {},
        "removed": [],
        "facts": facts,
        "words": words_of(facts),
    }
    # As it comes back from the database: tuples are lists.
    Draft202012Validator(report_schema("https://baraza.example/schema")).validate(
        json.loads(json.dumps(report))
    )
