"""How a consultation is going, counted by the database: one query for each figure, none about a single person."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, exists, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from participation.consultations.models import Participant
from participation.database import db
from participation.statements.models import State, Statement
from participation.votes.models import PutOff, Vote

if TYPE_CHECKING:
    from collections.abc import Sequence


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
