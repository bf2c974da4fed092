"""The picture as one file, one figure a line, for people who check with a spreadsheet or a program."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.monitoring.picture import Picture

    Row = tuple[object, ...]

COLUMNS = ("part", "what", "measure", "value")


def picture_as_csv(picture: Picture) -> str:
    """A value that is not shown on the page is empty here."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows(_figures(picture))
    writer.writerows(_lines(picture))
    return file.getvalue()


def _figures(picture: Picture) -> Iterator[Row]:
    low, middle, high = picture.per_person
    yield from (
        ("all", "", "people", picture.people),
        ("all", "", "votes", picture.votes),
        ("all", "", "votes_per_person_lower_quartile", low),
        ("all", "", "votes_per_person_median", middle),
        ("all", "", "votes_per_person_upper_quartile", high),
        ("statements", "", "submitted", picture.submitted),
        ("statements", "", "published", picture.published),
        ("statements", "", "rejected", picture.rejected),
        ("statements", "", "waiting", picture.backlog.waiting),
        ("statements", "", "oldest_waiting_days", picture.backlog.oldest),
        ("statements", "", "median_waiting_days", picture.backlog.median),
    )


def _lines(picture: Picture) -> Iterator[Row]:
    for day in picture.days:
        yield from (("day", day.day, name, getattr(day, name)) for name in ("people", "votes"))
    for language in picture.languages:
        yield "language", language.tag or "unknown", "people", language.people
    for each in picture.coverage:
        for name in ("votes", "drawn", "put_off", "seen"):
            yield "statement", each.number, name, getattr(each, name)
        yield "statement", each.number, "is_under_seen", int(each.is_under_seen)
