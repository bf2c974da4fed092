"""How is a conversation written down? As the export files that Polis' tools and `read_conversation` take."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from deliberation.ballot import Choice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from deliberation.polis.conversation import Conversation

    Row = list[str]

# A file whose largest timestamp is below this counts seconds: as milliseconds it would lie before 1974,
# as seconds this is the year 5138.
MILLISECONDS_FROM = 10**11
LATEST_TIMESTAMP = 253_402_300_799_999  # the end of the year 9999, the last that has a date

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_conversation(folder: Path, conversation: Conversation, *, guard_formulas: bool = False) -> None:
    """Write the four files of an export into `folder`, which is made if needed.

    Without `guard_formulas`, `read_conversation` gives an equal conversation back.

    Args:
        folder: where the files go; files of the same names are replaced.
        conversation: what to write.
        guard_formulas: put an apostrophe before texts that a spreadsheet would run as a formula.
            Meant for copies that people open in a spreadsheet; reading does not take it off again.

    Raises:
        ValueError: the timestamps lie before 1974 and would be read back as seconds.

    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, pieces in export_texts(conversation, guard_formulas=guard_formulas).items():
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(pieces)


def export_texts(conversation: Conversation, *, guard_formulas: bool = False) -> dict[str, Iterator[str]]:
    """The files of an export by name, each as pieces of CSV text, for streams and zip downloads.

    The arguments and the error are those of `write_conversation`.
    """
    stamps = [comment.timestamp or 0 for comment in conversation.comments]
    for largest in (max(stamps, default=0), int(conversation.timestamps.max(initial=0))):
        if 0 < largest < MILLISECONDS_FROM:
            raise ValueError(f"a largest timestamp of {largest} ms would be read back as seconds")
    guard = guard_formulas
    return {
        "summary.csv": _csv_text(summary_rows(conversation, guard_formulas=guard)),
        "comments.csv": _csv_text(comment_rows(conversation, guard_formulas=guard)),
        "votes.csv": _csv_text(vote_rows(conversation)),
        "participants-votes.csv": _csv_text(participant_rows(conversation)),
    }


def summary_rows(conversation: Conversation, *, guard_formulas: bool = False) -> Iterator[Row]:
    for key, value in conversation.summary.items():
        yield [key, _guarded(value, guard_formulas=guard_formulas)]


def comment_rows(conversation: Conversation, *, guard_formulas: bool = False) -> Iterator[Row]:
    """Header and statements; agrees and disagrees count the vote of each person that stands now."""
    yield [
        *("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees"),
        *("moderated", "is-meta", "is-seed", "comment-body"),
    ]
    current = conversation.current_votes()
    said = Counter(
        zip(conversation.statements[current].tolist(), conversation.choices[current].tolist(), strict=True)
    )
    for comment in conversation.comments:
        yield [
            "" if comment.timestamp is None else str(comment.timestamp),
            "" if comment.timestamp is None else _datetime(comment.timestamp),
            str(comment.id),
            "" if comment.author_id is None else str(comment.author_id),
            str(said[comment.id, Choice.AGREE]),
            str(said[comment.id, Choice.DISAGREE]),
            str(comment.moderated),
            str(int(comment.is_meta)),
            str(int(comment.is_seed)),
            _guarded(comment.text, guard_formulas=guard_formulas),
        ]


def vote_rows(conversation: Conversation) -> Iterator[Row]:
    """Header and the whole history of votes, in the order they were cast."""
    yield ["timestamp", "datetime", "comment-id", "voter-id", "vote"]
    arrays = (
        conversation.timestamps.tolist(),
        conversation.statements.tolist(),
        conversation.voters.tolist(),
        conversation.choices.tolist(),
    )
    for stamp, statement, voter, choice in zip(*arrays, strict=True):
        yield [str(stamp), _datetime(stamp), str(statement), str(voter), str(choice)]


def participant_rows(conversation: Conversation) -> Iterator[Row]:
    """Header and everybody who voted, or has a group, by id, with the votes that stand now."""
    statements = sorted(comment.id for comment in conversation.comments)
    place = {statement: i for i, statement in enumerate(statements)}
    yield [
        *("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"),
        *(str(statement) for statement in statements),
    ]
    current = conversation.current_votes()
    current = current[np.argsort(conversation.voters[current], kind="stable")]
    voters = conversation.voters[current]
    written = Counter(comment.author_id for comment in conversation.comments)
    for person in sorted({*voters.tolist(), *conversation.groups}):
        own = current[np.searchsorted(voters, person) : np.searchsorted(voters, person, side="right")]
        choices = conversation.choices[own].tolist()
        cells = [""] * len(statements)
        for statement, choice in zip(conversation.statements[own].tolist(), choices, strict=True):
            cells[place[statement]] = str(choice)
        yield [
            str(person),
            str(conversation.groups.get(person, "")),
            str(written[person]),
            str(len(choices)),
            str(choices.count(Choice.AGREE)),
            str(choices.count(Choice.DISAGREE)),
            *cells,
        ]


def _csv_text(rows: Iterable[Row]) -> Iterator[str]:
    piece = io.StringIO(newline="")
    # "\r\n" makes the writer quote texts that hold either character, so that they are read back as they are.
    writer = csv.writer(piece, lineterminator="\r\n")
    for row in rows:
        writer.writerow(row)
        yield piece.getvalue()
        piece.seek(0)
        piece.truncate()


def _datetime(timestamp: int) -> str:
    """ISO 8601 in UTC, to the second; `timestamp` in milliseconds."""
    return datetime.fromtimestamp(timestamp // 1000, tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _guarded(text: str, *, guard_formulas: bool) -> str:
    return f"'{text}" if guard_formulas and text.startswith(FORMULA_STARTS) else text
