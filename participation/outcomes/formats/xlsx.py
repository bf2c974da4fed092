"""The tables of a report as a workbook: a sheet that explains, one of all statements, one for each table.

No text becomes a formula or a link, and the same report gives the same bytes.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from xlsxwriter import Workbook

from participation.formatting import day
from participation.outcomes.formats.tables import Sheet, columns_explained, sheets_in, statements_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.worksheet import Worksheet

    from participation.outcomes.formats.pdf import Imprint

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LONGEST_CELL = 32_767
NARROWEST, WIDEST = 10, 70
PETROL = "#0d4f52"


def report_xlsx(facts: Mapping[str, Any], words: Mapping[str, Any], language: str, imprint: Imprint) -> bytes:
    """The workbook of one language. Its labels speak the language of the page."""
    file = io.BytesIO()
    book = Workbook(file, OPTIONS)
    book.set_properties(
        {
            "title": words["title"],
            "author": imprint.organisation or imprint.site,
            "comments": words["version"],
            # Without it the workbook would know when it was made, and differ each time.
            "created": imprint.published_at.replace(tzinfo=None),
        }
    )
    tables = [(str(place), sheet) for place, sheet in enumerate(sheets_in(words["sections"]), 1)]
    named = [(_name(_("Statements")), statements_sheet(facts, language)), *tables]
    writer = _Writer(book, is_right_to_left=words["direction"] == "rtl")
    writer.explain(_about(words, imprint, named, len(facts["analysis"]["groups"])))
    for name, sheet in named:
        writer.write(name, sheet)
    book.close()
    return file.getvalue()


class _Writer:
    def __init__(self, book: Workbook, *, is_right_to_left: bool) -> None:
        self._book, self._is_right_to_left = book, is_right_to_left
        self._head = book.add_format(
            {"bold": True, "bottom": 1, "font_color": PETROL, "text_wrap": True, "valign": "top"}
        )
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self._number = book.add_format({"valign": "top"})
        self._share = book.add_format({"num_format": "0%", "valign": "top"})

    def write(self, name: str, sheet: Sheet) -> None:
        """One table on its own sheet, its head held in view."""
        page = self._page(name, [_longest(sheet, place) for place in range(len(sheet.head))])
        page.freeze_panes(1, 0)
        for column, text in enumerate(sheet.head):
            page.write_string(0, column, text[:LONGEST_CELL], self._head)
        for row, cells in enumerate(sheet.rows, 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    page.write_string(row, column, cell[:LONGEST_CELL], self._text)
                elif cell is not None:
                    page.write_number(
                        row, column, cell, self._share if column in sheet.shares else self._number
                    )

    def explain(self, about: list[tuple[str, str]]) -> None:
        """The first sheet: what this file is and what stands on the others."""
        page = self._page(_name(_("About this file")), [28, 90])
        for row, (label, text) in enumerate(about):
            page.write_string(row, 0, label, self._head if not text else self._text)
            page.write_string(row, 1, text[:LONGEST_CELL], self._text)

    def _page(self, name: str, widths: list[int]) -> Worksheet:
        page = self._book.add_worksheet(name)
        if self._is_right_to_left:
            page.right_to_left()
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        return page


def _about(
    words: Mapping[str, Any], imprint: Imprint, named: list[tuple[str, Sheet]], groups: int
) -> list[tuple[str, str]]:
    return [
        (words["title"], ""),
        (_("Report"), words["version"]),
        *([(_("Organisation"), imprint.organisation)] if imprint.organisation else []),
        (_("Published"), day(imprint.published_at)),
        (_("On the web"), imprint.address),
        (_("Fingerprint (SHA-256)"), imprint.sha256),
        ("", ""),
        (_("How to read the cells"), ""),
        ("", _("A cell is empty where a number is not shown because it is about too few people.")),
        (
            "",
            _("Nothing in this file is computed: texts that look like formulas are texts that people wrote."),
        ),
        ("", ""),
        (_("The sheets"), ""),
        *((name, " ".join(filter(None, (sheet.caption, sheet.note)))) for name, sheet in named),
        ("", ""),
        (_("The columns of all statements"), ""),
        *columns_explained(groups),
    ]


def _longest(sheet: Sheet, place: int) -> int:
    texts = (row[place] for row in sheet.rows)
    longest = max((len(text) for text in texts if isinstance(text, str)), default=0)
    return min(max(longest, max(map(len, sheet.head[place].split()), default=0) + 2, NARROWEST), WIDEST)


def _name(text: str) -> str:
    """A name that a sheet may have: at most 31 characters, none of those below and no apostrophe at an end."""
    return "".join(character for character in text if character not in "[]:*?/\\").strip("'")[:31]
