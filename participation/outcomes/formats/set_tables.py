"""Tables and bars for the template: every cell a text, and how wide each column wants to be."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from participation.formatting import number, share
from participation.outcomes.formats.fonts import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from participation.outcomes.blocks import Cell
    from participation.outcomes.formats.places import Places

JsonObject = dict[str, Any]

WITHHELD = "–"  # noqa: RUF001 - a dash as wide as a digit is meant
#: A row with a text longer than this may break over two pages.
LONGEST_WHOLE_CELL = 600
#: In characters: the narrowest column, the space around a column, and what stands in a line of a table.
NARROWEST, AROUND, LINE = 4, 4, 92


def set_table(block: Mapping[str, Any], places: Places) -> JsonObject:
    """A table, with a line below it that says what an empty cell means, if there is one."""
    statements = block["statements"]
    rows = [
        [
            _statement(cell, places)
            if column == statements
            else _cell(cell, is_share=column in block["shares"])
            for column, cell in enumerate(row)
        ]
        for row in block["rows"]
    ]
    # The number of a statement names its row, and stands where names stand.
    numeric = [
        column != statements and _is_numeric(block["rows"], column) for column in range(len(block["head"]))
    ]
    notes = [printable(block["note"])] if block["note"] else []
    if any(cell is None for row in block["rows"] for cell in row):
        notes.append(
            _(
                "%(sign)s: no number, or one that is not shown because it is about too few people.",
                sign=WITHHELD,
            )
        )
    return {
        "caption": printable(block["caption"]),
        "head": [printable(text) for text in block["head"]],
        "rows": rows,
        "numeric": numeric,
        "widths": _widths(block, rows),
        "whole": max((len(cell["text"]) for row in rows for cell in row), default=0) <= LONGEST_WHOLE_CELL,
        "notes": notes,
    }


def set_bar(
    name: str, agree: float | None, disagree: float | None, passed: float | None, votes: int | None
) -> JsonObject:
    """A row of a split: its shares as lengths and as words. Without shares where they are withheld."""
    if agree is None or disagree is None or passed is None:
        return {"name": printable(name), "shares": [], "texts": [], "votes": WITHHELD, "alt": ""}
    shares = (agree, disagree, passed)
    texts = [share(part) for part in shares]
    return {
        "name": printable(name),
        "shares": shares,
        "texts": texts,
        "votes": WITHHELD if votes is None else number(votes),
        "alt": _(
            "%(agree)s agree, %(disagree)s disagree, %(passed)s pass",
            agree=texts[0],
            disagree=texts[1],
            passed=texts[2],
        ),
    }


def _statement(cell: Cell, places: Places) -> JsonObject:
    if not isinstance(cell, int):
        return _cell(cell, is_share=False)
    place = places.tabled_here(cell)
    # Where the statement itself stands there is nothing to lead to.
    return {"text": number(cell), "place": place, "to": "" if place else places.link_to(cell), "rtl": False}


def _cell(cell: Cell, *, is_share: bool) -> JsonObject:
    if cell is None:
        return _plain(WITHHELD)
    if isinstance(cell, str):
        return {**_plain(printable(cell)), "rtl": _runs_right_to_left(cell)}
    return _plain(share(cell) if is_share else number(cell))


def _plain(text: str) -> JsonObject:
    return {"text": text, "place": "", "to": "", "rtl": None}


def _runs_right_to_left(text: str) -> bool | None:
    """By its first letter that has a direction, as browsers do for `dir=auto`; None without one."""
    directions = (unicodedata.bidirectional(character) for character in text)
    first = next((direction for direction in directions if direction in {"L", "R", "AL"}), None)
    return None if first is None else first != "L"


def _is_numeric(rows: Sequence[Sequence[Cell]], column: int) -> bool:
    return bool(rows) and not any(isinstance(row[column], str) for row in rows)


def _widths(block: Mapping[str, Any], rows: Sequence[Sequence[JsonObject]]) -> list[float]:
    """How wide each column is, in characters: what it asks for, or a fair part of what the smaller ones leave."""
    columns = zip(block["head"], *([cell["text"] for cell in row] for row in rows), strict=True)
    wanted = [_wanted(head, texts) for head, *texts in columns]
    widths, left = [0.0] * len(wanted), float(LINE)
    for done, column in enumerate(sorted(range(len(wanted)), key=wanted.__getitem__)):
        widths[column] = min(wanted[column], left / (len(wanted) - done))
        left -= widths[column]
    return widths


def _wanted(head: str, texts: Sequence[str]) -> int:
    """As much as the longest text; a head may be in several lines, but its words whole."""
    longest_word = max(map(len, head.split()), default=0)
    longest = max(map(len, texts), default=0)
    return max(longest_word, longest, len(head) // 2, NARROWEST) + AROUND
