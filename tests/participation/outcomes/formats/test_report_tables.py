"""An analyst opens the tables of a report: nothing in them computes, and nothing withheld is there."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import g

from participation.i18n import LANGUAGES
from participation.outcomes.formats.csv_file import csv_file
from participation.outcomes.formats.pdf import Imprint
from participation.outcomes.formats.tables import Sheet, sheets_in, statements_sheet
from participation.outcomes.formats.xlsx import report_xlsx
from tests.participation.outcomes.sample_report import STATEMENTS, facts, words_in

IMPRINT = Imprint(
    "Baraza", "", datetime(2026, 11, 24, tzinfo=UTC), "https://baraza.example/report/1", "ab12" * 16
)


pytestmark = pytest.mark.usefixtures("english_page")


def rows_of(sheet: Sheet) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(csv_file(sheet))))


def workbook(tag: str = "en") -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(report_xlsx(facts(), words_in(tag), tag, IMPRINT)))


def test_every_statement_has_its_votes_in_all_and_in_each_group() -> None:
    first = rows_of(statements_sheet(facts(), "en"))[0]
    assert first["text"] == STATEMENTS["ar"]
    assert first["language"] == "ar"
    assert [first[name] for name in ("votes", "agree", "disagree", "pass")] == ["412", "206", "103", "103"]
    assert first["group_b_votes"] == "190"


def test_what_is_withheld_is_an_empty_cell() -> None:
    second = rows_of(statements_sheet(facts(), "en"))[1]
    assert second["group_a_votes"] == "210"
    assert not second["group_b_votes"]
    assert not second["group_b_agree"]
    assert not second["important_to"]


def test_in_csv_a_text_that_would_be_a_formula_gets_an_apostrophe() -> None:
    texts = {row["text"] for row in rows_of(statements_sheet(facts(), "en"))}
    assert {"'=1+1", "'-2+3", "'@SUM(A1:A9)", "'\t=1+1"} <= texts
    assert not {"=1+1", "-2+3"} & texts


def test_and_a_number_below_zero_stays_a_number() -> None:
    sheet = Sheet("Differences", ("name", "difference"), (("-", -1), ("fine", -0.5)))
    assert csv_file(sheet).splitlines() == ["name,difference", "'-,-1", "fine,-0.5"]


def test_the_workbook_has_a_sheet_for_each_table_and_one_that_explains() -> None:
    names = re.findall(r'<sheet name="([^"]+)"', workbook().read("xl/workbook.xml").decode())
    tables = list(sheets_in(words_in("en")["sections"]))
    assert names == ["About this file", "Statements", *map(str, range(1, len(tables) + 1))]
    assert "not shown because it is about too few people" in workbook().read("xl/sharedStrings.xml").decode()


def test_no_cell_of_the_workbook_computes_or_leads_anywhere() -> None:
    book = workbook()
    sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert "=1+1" in book.read("xl/sharedStrings.xml").decode()
    assert not [sheet for sheet in sheets if "<f>" in sheet or "<hyperlink" in sheet]


def test_the_same_report_gives_the_same_workbook() -> None:
    assert report_xlsx(facts(), words_in("fi"), "fi", IMPRINT) == report_xlsx(
        facts(), words_in("fi"), "fi", IMPRINT
    )
    assert "2026-11-24T00:00:00Z" in workbook().read("docProps/core.xml").decode()


def test_arabic_sheets_run_from_right_to_left() -> None:
    assert 'rightToLeft="1"' in workbook("ar").read("xl/worksheets/sheet2.xml").decode()
    assert "rightToLeft" not in workbook("en").read("xl/worksheets/sheet2.xml").decode()


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_has_a_workbook(tag: str) -> None:
    g.language = LANGUAGES[tag]
    assert workbook(tag).testzip() is None
