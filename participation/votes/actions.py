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

if TYPE_CHECKING:
    from datetime import datetime

    from deliberation.ballot import Choice
    from participation.consultations.models import Consultation


# What is kept of a vote that was replaced or taken back.
KEPT = (Vote.consultation_id, Vote.participant_id, Vote.statement_id, Vote.choice, Vote.cast_at)


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


def take_back(consultation: Consultation, participant_id: int, statement_id: int) -> None:
    """Undo a vote: the statement is unanswered again. Doing it twice does no more than doing it once.

    Raises:
        ConsultationNotOpenError

    """
    if not consultation.is_open:
        raise ConsultationNotOpenError
    taken = db.session.execute(
        delete(Vote)
        .where(Vote.participant_id == participant_id, Vote.statement_id == statement_id)
        .returning(*KEPT)
    ).mappings()
    if kept := taken.first():
        db.session.execute(insert(SupersededVote), [dict(kept)])
    db.session.commit()


def _replace(participant_id: int, statement_id: int, choice: Choice) -> None:
    """Change a vote and keep the old one. Two changes at once come one after the other: the row is locked."""
    held = (Vote.participant_id == participant_id, Vote.statement_id == statement_id)
    old = db.session.execute(select(*KEPT).where(*held, Vote.choice != choice).with_for_update()).mappings()
    if kept := old.first():
        db.session.execute(insert(SupersededVote), [dict(kept)])
        db.session.execute(update(Vote).where(*held).values(choice=choice, cast_at=_this_minute()))


def _this_minute() -> datetime:
    return now().replace(second=0, microsecond=0)
