"""What participants do: cast a vote, change it, take it back, put a statement off."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, delete, exists, insert, or_, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from participation.consultations.actions import ConsultationNotOpenError
from participation.database import db, insert_unless_there, now
from participation.errors import DomainError
from participation.votes.deck import deck_of
from participation.votes.models import PutOff, SupersededVote, Vote

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Executable, Table

    from deliberation.ballot import Choice
    from participation.consultations.models import Consultation


# What is kept of a vote that was replaced or taken back.
KEPT = (
    Vote.consultation_id,
    Vote.participant_id,
    Vote.statement_id,
    Vote.choice,
    Vote.is_important,
    Vote.cast_at,
    Vote.ballot,
)


class StatementNotOpenToVotesError(DomainError):
    message = _l(
        "This statement is not open to votes: it was taken out, or it belongs to another consultation."
    )


def cast_vote(
    consultation: Consultation,
    participant_id: int,
    statement_id: int,
    choice: Choice,
    *,
    is_important: bool = False,
    exposure: float | None = None,
    ballot: bytes | None = None,
) -> None:
    """Record what a participant says about a statement. A changed mind replaces the vote and keeps the old one.

    Costs one SQL statement for a first vote on a statement, three for a changed one. The same
    vote sent twice, by a double click or from two tabs, counts once.

    Args:
        is_important: whether they said that this matters to them.
        exposure: how likely the statement was to be shown.
        ballot: what the sender calls this vote, 16 bytes. If a vote of that name was replaced or taken
            back since, this is a late repetition of it and changes nothing.

    Raises:
        ConsultationNotOpenError, StatementNotOpenToVotesError

    """
    _expect_open(consultation, statement_id)
    row = {
        "consultation_id": consultation.id,
        "participant_id": participant_id,
        "statement_id": statement_id,
        "choice": choice,
        "is_important": is_important,
        "cast_at": _this_minute(),
        "exposure": exposure,
        "ballot": ballot,
    }
    if not db.session.execute(_first_vote(db.engine.dialect.name), row).first():
        _replace(row)
    db.session.commit()


def take_back(
    consultation: Consultation, participant_id: int, statement_id: int, *, ballot: bytes | None = None
) -> Choice | None:
    """Undo a vote: the statement is unanswered again. Doing it twice does no more than doing it once.

    Args:
        ballot: if given, only the vote of this name is taken back and none that came after it.

    Returns:
        What was said before, or None if there was nothing to take back.

    Raises:
        ConsultationNotOpenError

    """
    if not consultation.is_open:
        raise ConsultationNotOpenError
    meant = Vote.ballot == ballot if ballot else true()
    taken = db.session.execute(
        delete(Vote)
        .where(Vote.participant_id == participant_id, Vote.statement_id == statement_id, meant)
        .returning(*KEPT)
    ).mappings()
    if kept := taken.first():
        db.session.execute(insert(SupersededVote), [dict(kept)])
    db.session.commit()
    return kept["choice"] if kept else None


def put_off(consultation: Consultation, participant_id: int, statement_id: int, *, again: bool) -> None:
    """Say "later" to a statement. It is not an answer; it tells only that somebody has seen the statement.

    Args:
        again: whether the statement had come back already. A double click on the first "later" is no second one.

    Raises:
        ConsultationNotOpenError, StatementNotOpenToVotesError

    """
    _expect_open(consultation, statement_id)
    key = {"participant_id": participant_id, "statement_id": statement_id}
    insert_unless_there(PutOff, consultation_id=consultation.id, times=1, **key)
    if again:
        db.session.execute(update(PutOff).filter_by(**key).values(times=2))
    db.session.commit()


def _expect_open(consultation: Consultation, statement_id: int) -> None:
    if not consultation.is_open:
        raise ConsultationNotOpenError
    if deck_of(consultation).index_of(statement_id) is None:
        raise StatementNotOpenToVotesError


@cache
def _first_vote(dialect_name: str) -> Executable:
    """Adds a vote, unless one holds on the statement or this very one was cast and superseded before."""
    table = cast("Table", Vote.__table__)
    columns = [column for column in table.columns if column.name not in {"id", "nonce"}]
    values = select(*(bindparam(column.name, type_=column.type) for column in columns))
    dialect = postgresql if dialect_name == "postgresql" else sqlite
    adding: Executable = (
        dialect.insert(table)
        .from_select(columns, values.where(~_was_superseded()))
        .on_conflict_do_nothing()
        .returning(table.c.id)
    )
    return adding


def _was_superseded() -> Any:  # noqa: ANN401 - a condition in SQL
    past = SupersededVote.__table__.c
    return exists().where(
        past.participant_id == bindparam("participant_id", type_=past.participant_id.type),
        past.ballot == bindparam("ballot", type_=past.ballot.type),
    )


def _replace(row: dict[str, Any]) -> None:
    """Change a vote and keep the old one. Two changes at once come one after the other: the row is locked."""
    held = (Vote.participant_id == row["participant_id"], Vote.statement_id == row["statement_id"])
    differs = or_(Vote.choice != row["choice"], Vote.is_important != row["is_important"])
    if row["ballot"]:
        # The same answer under another name: whoever undoes it will call it by that one.
        differs = or_(differs, Vote.ballot.is_distinct_from(row["ballot"]))
    old = select(*KEPT).where(*held, differs, ~_was_superseded()).with_for_update()
    if kept := db.session.execute(old, row).mappings().first():
        changed = {name: row[name] for name in ("choice", "is_important", "cast_at", "ballot")}
        db.session.execute(insert(SupersededVote), [dict(kept)])
        # The commitment in the public log was to the old one.
        db.session.execute(update(Vote).where(*held).values(nonce=None, **changed))


def _this_minute() -> datetime:
    return now().replace(second=0, microsecond=0)
