"""The opinion map as a picture for print: the same drawing as on the page, as SVG of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from participation.opinions.map_drawing import MARK_OF_THE_UNASSIGNED, MARKS, draw_map
from participation.opinions.models import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The colours of the light scheme; see static/css/tokens.css.
COLOURS = ("#123a7a", "#7a7a00", "#c76a86", "#3f87d6", "#6e1236")
UNASSIGNED = "#6b7672"


def map_picture(points: Sequence[Sequence[Any]], groups: Sequence[str]) -> dict[str, Any] | None:
    """An SVG and where the groups' letters stand in it, as shares of its width and height; None without people."""
    places = [
        Place(participant_id=number, x=x, y=y, error=0.0, group_index=group)
        for number, (x, y, group) in enumerate(points)
    ]
    drawing = draw_map(places, None, number_of_groups=len(groups))
    if drawing is None:
        return None
    paths = "".join(
        f'<path d="{marks.path}" fill="{_colour(marks.index)}" fill-opacity="0.6"/>'
        for marks in drawing.marks
    )
    return {
        "svg": _svg(drawing.width, drawing.height, paths),
        "letters": [
            {
                "letter": groups[marks.index],
                "x": marks.x / drawing.width,
                "y": marks.y / drawing.height,
            }
            for marks in drawing.marks
            if marks.index is not None
        ],
    }


def mark_picture(index: int | None) -> str:
    """The mark of one group alone, as SVG: for the key beside the map."""
    mark = MARK_OF_THE_UNASSIGNED if index is None else MARKS[index]
    return _svg(16, 16, f'<path d="M8 8{mark}" fill="{_colour(index)}"/>')


def _colour(index: int | None) -> str:
    return UNASSIGNED if index is None else COLOURS[index]


def _svg(width: int, height: int, inner: str) -> str:
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inner}</svg>'
