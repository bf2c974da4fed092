"""How a consultation is going, counted by the database: one query for each figure, none about a single person."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import Date, exists, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from participation.consultations.models import Channel, Consultation, Participant
from participation.database import db
from participation.monitoring.models import Margin
from participation.opinions.models import Snapshot
from participation.questions.models import Question, SelfDescription
from participation.statements.models import State, Statement
from participation.votes.models import PutOff, Vote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray


class UtcDay(FunctionElement[date]):
    """The day of a moment in UTC, whatever the time zone of the database's session."""

    type = Date()
    inherit_cache = True


@compiles(UtcDay, "postgresql")
def _on_postgresql(element: UtcDay, compiler: Any, **options: Any) -> str:  # noqa: ANN401 - the compiler's own
    return f"({compiler.process(element.clauses, **options)} AT TIME ZONE 'UTC')::date"


@compiles(UtcDay, "sqlite")
def _on_sqlite(element: UtcDay, compiler: Any, **options: Any) -> str:  # noqa: ANN401 - the compiler's own
    return f"date({compiler.process(element.clauses, **options)})"


def people_by_number_of_votes(consultation_id: int) -> dict[int, int]:
    """How many people have cast one vote, two, and so on, in ascending order."""
    of_each = (
        select(func.count().label("votes"))
        .where(Vote.consultation_id == consultation_id)
        .group_by(Vote.participant_id)
        .subquery()
    )
    rows = db.session.execute(select(of_each.c.votes, func.count()).group_by(of_each.c.votes))
    return dict(sorted((votes, people) for votes, people in rows))


def activity_by_day(consultation_id: int) -> dict[date, tuple[int, int]]:
    """By day in UTC: how many people cast the votes that hold today, and how many those are."""
    day = UtcDay(Vote.cast_at)
    # Counted in two steps: the database need not sort all votes to tell people apart.
    of_each = (
        select(day.label("day"), func.count().label("votes"))
        .where(Vote.consultation_id == consultation_id)
        .group_by(day, Vote.participant_id)
        .subquery()
    )
    rows = db.session.execute(
        select(of_each.c.day, func.count(), func.sum(of_each.c.votes)).group_by(of_each.c.day)
    )
    return {day: (people, int(votes)) for day, people, votes in rows}


def voters_by_language(consultation_id: int) -> dict[str | None, int]:
    """How many people first voted on a page of each language; None for those who had themselves erased."""
    rows = db.session.execute(
        select(Participant.language, func.count())
        .where(
            Participant.consultation_id == consultation_id,
            exists().where(Vote.participant_id == Participant.id),
        )
        .group_by(Participant.language)
    )
    return {language: people for language, people in rows}  # noqa: C416 - a row is no pair to the type checker


def voters_by_channel(consultation_id: int) -> dict[Channel, tuple[int, int]]:
    """By the way they take part: how many people have voted, and how many votes of theirs hold."""
    of_each = (
        select(Vote.participant_id.label("id"), func.count().label("votes"))
        .where(Vote.consultation_id == consultation_id)
        .group_by(Vote.participant_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Participant.channel, func.count(), func.sum(of_each.c.votes))
        .join(of_each, of_each.c.id == Participant.id)
        .group_by(Participant.channel)
    )
    return {channel: (people, int(votes)) for channel, people, votes in rows}


def votes_by_statement(consultation_id: int) -> dict[int, tuple[int, int]]:
    """By statement id: the votes, and how many of these came after the platform had drawn the statement."""
    rows = db.session.execute(
        select(Vote.statement_id, func.count(), func.count(Vote.exposure))
        .where(Vote.consultation_id == consultation_id)
        .group_by(Vote.statement_id)
    )
    return {statement_id: (votes, drawn) for statement_id, votes, drawn in rows}


def put_off_by_statement(consultation_id: int) -> dict[int, int]:
    """By statement id: how many people saw it, said "later" and have not voted on it since."""
    answered = exists().where(
        Vote.participant_id == PutOff.participant_id, Vote.statement_id == PutOff.statement_id
    )
    rows = db.session.execute(
        select(PutOff.statement_id, func.count())
        .where(PutOff.consultation_id == consultation_id, ~answered)
        .group_by(PutOff.statement_id)
    )
    return {statement_id: people for statement_id, people in rows}  # noqa: C416 - a row is no pair to the type checker


def submitted_by_state(consultation_id: int) -> dict[State, int]:
    """What became of the statements that participants wrote."""
    rows = db.session.execute(
        select(Statement.state, func.count())
        .where(Statement.consultation_id == consultation_id, Statement.is_seed.is_(False))
        .group_by(Statement.state)
    )
    return {state: number for state, number in rows}  # noqa: C416 - a row is no pair to the type checker


def waiting_since(consultation_id: int) -> Sequence[datetime]:
    """When the statements that wait for a decision were written, the oldest first."""
    return [
        moment.astimezone(UTC)
        for moment in db.session.scalars(
            select(Statement.written_at)
            .where(Statement.consultation_id == consultation_id, Statement.state == State.WAITING)
            .order_by(Statement.written_at)
        )
    ]


def question_in(consultation_id: int, number: int) -> Question | None:
    return db.session.scalar(
        select(Question).where(Question.consultation_id == consultation_id, Question.number == number)
    )


def margins_of(consultation_id: int) -> dict[int, Margin]:
    """What is known of the population, by question id."""
    margins = db.session.scalars(
        select(Margin).join(Question).where(Question.consultation_id == consultation_id)
    )
    return {margin.question_id: margin for margin in margins}


def answers_to(question_ids: Iterable[int]) -> NDArray[np.int64]:
    """Shape (a, 3): participant, question and choice of every voter who named one, by participant."""
    rows = db.session.execute(
        select(SelfDescription.participant_id, SelfDescription.question_id, SelfDescription.choice)
        .where(
            SelfDescription.question_id.in_(list(question_ids)),
            SelfDescription.choice.is_not(None),
            exists().where(Vote.participant_id == SelfDescription.participant_id),
        )
        .order_by(SelfDescription.participant_id)
    )
    return np.array([tuple(row) for row in rows], dtype=np.int64).reshape(-1, 3)


def votes_on(statement_ids: Iterable[int]) -> NDArray[np.int64]:
    """Shape (v, 3): participant, statement and choice of every vote that holds on some statements."""
    rows = db.session.execute(
        select(Vote.participant_id, Vote.statement_id, Vote.choice).where(
            Vote.statement_id.in_(list(statement_ids))
        )
    )
    return np.array([tuple(row) for row in rows], dtype=np.int64).reshape(-1, 3)


def unweighed_consultations() -> list[int]:
    """Closed and counted consultations with a known population, whose weighing is not kept yet."""
    with_margins = select(Question.consultation_id).join(Margin, Margin.question_id == Question.id)
    return list(
        db.session.scalars(
            select(Consultation.id)
            .join(Snapshot, Snapshot.consultation_id == Consultation.id)
            .where(
                Consultation.closes_at <= Snapshot.gathered_at,
                Snapshot.answers.is_not(None),
                Snapshot.weighed.is_(None),
                Consultation.id.in_(with_margins),
            )
        )
    )
