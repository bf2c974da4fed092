"""From the frozen words of a report to what `report.typ` sets: every number written out, every link resolved."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from participation.formatting import number
from participation.i18n import direction_of
from participation.outcomes.formats.fonts import printable
from participation.outcomes.formats.map_picture import map_picture, mark_picture
from participation.outcomes.formats.markdown_tree import tree_of
from participation.outcomes.formats.places import Places
from participation.outcomes.formats.set_tables import set_bar, set_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

JsonObject = dict[str, Any]


def sections_to_set(sections: Sequence[Mapping[str, Any]]) -> list[JsonObject]:
    """The sections with their blocks as the template takes them. Speaks the language of the page."""
    setter = _Setter(Places(sections))
    return [
        {
            "number": number(section["number"]),
            "title": printable(section["title"]),
            "blocks": list(setter.set(section["blocks"])),
        }
        for section in sections
    ]


def language_of(tag: str) -> JsonObject:
    """What the template has to know of a passage's language; `lang` is empty where the tag names none."""
    language = tag.split("-", maxsplit=1)[0]
    is_known = re.fullmatch(r"[a-z]{2,3}", language)
    return {"lang": language if is_known else "", "rtl": direction_of(tag) == "rtl"}


def in_groups(fingerprint: str) -> str:
    """A fingerprint in pieces, which eyes can compare."""
    return " ".join(fingerprint[place : place + 16] for place in range(0, len(fingerprint), 16))


class _Setter:
    """Sets blocks one after the other."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def set(self, blocks: Sequence[JsonObject]) -> Iterator[JsonObject]:
        under_a_heading = False
        for kind, group in groupby(blocks, key=lambda block: str(block["kind"])):
            if kind == "limit":
                # What stands together is read together: one box, one heading.
                yield {"kind": "limits", "texts": [printable(block["text"]) for block in group]}
                continue
            under_a_heading = under_a_heading or kind == "heading"
            for block in group:
                # No level of headings may be left out on the way down: PDF/UA-1, 7.4.2.
                level = 3 if under_a_heading else 2
                yield {"kind": kind, "level": level, **self._settings[kind](self, block)}

    def _heading(self, block: JsonObject) -> JsonObject:
        return {"text": printable(block["text"])}

    def _paragraph(self, block: JsonObject) -> JsonObject:
        return {
            "text": printable(block["text"]),
            "cites": [self._citation(cited) for cited in block["cites"]],
        }

    def _points(self, block: JsonObject) -> JsonObject:
        return {"points": [self._paragraph(point) for point in block["points"]]}

    def _quoted(self, block: JsonObject) -> JsonObject:
        return {
            "place": self._places.quoted_here(block["number"]),
            "name": _("Statement %(number)s", number=number(block["number"])),
            "text": printable(block["text"]),
            "note": printable(block["note"]),
            **language_of(block["language"]),
        }

    def _table(self, block: JsonObject) -> JsonObject:
        return set_table(block, self._places)

    def _split(self, block: JsonObject) -> JsonObject:
        return {
            "caption": printable(block["caption"]),
            "statement": self._citation(block["number"]),
            "rows": [set_bar(*row) for row in block["rows"]],
        }

    def _map(self, block: JsonObject) -> JsonObject:
        groups = block["groups"]
        kinds = {group for _x, _y, group in block["points"] if group is not None and group < len(groups)}
        key = [
            {"svg": mark_picture(index), "name": _("Group %(letter)s", letter=printable(groups[index]))}
            for index in sorted(kinds)
        ]
        return {
            "caption": printable(block["caption"]),
            "description": printable(block["description"]),
            "picture": map_picture(block["points"], [printable(name) for name in groups]),
            "key": [*key, {"svg": mark_picture(None), "name": _("in no group")}] if key else [],
        }

    def _written(self, block: JsonObject) -> JsonObject:
        return {
            "name": _("In the words of: %(who)s", who=printable(block["by"])),
            "tree": tree_of(block["markdown"], printable),
            **language_of(block["language"]),
        }

    def _reference(self, block: JsonObject) -> JsonObject:
        return {
            "text": printable(block["text"]),
            "url": block["url"] if block["url"].startswith(("https://", "http://", "mailto:")) else "",
            "address": printable(block["url"]),
            "sha256": in_groups(block["sha256"]),
        }

    def _citation(self, cited: int) -> JsonObject:
        return {"text": number(cited), "to": self._places.link_to(cited)}

    _settings: Mapping[str, Callable[[_Setter, JsonObject], JsonObject]] = {
        "heading": _heading,
        "paragraph": _paragraph,
        "points": _points,
        "quoted": _quoted,
        "table": _table,
        "split": _split,
        "map": _map,
        "written": _written,
        "reference": _reference,
    }
