"""What is different between two versions of a dossier, field by field and word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal, NamedTuple

from participation.deployments.reading import Reader
from participation.deployments.schema import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.deployments.models import Content
    from participation.deployments.schema import Field

WORDS_AND_SPACES = re.compile(r"\s+|\S+")


class Piece(NamedTuple):
    """Some words, and whether they stand in both versions."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True)
class Change:
    """One field that is not what it was."""

    field: Field
    pieces: tuple[Piece, ...]


def changes_between(before: Content, after: Content) -> list[Change]:
    """The fields that differ as the reader sees them, in the order of the dossier."""
    readers = Reader(before), Reader(after)
    changes = []
    for field in FIELDS.values():
        old, new = (
            reader.plain(field, reader.fields[field.key]) if field.key in reader.fields else ""
            for reader in readers
        )
        if old != new:
            changes.append(Change(field, tuple(_pieces(old, new))))
    return changes


def _pieces(old: str, new: str) -> Iterator[Piece]:
    before, after = WORDS_AND_SPACES.findall(old), WORDS_AND_SPACES.findall(new)
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(before[start:end]))
            continue
        if start < end:
            yield Piece("removed", "".join(before[start:end]))
        if new_start < new_end:
            yield Piece("added", "".join(after[new_start:new_end]))
