"""What is different between two versions of a dossier: first as its reader sees it, then in other languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal, NamedTuple

from flask_babel import lazy_gettext as _l

from participation.deployments.basics import texts_of
from participation.deployments.reading import Reader
from participation.deployments.schema import FIELDS
from participation.i18n import current_language, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask_babel import LazyString

    from participation.deployments.models import Content
    from participation.deployments.schema import Field

WORDS_AND_SPACES = re.compile(r"\s+|\S+")
#: What stands in a dossier beside its fields, and how it is read.
BASICS: dict[str, tuple[LazyString, Callable[[str], str]]] = {
    "owner": (_l("Organisation that answers for it"), str),
    "country": (_l("Country"), lambda code: str(current_language().locale.territories.get(code, code))),
    "main_language": (_l("Main language"), name_of),
}


class Piece(NamedTuple):
    """Some words, and whether they stand in both versions."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True)
class Change:
    """One fact that is not what it was."""

    #: Names it on the page.
    key: str
    label: LazyString
    pieces: tuple[Piece, ...]
    #: The other language in which it changed; empty for what the reader sees.
    language: str = ""


def changes_between(before: Content, after: Content) -> list[Change]:
    """What differs: beside the fields, then field by field in the order of the dossier."""
    return [*_basics(before, after), *_fields(before, after)]


def _basics(before: Content, after: Content) -> Iterator[Change]:
    for key, (label, read) in BASICS.items():
        if before[key] != after[key]:
            yield Change(key, label, tuple(_pieces(read(before[key]), read(after[key]))))


def _fields(before: Content, after: Content) -> Iterator[Change]:
    readers = Reader(before), Reader(after)
    languages = sorted(_languages_of(before) | _languages_of(after))
    for field in FIELDS.values():
        old, new = (
            reader.plain(field, reader.fields[field.key]) if field.key in reader.fields else ""
            for reader in readers
        )
        if old != new:
            yield Change(field.key, field.label, tuple(_pieces(old, new)))
        for tag in languages:
            earlier, later = _texts_in(field, before, tag), _texts_in(field, after, tag)
            # What has been seen above need not be read again.
            is_seen = all(text in old for text in earlier) and all(text in new for text in later)
            if earlier != later and not (is_seen and old != new):
                pieces = tuple(_pieces("\n".join(earlier), "\n".join(later)))
                yield Change(f"{field.key}-{tag}", field.label, pieces, tag)


def _texts_in(field: Field, content: Content, tag: str) -> list[str]:
    """The texts of a field that exist in a language."""
    if field.key not in content["fields"]:
        return []
    return [texts[tag] for texts in texts_of(field, content["fields"][field.key]) if tag in texts]


def _languages_of(content: Content) -> set[str]:
    return {
        tag
        for key, value in content["fields"].items()
        for texts in texts_of(FIELDS[key], value)
        for tag in texts
    }


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
