"""A number for each day as a row of columns, ready for an SVG that stretches to its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# The height of the highest column, and what a column leaves free to the next, in the drawing's own units.
HEIGHT, GAP = 100, 0.2
# A day whose number is not shown has a low mark instead of a column.
LOW = 3


@dataclass(frozen=True)
class Columns:
    """`shown` and `hidden` are SVG path data within a box of `width` by `HEIGHT`, a column being 1 wide."""

    width: int
    height: int
    shown: str
    hidden: str
    #: The place of the highest column among the values; None if there is none.
    peak: int | None


def draw_columns(values: Sequence[int | None]) -> Columns:
    """One column for each value; None is a value that is not shown."""
    most = max((value for value in values if value), default=0)
    shown = "".join(_column(place, value / most * HEIGHT) for place, value in enumerate(values) if value)
    hidden = "".join(_column(place, LOW) for place, value in enumerate(values) if value is None)
    return Columns(len(values), HEIGHT, shown, hidden, values.index(most) if most else None)


def _column(place: int, height: float) -> str:
    return f"M{place + GAP / 2:g} {HEIGHT}v{-height:.4g}h{1 - GAP:g}v{height:.4g}z"
