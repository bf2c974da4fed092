"""Texts cut into the pieces that a machine translates, put together again, and looked at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from participation.consultations.models import ConsultationText
from participation.deployments.models import DossierTranslation
from participation.statements.models import StatementText
from participation.text import has_deceptive_characters
from participation.translation.items import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from participation.translation.items import Item, Words

# What services take at once by default is more; a busy one answers small questions sooner.
MOST_TEXTS = 20
MOST_CHARACTERS = 2000
# The signs of headings, quotations and lists in Markdown: a machine would translate them away.
LINE = re.compile(r"(\s*(?:(?:#{1,6}|[-*+>]|\d{1,3}[.)])\s+)*)(.*)", re.DOTALL)

TABLES = {Kind.ABOUT: ConsultationText, Kind.STATEMENT: StatementText, Kind.DOSSIER: DossierTranslation}


class Piece(NamedTuple):
    """A line: the signs that it begins with, which stay, and its words."""

    signs: str
    words: str


def pieces_of(text: str) -> list[Piece]:
    return [Piece(*match.groups()) for line in text.split("\n") if (match := LINE.fullmatch(line))]


def joined(pieces: Iterable[Piece], translated: Iterator[str]) -> str:
    """The text again, with the next translated words in place of each piece's own."""
    return "\n".join(f"{signs}{next(translated).strip()}" if words else signs for signs, words in pieces)


def batches_of(texts: Iterable[str]) -> Iterator[list[str]]:
    """Texts in order, as many together as may be sent at once. A longer one goes by itself."""
    batch: list[str] = []
    for text in texts:
        full = len(batch) == MOST_TEXTS or sum(map(len, batch)) + len(text) > MOST_CHARACTERS
        if batch and full:
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


def fits(words: Words, item: Item) -> bool:
    """Whether a machine's words can stand in place of the source: none empty, none deceptive, none too long."""
    table = TABLES[item.kind].__table__
    for name, text in words.items():
        limit = getattr(table.c[name].type, "length", None)
        if not text.strip() or has_deceptive_characters(text) or (limit and len(text) > limit):
            return False
    return True
