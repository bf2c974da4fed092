"""A table as CSV: UTF-8, a header, numbers as numbers, and no text that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from deliberation.polis.writing import FORMULA_STARTS

if TYPE_CHECKING:
    from participation.outcomes.blocks import Cell
    from participation.outcomes.formats.tables import Sheet


def csv_file(sheet: Sheet) -> str:
    """The table. What is withheld is an empty cell; shares are numbers between 0 and 1."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(map(_guarded, sheet.head))
    writer.writerows(map(_guarded, row) for row in sheet.rows)
    return out.getvalue()


def _guarded(cell: Cell) -> Cell:
    """Only a text gets an apostrophe: before a number such as -1 it would make a text of it."""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell
