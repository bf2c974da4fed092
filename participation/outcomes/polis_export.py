"""A consultation as a Polis conversation, for exports. What Polis has no column for goes beside it as JSON."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import select

from deliberation.polis import Comment, Conversation
from participation.consultations.models import TEXT_FIELDS, Participant
from participation.database import db
from participation.outcomes.queries import important_to
from participation.statements.models import State
from participation.statements.queries import statements_of
from participation.votes.models import SupersededVote, Vote

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from numpy.typing import NDArray

    from participation.consultations.models import Consultation
    from participation.statements.models import Statement, StatementText

# Polis knows no more: what is closed as a duplicate or split is not put to the vote any more.
MODERATED = {State.PUBLISHED: 1, State.WAITING: 0, State.RETURNED: 0} | dict.fromkeys(
    (State.REJECTED, State.MERGED, State.SPLIT), -1
)
TABLES_OF_VOTES: tuple[type[Vote | SupersededVote], ...] = (SupersededVote, Vote)
A_DAY_IN_MILLISECONDS = 24 * 3600 * 1000


def whole_conversation(consultation: Consultation) -> Conversation:
    """Everything, for the operator who moves a consultation to another installation. Not for publishing.

    Participants are numbered from 0 in the order in which they joined.
    """
    people = _participant_ids(consultation.id)
    numbers = {participant: number for number, participant in enumerate(people)}
    return _conversation(
        consultation,
        numbers=numbers,
        authors={statement.id: numbers.get(statement.author_id or 0) for statement in _all(consultation)},
        is_public=False,
    )


def public_conversation(consultation: Consultation) -> Conversation:
    """What may be given away of the votes: new random numbers for people at every call, no times, no authors.

    Only the votes that hold: those that were replaced go when somebody is erased, and two files, one from before
    and one from after, would then tell which they were. Every vote carries the day of the closing, because
    Polis' tools want some time. Statements that were not published keep their number and lose their text: it
    may hold personal data.
    """
    people = _participant_ids(consultation.id)
    order = np.random.default_rng(secrets.randbits(128)).permutation(len(people))
    numbers = dict(zip(people, order.tolist(), strict=True))
    # Polis' tools want an author: one number for all, which is nobody's.
    authors = dict.fromkeys((statement.id for statement in _all(consultation)), len(people))
    return _conversation(consultation, numbers=numbers, authors=authors, is_public=True)


def beside_the_conversation(consultation: Consultation) -> dict[str, Any]:
    """What a consultation has and a Polis export has no place for: dates, languages and translations."""
    people = db.session.execute(
        select(Participant.language, Participant.channel)
        .where(Participant.consultation_id == consultation.id)
        .order_by(Participant.id)
    ).all()
    return {
        "main_language": consultation.main_language,
        "opens_at": consultation.opens_at.isoformat(),
        "closes_at": consultation.closes_at.isoformat(),
        "responds_by": consultation.responds_by and consultation.responds_by.isoformat(),
        "is_published": consultation.is_published,
        "is_demonstration": consultation.is_demonstration,
        "shows_interim_results": consultation.shows_interim_results,
        "publishes_votes": consultation.publishes_votes,
        "texts": {
            tag: {name: getattr(text, name) for name in TEXT_FIELDS}
            for tag, text in sorted(consultation.texts.items())
        },
        "statements": {
            str(statement.number): {
                "language": statement.language,
                "texts": {tag: text.text for tag, text in sorted(statement.texts.items())},
                "translations": {
                    tag: _record(text)
                    for tag, text in sorted(statement.texts.items())
                    if tag != statement.language
                },
            }
            for statement in _all(consultation)
        },
        "participant_languages": [person.language for person in people],
        "participant_channels": [person.channel.value for person in people],
        "important_votes": _important_votes(consultation),
    }


def _record(text: StatementText) -> dict[str, str | None]:
    """How a translation was made. The accounts of translators stay here: elsewhere they are nobody."""
    return {
        "origin": text.origin.value,
        "made_at": text.made_at.isoformat(),
        "reviewed_at": text.reviewed_at.isoformat() if text.reviewed_at else None,
    }


def importance_csv(consultation: Consultation) -> str:
    """To how many people each statement matters, beside Polis' files; empty where they are too few to be told."""
    important = important_to(consultation.id)
    rows = [
        (statement.number, important.get(statement.id, 0))
        for statement in _all(consultation)
        if statement.state is State.PUBLISHED
    ]
    lines = [f"{number},{'' if count is None else count}" for number, count in rows]
    return "\r\n".join(["comment-id,important-to", *lines, ""])


def _important_votes(consultation: Consultation) -> list[list[int]]:
    """Who said of what that it matters to them: the numbers of participant and statement, as in the conversation."""
    people = {person: number for number, person in enumerate(_participant_ids(consultation.id))}
    numbers = {statement.id: statement.number for statement in _all(consultation)}
    found = db.session.execute(
        select(Vote.participant_id, Vote.statement_id).where(
            Vote.consultation_id == consultation.id, Vote.is_important
        )
    )
    return sorted([people[person], numbers[statement]] for person, statement in found)


def _conversation(
    consultation: Consultation,
    *,
    numbers: Mapping[int, int],
    authors: Mapping[int, int | None],
    is_public: bool,
) -> Conversation:
    statements = _all(consultation)
    statement_numbers = {statement.id: statement.number for statement in statements}
    if is_public:
        # Whoever has themselves erased may withdraw what nobody has decided about: of two files, the second would tell.
        statements = [statement for statement in statements if statement.state is not State.WAITING]
    history = _history(consultation.id, (Vote,) if is_public else TABLES_OF_VOTES)
    voters = np.array([numbers[person] for person in history[:, 1].tolist()], dtype=np.int64)
    stamps, order = history[:, 0], np.arange(len(history))
    if is_public:
        # The rows are in the order of the numbers, which say nothing.
        stamps, order = (
            np.full_like(stamps, _day_of(consultation.closes_at)),
            np.lexsort((history[:, 2], voters)),
        )
    return Conversation(
        summary=_summary(consultation, statements, history, is_public=is_public),
        comments=tuple(_comment(statement, authors, is_public=is_public) for statement in statements),
        timestamps=stamps[order],
        statements=np.array(
            [statement_numbers[statement] for statement in history[order, 2].tolist()], dtype=np.int64
        ),
        voters=voters[order],
        choices=history[order, 3].astype(np.int8),
    )


def _comment(statement: Statement, authors: Mapping[int, int | None], *, is_public: bool) -> Comment:
    shown = not is_public or statement.state is State.PUBLISHED
    return Comment(
        id=statement.number,
        author_id=authors.get(statement.id),
        timestamp=_day_of(statement.written_at) if is_public else _milliseconds(statement.written_at),
        moderated=MODERATED[statement.state],
        is_meta=statement.is_meta,
        is_seed=statement.is_seed,
        text=statement.texts[statement.language].text if shown else "",
    )


def _summary(
    consultation: Consultation, statements: list[Statement], history: NDArray[np.int64], *, is_public: bool
) -> dict[str, str]:
    text = consultation.texts[consultation.main_language]
    voters = str(len(np.unique(history[:, 1])))
    # Whoever has themselves erased is no commenter any more: of two public files, the second would tell.
    commenters = len({statement.author_id for statement in statements} - {None})
    return {
        "topic": text.title,
        "voters": voters,
        "voters-in-conv": voters,
        **({} if is_public else {"commenters": str(commenters)}),
        "comments": str(len(statements)),
        "conversation-description": text.question,
    }


def _history(consultation_id: int, tables: tuple[type[Vote | SupersededVote], ...]) -> NDArray[np.int64]:
    """The votes of these tables in the order of casting; what was taken back stays out.

    Shape (v, 4): milliseconds, participant, statement, choice.
    """
    # In Polis' files the last vote on a statement holds, so one that was taken back would come to life again.
    held_cells = {
        (participant, statement)
        for participant, statement in db.session.execute(
            select(Vote.participant_id, Vote.statement_id).where(Vote.consultation_id == consultation_id)
        )
    }
    rows = [
        (_milliseconds(vote.cast_at), held, vote.id, vote.participant_id, vote.statement_id, int(vote.choice))
        # Within one minute, a vote that was replaced came before the one that holds.
        for held, table in enumerate(tables)
        for vote in db.session.execute(
            select(table.cast_at, table.id, table.participant_id, table.statement_id, table.choice).where(
                table.consultation_id == consultation_id
            )
        )
        if (vote.participant_id, vote.statement_id) in held_cells
    ]
    ordered = np.array(sorted(rows), dtype=np.int64).reshape(-1, 6)
    return ordered[:, [0, 3, 4, 5]]


def _participant_ids(consultation_id: int) -> list[int]:
    return list(
        db.session.scalars(
            select(Participant.id)
            .where(Participant.consultation_id == consultation_id)
            .order_by(Participant.id)
        )
    )


def _all(consultation: Consultation) -> list[Statement]:
    return list(statements_of(consultation.id))


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _day_of(moment: datetime) -> int:
    """The beginning of its day in UTC, in milliseconds."""
    return _milliseconds(moment) // A_DAY_IN_MILLISECONDS * A_DAY_IN_MILLISECONDS
