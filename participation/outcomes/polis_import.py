"""Bringing in a conversation that was recorded elsewhere, whole or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import insert, select

from deliberation.ballot import Choice
from participation.consultations.actions import create_consultation
from participation.consultations.models import Channel, Consultation, ConsultationText, Participant
from participation.database import db
from participation.statements.models import Origin, State, Statement, StatementText
from participation.votes.models import SupersededVote, Vote

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from deliberation.polis import Comment, Conversation

    Progress = Callable[[int], None]

ROWS_AT_ONCE = 5000
NO_TEXT = "(no text)"


def import_conversation(
    conversation: Conversation,
    *,
    slug: str,
    language: str,
    beside: Mapping[str, Any] | None = None,
    progress: Progress = lambda _rows: None,
) -> Consultation:
    """Make a consultation of a recorded conversation; it is closed unless `beside` says otherwise.

    Args:
        conversation: what `deliberation.polis.read_conversation` read.
        slug: the address of the new consultation.
        language: what its statements are written in, where `beside` does not say.
        beside: what `polis_export.beside_the_conversation` wrote, if this comes from Baraza.
        progress: called with the number of votes written, again and again.

    Raises:
        SlugTakenError: another consultation has this slug. Nothing is imported.

    """
    notes = beside or {}
    try:
        consultation = _add_consultation(conversation, slug, language, notes)
        participants = _add_participants(consultation, conversation, notes)
        statements = _add_statements(consultation, conversation, participants, language, notes)
        important = {(voter, statement) for voter, statement in notes.get("important_votes", ())}
        _add_votes(
            consultation, conversation, participants, statements, important=important, progress=progress
        )
    except Exception:
        db.session.rollback()
        raise
    db.session.commit()
    return consultation


def _add_consultation(
    conversation: Conversation, slug: str, language: str, notes: Mapping[str, Any]
) -> Consultation:
    first, last = _span(conversation)
    summary = conversation.summary
    # Titles and questions have limits of their own here; the whole description stays as the summary.
    texts = notes.get("texts") or {
        language: {
            "title": (summary.get("topic") or slug)[:120],
            "question": (summary.get("topic") or slug)[:300],
            "summary": summary.get("conversation-description", ""),
        }
    }
    opens_at = _moment(notes.get("opens_at")) or first
    consultation = create_consultation(
        None,
        slug=slug,
        main_language=notes.get("main_language", language),
        texts={tag: ConsultationText(language=tag, **fields) for tag, fields in texts.items()},
        opens_at=opens_at,
        closes_at=_moment(notes.get("closes_at")) or last + timedelta(minutes=1),
        responds_by=_day(notes.get("responds_by")),
        shows_interim_results=notes.get("shows_interim_results", True),
        # What Polis exports is public already; an export of our own says what people were promised.
        publishes_votes=notes.get("publishes_votes", not notes),
        is_demonstration=notes.get("is_demonstration", False),
    )
    consultation.published_at = opens_at if notes.get("is_published", True) else None
    return consultation


def _add_participants(
    consultation: Consultation, conversation: Conversation, notes: Mapping[str, Any]
) -> dict[int, int]:
    """Participant id by the number that the export gives them."""
    authors = {comment.author_id for comment in conversation.comments} - {None}
    numbers = sorted({*np.unique(conversation.voters).tolist(), *authors})
    languages = notes.get("participant_languages", [])
    if numbers and len(languages) > max(numbers):
        # People who joined and did nothing are known to Baraza, though not to Polis.
        numbers = list(range(len(languages)))
    channels = notes.get("participant_channels", [])
    rows: list[dict[str, object]] = [
        {
            "consultation_id": consultation.id,
            "language": languages[number] if number < len(languages) else None,
            "channel": Channel(channels[number]) if number < len(channels) else Channel.ONLINE,
        }
        for number in numbers
    ]
    _insert(Participant, rows)
    ids = db.session.scalars(
        select(Participant.id).where(Participant.consultation_id == consultation.id).order_by(Participant.id)
    )
    return dict(zip(numbers, ids, strict=True))


def _add_statements(
    consultation: Consultation,
    conversation: Conversation,
    participants: Mapping[int, int],
    language: str,
    notes: Mapping[str, Any],
) -> dict[int, int]:
    """Statement id by its number."""
    has_votes = set(np.unique(conversation.statements).tolist())
    first, _last = _span(conversation)
    by_number: dict[int, Statement] = {}
    for comment in sorted(conversation.comments, key=lambda comment: comment.id):
        words = notes.get("statements", {}).get(str(comment.id)) or {
            "language": language,
            "texts": {language: comment.text or NO_TEXT},
        }
        by_number[comment.id] = Statement(
            consultation_id=consultation.id,
            number=comment.id,
            language=words["language"],
            state=_state(comment, has_votes),
            is_seed=comment.is_seed,
            is_meta=comment.is_meta,
            author_id=None if comment.author_id is None else participants[comment.author_id],
            written_at=_from_milliseconds(comment.timestamp) if comment.timestamp else first,
            texts=_texts(words),
        )
    db.session.add_all(by_number.values())
    db.session.flush()
    return {number: statement.id for number, statement in by_number.items()}


def _texts(words: Mapping[str, Any]) -> dict[str, StatementText]:
    """A statement's texts with what is known of their making; a file that does not say leaves it to the models."""
    records = words.get("translations", {})
    return {
        tag: StatementText(language=tag, text=text, **_making(records[tag]) if tag in records else {})
        for tag, text in words["texts"].items()
    }


def _making(record: Mapping[str, Any]) -> dict[str, object]:
    return {
        "origin": Origin(record["origin"]),
        "made_at": _moment(record["made_at"]),
        "reviewed_at": _moment(record["reviewed_at"]),
    }


def _add_votes(
    consultation: Consultation,
    conversation: Conversation,
    participants: Mapping[int, int],
    statements: Mapping[int, int],
    *,
    important: Collection[tuple[int, int]],
    progress: Progress,
) -> None:
    holds = np.zeros(len(conversation.choices), dtype=bool)
    holds[conversation.current_votes()] = True
    for table, which in ((SupersededVote, ~holds), (Vote, holds)):
        columns = (
            conversation.timestamps[which].tolist(),
            conversation.voters[which].tolist(),
            conversation.statements[which].tolist(),
            conversation.choices[which].tolist(),
        )
        rows: list[dict[str, object]] = [
            {
                "consultation_id": consultation.id,
                "participant_id": participants[voter],
                "statement_id": statements[statement],
                "choice": Choice(choice),
                "is_important": table is Vote and (voter, statement) in important,
                "cast_at": _minute(_from_milliseconds(stamp)),
            }
            for stamp, voter, statement, choice in zip(*columns, strict=True)
        ]
        _insert(table, rows, progress)


def _insert(
    table: type[Participant | Vote | SupersededVote],
    rows: Sequence[dict[str, object]],
    progress: Progress = lambda _rows: None,
) -> None:
    for start in range(0, len(rows), ROWS_AT_ONCE):
        some = rows[start : start + ROWS_AT_ONCE]
        db.session.execute(insert(table), some)
        progress(len(some))


def _state(comment: Comment, has_votes: set[int]) -> State:
    """Polis puts a statement that no moderator has seen to the vote, unless moderation is strict."""
    if comment.moderated < 0:
        return State.REJECTED
    return State.PUBLISHED if comment.moderated > 0 or comment.id in has_votes else State.WAITING


def _span(conversation: Conversation) -> tuple[datetime, datetime]:
    if not len(conversation.timestamps):
        return _from_milliseconds(0), _from_milliseconds(0)
    first, last = (_from_milliseconds(int(conversation.timestamps[at])) for at in (0, -1))
    return _minute(first), _minute(last)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def _from_milliseconds(stamp: int) -> datetime:
    return datetime.fromtimestamp(stamp / 1000, tz=UTC)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
