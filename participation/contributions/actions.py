"""What participants do with what is theirs: go on from another device, and have themselves erased."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, update

from participation.consultations.actions import hold_credential, revise_deck
from participation.consultations.models import HeldCredential, Participant
from participation.consultations.queries import participant_by_secret_hash
from participation.contributions.models import Handover
from participation.contributions.queries import is_over
from participation.contributions.uniting import unite
from participation.database import db, now
from participation.errors import DomainError
from participation.moderation.models import Appeal
from participation.questions.models import SelfDescription
from participation.rooms.models import Seat
from participation.statements.models import Origin, State, Statement, SupersededText
from participation.tokens import hash_of
from participation.votes.models import PutOff, SupersededVote, Vote

if TYPE_CHECKING:
    from participation.consultations.models import Consultation

A_LINK_LASTS = timedelta(minutes=15)
# What goes when somebody is erased: every table by participant but that of the votes that hold.
FORGOTTEN = (HeldCredential, Handover, SupersededVote, PutOff, SelfDescription, Seat)


class LinkNotValidError(DomainError):
    message = _l("This link has been used already, or it is older than 15 minutes.")
    status = 410


class TwoParticipantsError(DomainError):
    message = _l("This device has taken part as well. Choose what should become of what you gave here.")


class TooLateToUniteError(DomainError):
    message = _l("The consultation is closed: votes from two devices cannot be brought together any more.")


def offer_link(participant: Participant) -> str:
    """Make the link's token for one more device. A link that was made before stops working."""
    token = secrets.token_urlsafe(24)
    db.session.execute(delete(Handover).where(Handover.participant_id == participant.id))
    db.session.add(
        Handover(
            token_hash=hash_of(token),
            participant_id=participant.id,
            consultation_id=participant.consultation_id,
            expires_at=now() + A_LINK_LASTS,
        )
    )
    db.session.commit()
    return token


def take_link(consultation: Consultation, token: str, secret_hash: bytes, *, together: bool = False) -> None:
    """Let the browser with this secret speak for whoever made the link. The link is used up.

    Args:
        together: bring together what was given here as another participant and what was given there.

    Raises:
        LinkNotValidError: also for the second of two who use it at once.
        TwoParticipantsError: this browser has taken part itself, and nobody said `together`.
        TooLateToUniteError: it has, and the consultation is not open. The link stays good in both cases.

    """
    offered_by = db.session.scalar(
        delete(Handover)
        .where(
            Handover.token_hash == hash_of(token),
            Handover.consultation_id == consultation.id,
            ~is_over(),
        )
        .returning(Handover.participant_id)
    )
    if offered_by is None:
        db.session.rollback()
        raise LinkNotValidError
    participant = db.session.get_one(Participant, offered_by)
    here = participant_by_secret_hash(consultation.id, secret_hash)
    if here is None:
        hold_credential(participant, secret_hash)
    elif here.id != participant.id:
        _may_unite(consultation, together=together)
        unite(consultation, here, into=participant)
    db.session.commit()


def _may_unite(consultation: Consultation, *, together: bool) -> None:
    if consultation.is_open and together:
        return
    # Gives the link back.
    db.session.rollback()
    raise TwoParticipantsError if consultation.is_open else TooLateToUniteError


def leave_other_browsers(participant: Participant, secret_hash: bytes) -> None:
    """From now on only the browser with this secret speaks for the participant."""
    db.session.execute(
        delete(HeldCredential).where(
            HeldCredential.participant_id == participant.id, HeldCredential.secret_hash != secret_hash
        )
    )
    db.session.execute(delete(Handover).where(Handover.participant_id == participant.id))
    db.session.commit()


def erase(consultation: Consultation, participant: Participant, *, withdraw: bool = False) -> None:
    """Cut every tie between a person and what they gave. The votes that hold stay, and count, as nobody's.

    Doing it twice does no more than doing it once.

    Args:
        withdraw: delete the statements that nobody has decided about, too.

    """
    # Takes turns with facilitators. It also has the opinions computed again, with the same result:
    # they tell by the number of votes whether they are stale, and replaced votes are about to go.
    revise_deck(consultation)
    if withdraw:
        db.session.execute(
            delete(Statement).where(Statement.author_id == participant.id, Statement.state == State.WAITING)
        )
    for model in FORGOTTEN:
        db.session.execute(delete(model).where(model.participant_id == participant.id))
    written = select(Statement.id).where(Statement.author_id == participant.id)
    # What came of an appeal stays in the public log; what its author said does not stay anywhere.
    db.session.execute(update(Appeal).where(Appeal.statement_id.in_(written)).values(words=""))
    db.session.execute(
        delete(SupersededText).where(
            SupersededText.statement_id.in_(written),
            SupersededText.translator_id.is_(None),
            SupersededText.origin == Origin.PERSON,
        )
    )
    # A receipt's code can be made of the secret in the author's cookie: it would still say who wrote this.
    db.session.execute(
        update(Statement)
        .where(Statement.author_id == participant.id)
        .values(author_id=None, receipt_hash=None)
    )
    # The device that sent a vote may still know what it called it, and a receipt its line in the public log.
    db.session.execute(
        update(Vote).where(Vote.participant_id == participant.id).values(ballot=None, nonce=None)
    )
    db.session.execute(update(Participant).where(Participant.id == participant.id).values(language=None))
    db.session.commit()
