"""What does a CSV file say? Where exactly is it wrong? File, row and column, as a spreadsheet shows them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import NoReturn

    from numpy.typing import NDArray

INTEGER_CHARACTERS = frozenset("-0123456789")
LARGEST_INTEGER = 2**63 - 1


class ExportError(ValueError):
    """A file of an export does not say what it must.

    `row` counts as a spreadsheet does: the header is row 1, and a text with line breaks is one row.
    """

    def __init__(
        self,
        *,
        file: str,
        expected: str,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        self.file = file
        self.row = row
        self.column = column
        self.value = value
        self.expected = expected
        place = file
        if row is not None:
            place += f", row {row}"
        if column is not None:
            place += f", column {column}"
        found = "nothing" if value is None else repr(value)
        super().__init__(f"{place}: found {found}, expected {expected}")


@dataclass(frozen=True)
class Table:
    """The cells of one CSV file; `numbers` holds the spreadsheet row number of each row."""

    file: str
    columns: tuple[str, ...]
    rows: list[list[str]]
    numbers: Sequence[int]

    def __contains__(self, column: str) -> bool:
        return column in self.columns

    def require(self, *columns: str) -> None:
        for column in columns:
            if column not in self.columns:
                raise ExportError(file=self.file, row=1, column=column, expected="a column of this name")

    def texts(self, column: str) -> list[str]:
        index = self.columns.index(column)
        return [row[index] for row in self.rows]

    def wrong(self, index: int, column: str, expected: str) -> NoReturn:
        """Refuse one cell. `index` counts rows from 0, without the header."""
        value = self.rows[index][self.columns.index(column)]
        raise ExportError(
            file=self.file, row=self.numbers[index], column=column, value=value, expected=expected
        )

    def integers(
        self, column: str, expected: str, *, low: int = 0, high: int = LARGEST_INTEGER
    ) -> NDArray[np.int64]:
        """A column of whole numbers from `low` to `high`, shape (rows,)."""
        cells = self.texts(column)
        try:
            # int() alone would also take "1_000", " 1" and Arabic-Indic digits.
            readable = INTEGER_CHARACTERS.issuperset("".join(cells))
            values = np.array([int(cell) for cell in cells] if readable else None, dtype=np.int64)
        except (TypeError, ValueError, OverflowError):
            bad = next(i for i, cell in enumerate(cells) if not _is_integer(cell, low, high))
            self.wrong(bad, column, expected)
        outside = np.flatnonzero((values < low) | (values > high))
        if len(outside):
            self.wrong(int(outside[0]), column, expected)
        return values

    def optional_integers(
        self, column: str, expected: str, *, high: int = LARGEST_INTEGER
    ) -> list[int | None]:
        """A column of whole numbers from 0 in which cells may be empty, or that may be absent."""
        if column not in self.columns:
            return [None] * len(self.rows)
        cells = self.texts(column)
        for i, cell in enumerate(cells):
            if cell and not _is_integer(cell, 0, high):
                self.wrong(i, column, expected)
        return [int(cell) if cell else None for cell in cells]

    def flags(self, column: str) -> list[bool]:
        """A column of yes or no; an absent column and an empty cell are no."""
        if column not in self.columns:
            return [False] * len(self.rows)
        words = {"": False, "0": False, "false": False, "f": False, "1": True, "true": True, "t": True}
        cells = [cell.lower() for cell in self.texts(column)]
        for i, cell in enumerate(cells):
            if cell not in words:
                self.wrong(i, column, "1 or true, 0 or false")
        return [words[cell] for cell in cells]


def read_table(
    path: Path,
    *,
    columns: tuple[str, ...] | None = None,
    open_ended: str | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> Table:
    """Read a CSV file: UTF-8 with or without byte order mark, any line ends, quoted line breaks.

    Args:
        path: the file.
        columns: the names of the columns, where the file has no header row.
        open_ended: a last column whose text may hold commas without being quoted, as some exports do.
        progress: called with the file's name and its number of rows when it is read.

    Raises:
        ExportError: the file is missing, is not UTF-8 or CSV, or a row has the wrong number of cells.

    """
    lines = _rows_of(path)
    if columns is None:
        if not lines:
            raise ExportError(file=path.name, row=1, expected="a header row")
        columns = tuple(name.strip() for name in lines[0])
        first = 1
    else:
        first = 0
    kept = [i for i in range(first, len(lines)) if lines[i]]
    rows = [lines[i] for i in kept]
    numbers = [i + 1 for i in kept]
    width = len(columns)
    for row, number in zip(rows, numbers, strict=True):
        if len(row) > width and columns[-1] == open_ended:
            row[width - 1 :] = [",".join(row[width - 1 :])]
        if len(row) != width:
            raise ExportError(
                file=path.name,
                row=number,
                column=columns[len(row)] if len(row) < width else None,
                value=row[width] if len(row) > width else None,
                expected=f"{width} cells, as many as there are columns",
            )
    if progress:
        progress(path.name, len(rows))
    return Table(path.name, columns, rows, numbers)


def _rows_of(path: Path) -> list[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ExportError(file=path.name, expected="this file in the folder") from None
    except UnicodeDecodeError as error:
        before = bytes(error.object[: error.start])
        raise ExportError(
            file=path.name,
            row=before.count(b"\n") + 1,
            value=ascii(error.object[error.start : error.end]),
            expected="text in UTF-8",
        ) from None
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        raise ExportError(
            file=path.name, row=len(rows) + 1, value=str(error), expected="comma-separated values"
        ) from None
    return rows


def _is_integer(cell: str, low: int, high: int) -> bool:
    digits = cell.removeprefix("-")
    return digits.isascii() and digits.isdigit() and low <= int(cell) <= high
