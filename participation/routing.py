"""Numbers in addresses are numbers that a row could have. With any other there is no page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.routing import IntegerConverter

from participation.database import LARGEST_INTEGER

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.routing import Map


class RowNumberConverter(IntegerConverter):
    """What `<int:…>` stands for: PostgreSQL cannot even be asked about a number beyond its integers."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_INTEGER)


def set_up(app: Flask) -> None:
    """Before any route is added."""
    app.url_map.converters["int"] = RowNumberConverter
