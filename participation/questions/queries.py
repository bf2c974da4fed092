"""Questions about the questions, and about what people answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select

from participation.database import db
from participation.questions.models import Question, SelfDescription
from participation.votes.models import Vote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from deliberation.ballot import Choice


def questions_of(consultation_id: int) -> Sequence[Question]:
    """What a consultation asks people about themselves, in order, with texts."""
    return db.session.scalars(
        select(Question).where(Question.consultation_id == consultation_id).order_by(Question.number)
    ).all()


def asks_about_people(consultation_id: int) -> bool:
    return bool(db.session.scalar(select(exists().where(Question.consultation_id == consultation_id))))


def has_answers(consultation_id: int) -> bool:
    return bool(db.session.scalar(select(exists().where(SelfDescription.consultation_id == consultation_id))))


def has_voted(participant_id: int) -> bool:
    return bool(db.session.scalar(select(exists().where(Vote.participant_id == participant_id))))


def answers_of(participant_id: int) -> dict[int, int | None]:
    """What a participant said of themselves: by question id the choice, None for "I prefer not to say"."""
    rows = db.session.execute(
        select(SelfDescription.question_id, SelfDescription.choice).where(
            SelfDescription.participant_id == participant_id
        )
    )
    return {question_id: choice for question_id, choice in rows}  # noqa: C416 - a row is no pair to the type checker


def number_of_answers(consultation_id: int) -> dict[tuple[int, int | None], int]:
    """How many voters gave each answer, by question id and choice."""
    rows = db.session.execute(
        select(SelfDescription.question_id, SelfDescription.choice, func.count())
        .where(
            SelfDescription.consultation_id == consultation_id,
            exists().where(Vote.participant_id == SelfDescription.participant_id),
        )
        .group_by(SelfDescription.question_id, SelfDescription.choice)
    )
    return {(question_id, choice): count for question_id, choice, count in rows}


def votes_by_answer(
    question_id: int, statement_ids: Iterable[int]
) -> dict[tuple[int, int | None], dict[Choice, int]]:
    """How often each choice was voted, by statement id and answer to a question."""
    rows = db.session.execute(
        select(Vote.statement_id, SelfDescription.choice, Vote.choice, func.count())
        .join(SelfDescription, SelfDescription.participant_id == Vote.participant_id)
        .where(SelfDescription.question_id == question_id, Vote.statement_id.in_(list(statement_ids)))
        .group_by(Vote.statement_id, SelfDescription.choice, Vote.choice)
    )
    counts: dict[tuple[int, int | None], dict[Choice, int]] = {}
    for statement_id, answer, choice, count in rows:
        counts.setdefault((statement_id, answer), {})[choice] = count
    return counts
