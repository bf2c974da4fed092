"""What is in a data package: by name, a way to make the file's pieces again and again, always the same."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from deliberation.figures import TOLERANCE
from deliberation.polis import export_texts
from deliberation.small_cells import SMALLEST_CELL
from participation.i18n import LANGUAGES, speaking
from participation.outcomes.removal import facts_without, words_without
from participation.packages.describing import datapackage
from participation.packages.readme import readme
from participation.packages.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from deliberation.polis import Conversation
    from participation.outcomes.models import Report

    Pieces = Iterable[str | bytes]
    Files = dict[str, Callable[[], Pieces]]


def files_of(
    report: Report, conversation: Conversation | None, removed: Collection[int] = ()
) -> dict[str, Pieces]:
    """Every file of a package but the list of them. Asks no database.

    Args:
        report: the version; all comes from what is frozen in it.
        conversation: the single votes, if they are to be in it.
        removed: the numbers of statements whose words may be shown nowhere any more.

    """
    facts, words_by_language = facts_without(report.facts, removed), {}
    for tag, words in report.words.items():
        with speaking(tag):
            words_by_language[tag] = words_without(words, removed)
    files: Files = {
        "report.json": lambda: [as_text(facts)],
        "words.json": lambda: [as_text(words_by_language)],
        "method.json": lambda: [as_text(_method(facts))],
        **{f"data/{table.name}.csv": _of_table(table.text, facts) for table in TABLES},
    }
    if facts["dossier"]:
        files["dossier.json"] = lambda: [as_text(facts["dossier"])]
    if conversation:
        for name in export_texts(conversation):
            files[f"polis/{name}"] = _of_polis(conversation, name)
    for tag in facts["consultation"]["languages"]:
        if tag in LANGUAGES:
            with speaking(tag):
                about = readme(report, tag, has_votes=conversation is not None)
            files[f"README.{tag}.md"] = _of_text(about)
    described = datapackage(
        report, {name: _weighed(pieces()) for name, pieces in files.items()}, conversation
    )
    files["datapackage.json"] = lambda: [as_text(described)]
    return {name: pieces() for name, pieces in files.items()}


def as_text(value: object) -> str:
    """JSON to be read by people too: keys in order, two spaces a level."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2) + "\n"


def _of_table(text: Callable[[dict[str, Any]], Iterator[str]], facts: dict[str, Any]) -> Callable[[], Pieces]:
    return lambda: text(facts)


def _of_polis(conversation: Conversation, name: str) -> Callable[[], Pieces]:
    return lambda: export_texts(conversation, guard_formulas=True)[name]


def _of_text(text: str) -> Callable[[], Pieces]:
    return lambda: [text]


def _method(facts: dict[str, Any]) -> dict[str, Any]:
    """With what the figures were computed, and how to compute them again."""
    return {
        **facts["method"],
        "smallest_cell": SMALLEST_CELL,
        "tolerance": TOLERANCE,
        "verify": "python -m deliberation.verify PACKAGE.zip",
    }


def _weighed(pieces: Pieces) -> tuple[str, int]:
    """SHA-256 in hexadecimal, and size in bytes."""
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        written = piece.encode() if isinstance(piece, str) else piece
        digest.update(written)
        size += len(written)
    return digest.hexdigest(), size
