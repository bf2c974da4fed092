"""What participants do: cast a vote, change it, take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, insert, select, update

from participation.consultations.actions import ConsultationNotOpenError
from participation.database import db, insert_unless_there, now
from participation.errors import DomainError
from participation.votes.deck import deck_of
from participation.votes.models import SupersededVote, Vote
from participation.votes.queries import latest_vote

if TYPE_CHECKING:
    from datetime import datetime

    from deliberation.ballot import Choice
    from participation.consultations.models import Consultation


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
    exposure: float | None = None,
) -> None:
    """Record what a participant says about a statement. A changed mind replaces the vote and keeps the old one.

    Costs one SQL statement for a first vote on a statement, three for a changed one. The same
    vote sent twice, by a double click or from two tabs, counts once.

    Raises:
        ConsultationNotOpenError, StatementNotOpenToVotesError

    """
    if not consultation.is_open:
        raise ConsultationNotOpenError
    if deck_of(consultation).index_of(statement_id) is None:
        raise StatementNotOpenToVotesError
    is_new = insert_unless_there(
        Vote,
        consultation_id=consultation.id,
        participant_id=participant_id,
        statement_id=statement_id,
        choice=choice,
        cast_at=_this_minute(),
        exposure=exposure,
    )
    if not is_new:
        _replace(participant_id, statement_id, choice)
    db.session.commit()


def undo_last_vote(consultation: Consultation, participant_id: int) -> int | None:
    """Take back the vote cast last; returns its statement's id, or None if there was no vote.

    Raises:
        ConsultationNotOpenError

    """
    if not consultation.is_open:
        raise ConsultationNotOpenError
    vote = latest_vote(participant_id)
    if vote is None:
        return None
    statement_id = vote.statement_id
    _keep(participant_id, statement_id)
    db.session.execute(delete(Vote).where(Vote.id == vote.id))
    db.session.commit()
    return statement_id


def _replace(participant_id: int, statement_id: int, choice: Choice) -> None:
    if _keep(participant_id, statement_id, unless=choice):
        db.session.execute(
            update(Vote)
            .where(Vote.participant_id == participant_id, Vote.statement_id == statement_id)
            .values(choice=choice, cast_at=_this_minute())
        )


def _keep(participant_id: int, statement_id: int, *, unless: Choice | None = None) -> bool:
    """Copy a vote to the replaced ones; returns whether there was one, and it was not already `unless`."""
    columns = ("consultation_id", "participant_id", "statement_id", "choice", "cast_at")
    held = select(*(getattr(Vote, column) for column in columns)).where(
        Vote.participant_id == participant_id, Vote.statement_id == statement_id
    )
    if unless is not None:
        held = held.where(Vote.choice != unless)
    copied = db.session.execute(
        insert(SupersededVote).from_select(columns, held).returning(SupersededVote.id)
    )
    return copied.first() is not None


def _this_minute() -> datetime:
    return now().replace(second=0, microsecond=0)
