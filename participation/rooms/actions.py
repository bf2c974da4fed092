"""What happens in a group session: it begins, people sit down, the facilitator leads on, and it ends."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from deliberation.dealing import deal
from participation.consultations.actions import ConsultationNotOpenError
from participation.database import db, insert_unless_there, now
from participation.errors import DomainError
from participation.rooms.models import A_SESSION_LASTS, GroupSession, Seat
from participation.rooms.queries import answers_in, session_with_code
from participation.rooms.splits import split_of
from participation.votes.deck import deck_of

if TYPE_CHECKING:
    from participation.accounts.models import Account
    from participation.consultations.models import Consultation, Participant

DIGITS = 6


class NothingToAskError(DomainError):
    message = _l("There is no statement to put before people yet. Publish some first.")


class SessionEndedError(DomainError):
    message = _l(
        "This group session has ended. You can go on voting by yourself while the consultation is open."
    )
    status = 410


class ResultsAreHiddenError(DomainError):
    message = _l("Here no results are shown before the consultation closes, not even those of a room.")


def open_session(consultation: Consultation, *, by: Account, statements: int) -> GroupSession:
    """Begin a session with so many statements, chosen by chance.

    Raises:
        ConsultationNotOpenError, NothingToAskError

    """
    if not consultation.is_open:
        raise ConsultationNotOpenError
    statement_ids = deck_of(consultation).ids.tolist()
    if not statement_ids:
        raise NothingToAskError
    _forget_old_seats()
    (hand,) = deal(statement_ids, sheets=1, on_each=statements, chance=secrets.SystemRandom())
    session = GroupSession(
        consultation_id=consultation.id,
        code=_new_code(consultation.id),
        statement_ids=hand,
        splits={},
        opened_by_id=by.id,
    )
    db.session.add(session)
    db.session.commit()
    return session


def sit_down(consultation: Consultation, session: GroupSession, participant: Participant) -> None:
    """Let a participant answer with the room. Twice is once.

    Raises:
        ConsultationNotOpenError, SessionEndedError

    """
    _expect_running(consultation, session)
    insert_unless_there(Seat, session_id=session.id, participant_id=participant.id)
    db.session.commit()


def show_split(consultation: Consultation, session: GroupSession, *, place: int) -> None:
    """Show the room how it answered. It stays as it is now: whoever answers later changes nothing on the screen.

    Args:
        place: what the facilitator saw on the screen; if it has moved on since, nothing happens.

    Raises:
        ConsultationNotOpenError, SessionEndedError, ResultsAreHiddenError

    """
    if consultation.hides_results:
        raise ResultsAreHiddenError
    _expect_running(consultation, session)
    if session.place == place and session.statement_id and str(place) not in session.splits:
        split = split_of(answers_in(session.id, session.statement_id))
        session.splits = {**session.splits, str(place): split}
    db.session.commit()


def lead_on(consultation: Consultation, session: GroupSession, *, place: int) -> None:
    """Put the next statement on the screen.

    Args:
        place: what the facilitator saw on the screen: a double click leads on by one.

    Raises:
        ConsultationNotOpenError, SessionEndedError

    """
    _expect_running(consultation, session)
    if session.place == place and not session.is_last:
        session.place = place + 1
    db.session.commit()


def end_session(session: GroupSession) -> None:
    """End it, and forget who sat in it. What people answered stays theirs."""
    session.ended_at = session.ended_at or now()
    db.session.execute(delete(Seat).where(Seat.session_id == session.id))
    db.session.commit()


def _expect_running(consultation: Consultation, session: GroupSession) -> None:
    db.session.refresh(session, with_for_update=True)
    if not session.is_running:
        raise SessionEndedError
    if not consultation.is_open:
        raise ConsultationNotOpenError


def _new_code(consultation_id: int) -> str:
    while True:
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        if session_with_code(consultation_id, code) is None:
            return code


def _forget_old_seats() -> None:
    """Of sessions that nobody ended."""
    over = select(GroupSession.id).where(GroupSession.opened_at < now() - A_SESSION_LASTS)
    db.session.execute(delete(Seat).where(Seat.session_id.in_(over)))
