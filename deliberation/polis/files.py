"""How does Polis write a conversation down? A folder of CSV files, read here.

Three variants exist: the zip written by Polis' Clojure code, the newer report API, and folders with
numbers only (comment-id, moderated, is-meta, is-seed). They differ in which columns of comments.csv
there are and in whether timestamps are seconds or milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from deliberation.polis.conversation import Comment, Conversation
from deliberation.polis.plain_numbers import plain_numbers
from deliberation.polis.tables import LARGEST_INTEGER, ExportError, Table, read_table
from deliberation.polis.writing import LATEST_TIMESTAMP, MILLISECONDS_FROM, export_texts, write_conversation

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    Progress = Callable[[str, int], None]

__all__ = [
    "Comment",
    "Conversation",
    "ExportError",
    "export_texts",
    "read_conversation",
    "write_conversation",
]

TIMESTAMP = "seconds or milliseconds since 1970, a whole number"
IDENTIFIER = "an id, a whole number from 0"


class Numbers(NamedTuple):
    """What a column of whole numbers may hold, and how to say so."""

    expected: str
    low: int = 0
    high: int = LARGEST_INTEGER


VOTE_COLUMNS = {
    "timestamp": Numbers(TIMESTAMP, high=LATEST_TIMESTAMP),
    "comment-id": Numbers(IDENTIFIER),
    "voter-id": Numbers(IDENTIFIER),
    "vote": Numbers("1 (agree), 0 (pass) or -1 (disagree)", low=-1, high=1),
}


def read_conversation(folder: Path, *, progress: Progress | None = None) -> Conversation:
    """Read an export: votes.csv, and summary.csv, comments.csv, participants-votes.csv where present.

    Votes are put in the order they were cast, by timestamp; votes of the same instant keep the order
    of the file. Without comments.csv, the statements are those that have votes. Nothing is changed in
    texts: an apostrophe that `write_conversation(..., guard_formulas=True)` put before a text stays,
    because in every other export it is the author's own.

    Args:
        folder: where the files are.
        progress: called with a file's name and its number of rows, after each file.

    Raises:
        ExportError: something is missing or cannot be read; it names file, row, column and value.

    """
    timestamps, statements, voters, choices = _read_votes(folder, progress)
    if (folder / "comments.csv").exists():
        comments = _read_comments(folder, progress)
        unknown = np.flatnonzero(~np.isin(statements, [comment.id for comment in comments]))
        if len(unknown):
            table = read_table(folder / "votes.csv")
            table.wrong(int(unknown[0]), "comment-id", "a comment-id that is in comments.csv")
    else:
        comments = tuple(Comment(id=int(statement)) for statement in np.unique(statements))

    order = np.argsort(timestamps, kind="stable")
    return Conversation(
        summary=_read_summary(folder, progress),
        comments=comments,
        timestamps=_as_milliseconds(timestamps[order]),
        statements=statements[order],
        voters=voters[order],
        choices=choices[order].astype(np.int8),
        groups=_read_groups(folder, progress),
    )


def _read_votes(folder: Path, progress: Progress | None) -> list[NDArray[np.int64]]:
    """The columns of votes.csv in the order of `VOTE_COLUMNS`."""
    path = folder / "votes.csv"
    columns = plain_numbers(path, tuple(VOTE_COLUMNS)) if path.exists() else None
    limits = [(kind.low, kind.high) for kind in VOTE_COLUMNS.values()]
    if columns and all(
        ((low <= column) & (column <= high)).all()
        for column, (low, high) in zip(columns, limits, strict=True)
    ):
        if progress:
            progress(path.name, len(columns[0]))
        return columns
    table = read_table(path, progress=progress)
    table.require(*VOTE_COLUMNS)
    return [
        table.integers(name, kind.expected, low=kind.low, high=kind.high)
        for name, kind in VOTE_COLUMNS.items()
    ]


def _read_comments(folder: Path, progress: Progress | None) -> tuple[Comment, ...]:
    table = read_table(folder / "comments.csv", open_ended="comment-body", progress=progress)
    table.require("comment-id")
    ids = table.integers("comment-id", IDENTIFIER)
    _refuse_repeats(table, "comment-id", table.texts("comment-id"))
    stamps = table.optional_integers("timestamp", TIMESTAMP, high=LATEST_TIMESTAMP)
    scale = 1 if max((stamp or 0 for stamp in stamps), default=0) >= MILLISECONDS_FROM else 1000
    authors = table.optional_integers("author-id", IDENTIFIER)
    moderated = np.zeros(len(ids), dtype=np.int64)
    if "moderated" in table:
        moderated = table.integers("moderated", "1 (accepted), 0 or -1 (rejected)", low=-1, high=1)
    metas = table.flags("is-meta")
    seeds = table.flags("is-seed")
    texts = table.texts("comment-body") if "comment-body" in table else [""] * len(ids)
    return tuple(
        Comment(
            id=int(ids[i]),
            author_id=authors[i],
            timestamp=None if stamp is None else stamp * scale,
            moderated=int(moderated[i]),
            is_meta=metas[i],
            is_seed=seeds[i],
            text=texts[i],
        )
        for i, stamp in enumerate(stamps)
    )


def _read_summary(folder: Path, progress: Progress | None) -> dict[str, str]:
    path = folder / "summary.csv"
    if not path.exists():
        return {}
    table = read_table(path, columns=("key", "value"), open_ended="value", progress=progress)
    _refuse_repeats(table, "key", table.texts("key"))
    return dict(zip(table.texts("key"), table.texts("value"), strict=True))


def _read_groups(folder: Path, progress: Progress | None) -> dict[int, int]:
    paths = [folder / "participants-votes.csv", folder / "participant-votes.csv"]
    path = next((path for path in paths if path.exists()), None)
    if path is None:
        return {}
    table = read_table(path, progress=progress)
    table.require("participant", "group-id")
    people = table.integers("participant", IDENTIFIER)
    groups = table.optional_integers("group-id", IDENTIFIER + ", or nothing")
    return {int(person): group for person, group in zip(people, groups, strict=True) if group is not None}


def _refuse_repeats(table: Table, column: str, cells: list[str]) -> None:
    seen: set[str] = set()
    for i, cell in enumerate(cells):
        if cell in seen:
            table.wrong(i, column, "each value only once")
        seen.add(cell)


def _as_milliseconds(timestamps: NDArray[np.int64]) -> NDArray[np.int64]:
    if not len(timestamps) or timestamps.max() >= MILLISECONDS_FROM:
        return timestamps
    return timestamps * 1000
