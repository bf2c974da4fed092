"""Where links to a statement lead: to the place where it is quoted last, in the list of all."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Places:
    """Asked block by block, in the order of the report, whether this is the place."""

    def __init__(self, sections: Iterable[Mapping[str, Any]]) -> None:
        blocks = [block for section in sections for block in section["blocks"]]
        #: By statement, how often it is still to come.
        self._to_come = Counter(block["number"] for block in blocks if block["kind"] == "quoted")
        #: Those that are quoted nowhere: the first table that has them is their place.
        self._only_in_tables = frozenset(_in_tables(blocks)) - self._to_come.keys()
        self._known = self._only_in_tables | self._to_come.keys()
        self._to_come.update(self._only_in_tables)

    def link_to(self, statement: int) -> str:
        """The label to which a link leads; empty where the report does not have the statement itself."""
        return _label(statement) if statement in self._known else ""

    def quoted_here(self, statement: int) -> str:
        """The label, if links lead here."""
        self._to_come[statement] -= 1
        return "" if self._to_come[statement] else _label(statement)

    def tabled_here(self, statement: int) -> str:
        """The label, if links lead to this row of a table."""
        return self.quoted_here(statement) if statement in self._only_in_tables else ""


def _in_tables(blocks: Iterable[Mapping[str, Any]]) -> Iterator[int]:
    for block in blocks:
        if block["kind"] == "table" and block["statements"] is not None:
            yield from (cell for row in block["rows"] if isinstance(cell := row[block["statements"]], int))


def _label(statement: int) -> str:
    return f"statement-{statement}"
