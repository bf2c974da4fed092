"""Questions about group sessions: which there are, how many sit in one, and what the room says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from deliberation.ballot import Choice
from participation.database import db
from participation.rooms.models import GroupSession, Seat
from participation.votes.models import Vote

if TYPE_CHECKING:
    from collections.abc import Sequence


def sessions_of(consultation_id: int) -> Sequence[GroupSession]:
    """The latest first."""
    return db.session.scalars(
        select(GroupSession)
        .where(GroupSession.consultation_id == consultation_id)
        .order_by(GroupSession.id.desc())
    ).all()


def session_by_id(consultation_id: int, session_id: int) -> GroupSession | None:
    found = db.session.get(GroupSession, session_id)
    return found if found and found.consultation_id == consultation_id else None


def session_with_code(consultation_id: int, code: str) -> GroupSession | None:
    return db.session.scalar(
        select(GroupSession).where(GroupSession.consultation_id == consultation_id, GroupSession.code == code)
    )


def people_in(session_id: int) -> int:
    return db.session.scalar(select(func.count()).where(Seat.session_id == session_id)) or 0


def sits_in(session_id: int, participant_id: int) -> bool:
    return db.session.get(Seat, (session_id, participant_id)) is not None


def answers_in(session_id: int, statement_id: int) -> dict[Choice, int]:
    """How many people of a session answered a statement each way. Not to be shown as it is: see `split_of`."""
    rows = db.session.execute(
        select(Vote.choice, func.count())
        .join(Seat, Seat.participant_id == Vote.participant_id)
        .where(Seat.session_id == session_id, Vote.statement_id == statement_id)
        .group_by(Vote.choice)
    )
    return {Choice(choice): number for choice, number in rows}


def seats_of(participant_id: int) -> int:
    """In how many sessions somebody sits that have not ended."""
    return db.session.scalar(select(func.count()).where(Seat.participant_id == participant_id)) or 0
