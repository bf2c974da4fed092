"""The report on paper: it prints in every language, says what it should to a screen reader, and runs nothing."""

from __future__ import annotations

import json
import re
import zlib
from datetime import UTC, datetime
from typing import Any

import pytest
import typst
from flask import g
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participation.i18n import LANGUAGES
from participation.outcomes.blocks import Quoted, as_json
from participation.outcomes.formats.fonts import FOLDERS, MISSING, printable
from participation.outcomes.formats.pdf import TEMPLATE, Imprint, document, report_pdf
from tests.participation.outcomes.sample_report import HOSTILE, words_in

IMPRINT = Imprint(
    site="Baraza",
    organisation="Jamii County Council",
    published_at=datetime(2026, 11, 24, tzinfo=UTC),
    address="https://baraza.example/en/c/welfare/report/1",
    sha256="ab12" * 16,
    reason="A number was wrong.",
    is_demonstration=True,
)


pytestmark = pytest.mark.usefixtures("english_page")


def inside(pdf: bytes) -> bytes:
    """The file with its compressed parts unpacked."""
    parts = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    return pdf + b"".join(zlib.decompressobj().decompress(part) for part in parts if part[:1] == b"\x78")


def set_with(*texts: str) -> dict[str, Any]:
    """Words whose only section quotes these texts."""
    blocks = [as_json(Quoted(place, text, "en")) for place, text in enumerate(texts, 1)]
    section = {"key": "all", "number": 0, "title": "All", "blocks": blocks}
    return {"title": "A report", "version": "Version 1", "direction": "ltr", "sections": [section]}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_it_prints_in_every_language_of_the_site(tag: str) -> None:
    g.language = LANGUAGES[tag]
    pdf = inside(report_pdf(words_in(tag), tag, IMPRINT))
    assert b"/Lang(%s)" % tag.encode() in pdf.replace(b"/Lang (", b"/Lang(")


def test_it_is_tagged_for_screen_readers_and_made_for_archives() -> None:
    pdf = inside(report_pdf(words_in("en"), "en", IMPRINT))
    assert b"<pdfuaid:part>1<" in pdf
    assert b"<pdfaid:part>2<" in pdf
    for tag in (
        b"/StructTreeRoot",
        b"/H1",
        b"/H2",
        b"/TH",
        b"/Figure",
        b"/Alt",
        b"/BlockQuote",
        b"/TOC",
        b"/Outlines",
    ):
        assert tag in pdf, tag
    # Each statement in its own language, so that it is read out as such.
    assert {b"ar", b"hi", b"fr", b"sw"} <= set(re.findall(rb"/Lang ?\((\w+)\)", pdf))


def test_the_same_report_gives_the_same_bytes() -> None:
    # Typst would write the moment of making it, which is the same for two calls in one second.
    assert b"/CreationDate(D:20261124000000" in inside(report_pdf(words_in("en"), "en", IMPRINT)).replace(
        b" (", b"("
    )
    assert report_pdf(words_in("ar"), "ar", IMPRINT) == report_pdf(words_in("ar"), "ar", IMPRINT)


def test_what_people_wrote_is_set_as_text_and_never_run() -> None:
    inputs = {"report": json.dumps(document(words_in("en"), "en", IMPRINT))}
    quoted = typst.query(TEMPLATE, "quote", font_paths=list(FOLDERS), sys_inputs=inputs)
    assert json.dumps('#read("/etc/passwd") #panic("no") $x^2$ *not bold*')[1:-1] in quoted
    assert "root:" not in quoted


def test_links_lead_only_to_the_web() -> None:
    pdf = inside(report_pdf(words_in("en"), "en", IMPRINT))
    assert b"https://law.example/a" in pdf
    assert b"/URI(javascript" not in pdf.replace(b"/URI (", b"/URI(")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_keeps_a_report_from_being_printed(text: str) -> None:
    assert report_pdf(set_with(text), "en", IMPRINT).startswith(b"%PDF-1.7")


@given(st.lists(st.text(), min_size=10, max_size=40))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nor_does_any_other(texts: list[str]) -> None:
    assert report_pdf(set_with(*texts), "en", IMPRINT)


def test_a_symbol_without_a_glyph_is_named_and_foreign_letters_are_marked() -> None:
    assert printable("I like it \U0001f600") == "I like it [grinning face]"
    assert printable("漢字 and தமிழ்") == f"{MISSING} and {MISSING}"
    assert document(set_with("漢字"), "en", IMPRINT)["missing"].startswith(MISSING)
    assert not document(set_with("Plain"), "en", IMPRINT)["missing"]


def test_letters_that_belong_together_stay_together() -> None:
    for text in ("क्षत्रिय ज्ञान श्रद्धा", "مُحَمَّد لا إله", "می\u200cخواهم", "Ça va\u00a0?"):  # noqa: RUF001 - Arabic
        assert printable(text) == text


def test_a_tower_of_marks_is_cut_down() -> None:
    assert len(printable("a" + "\u0301" * 60)) <= 4


def test_a_citation_leads_to_the_place_where_the_statement_is_quoted_last() -> None:
    words = set_with("First", "Second", "First again")
    for block, number in zip(words["sections"][0]["blocks"], (1, 2, 1), strict=True):
        block["number"] = number
    blocks = document(words, "en", IMPRINT)["sections"][0]["blocks"]
    assert [block["place"] for block in blocks] == ["", "statement-2", "statement-1"]
