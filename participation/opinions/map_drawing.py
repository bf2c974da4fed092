"""The opinion map as shapes: people as small marks, one kind of mark for each group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from participation.opinions.models import Place

WIDTH, MARGIN = 720, 36
# As tall as what is shown, within what a screen can hold.
LEAST_HEIGHT, MOST_HEIGHT = 360, 640
# More marks than this cover each other, and make the page heavy.
MOST_MARKS = 600
# A 95% region of a normal error in two dimensions has this many standard errors as its radius.
RADIUS_OF_95_PERCENT = 2.45

# A mark around the current point, as SVG path data. Kind by kind they differ in shape, not only in colour.
MARKS = (
    "m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",  # circle
    "m-4.5-4.5h9v9h-9z",  # square
    "m0-6l6 10.5h-12z",  # triangle
    "m0-6.5l6.5 6.5l-6.5 6.5l-6.5-6.5z",  # diamond
    "m-5-2h3v-3h4v3h3v4h-3v3h-4v-3h-3z",  # cross
)
MARK_OF_THE_UNASSIGNED = "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z"


@dataclass(frozen=True)
class Marks:
    """The people of one group: all their marks as one path, and where its letter stands."""

    index: int | None
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class OwnPlace:
    """Where the reader stands, and the circle that holds their true place with 95% probability."""

    x: float
    y: float
    radius: float
    group_index: int | None


@dataclass(frozen=True)
class MapDrawing:
    width: int
    height: int
    marks: tuple[Marks, ...]
    own: OwnPlace | None
    shown: int
    people: int


def draw_map(
    places: Sequence[Place], own_participant_id: int | None, *, number_of_groups: int
) -> MapDrawing | None:
    """Lay the places out on the page; None if there is nobody to show.

    Places and groups are read one after the other. A worker may write between: a place in a group
    that there is no more is drawn as in none.
    """
    if not places:
        return None

    def group_of(place: Place) -> int | None:
        index = place.group_index
        return index if index is not None and index < number_of_groups else None

    own = next((place for place in places if place.participant_id == own_participant_id), None)
    page = _Page.with_room_for(places, own)
    shown = sorted(places, key=lambda place: place.participant_id)[:: -(-len(places) // MOST_MARKS)]
    kinds = sorted({group_of(place) for place in shown}, key=lambda index: -1 if index is None else index)
    own_place = None
    if own is not None:
        x, y = page.point(own)
        own_place = OwnPlace(x, y, own.error * page.scale * RADIUS_OF_95_PERCENT, group_of(own))
    return MapDrawing(
        width=WIDTH,
        height=page.height,
        marks=tuple(
            _marks(kind, [page.point(place) for place in shown if group_of(place) == kind]) for kind in kinds
        ),
        own=own_place,
        shown=len(shown),
        people=len(places),
    )


@dataclass(frozen=True)
class _Page:
    """How to turn a place into a point on the page, and by how much lengths grow. Both axes keep one scale."""

    height: int
    scale: float
    middle: tuple[float, float]

    @classmethod
    def with_room_for(cls, places: Iterable[Place], own: Place | None) -> _Page:
        """A page on which everybody is, and the whole circle of the reader's doubt."""
        corners = [(place.x, place.y) for place in places]
        if own is not None:
            radius = own.error * RADIUS_OF_95_PERCENT
            corners += [(own.x - radius, own.y - radius), (own.x + radius, own.y + radius)]
        xs, ys = zip(*corners, strict=True)
        wide, tall = (max(xs) - min(xs)) or 1, (max(ys) - min(ys)) or 1
        scale = min((WIDTH - 2 * MARGIN) / wide, (MOST_HEIGHT - 2 * MARGIN) / tall)
        height = max(round(tall * scale) + 2 * MARGIN, LEAST_HEIGHT)
        return cls(height, scale, ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2))

    def point(self, place: Place) -> tuple[float, float]:
        # A page's y axis points down.
        x = WIDTH / 2 + (place.x - self.middle[0]) * self.scale
        y = self.height / 2 - (place.y - self.middle[1]) * self.scale
        return round(x, 1), round(y, 1)


def _marks(kind: int | None, points: Sequence[tuple[float, float]]) -> Marks:
    mark = MARK_OF_THE_UNASSIGNED if kind is None else MARKS[kind]
    return Marks(
        index=kind,
        path="".join(f"M{x:g} {y:g}{mark}" for x, y in points),
        x=sum(x for x, _y in points) / len(points),
        y=sum(y for _x, y in points) / len(points),
    )
