"""What changes who may take part: organisers make and withdraw codes, people use them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, insert, update

from participation.admission.codes import hash_of, new_code
from participation.admission.models import InvitationCode
from participation.admission.queries import code_exists
from participation.consultations.actions import admit, enter_in_log, expect
from participation.consultations.models import Admission, Channel, Phase
from participation.consultations.queries import participant_by_secret_hash
from participation.database import db, now
from participation.errors import DomainError
from participation.transparency.models import Kind

if TYPE_CHECKING:
    from datetime import datetime

    from participation.consultations.models import Consultation, Participant


class CodeUnknownError(DomainError):
    message = _l("This is no code of this consultation. Please compare it with your sheet, sign by sign.")


class CodeUsedError(DomainError):
    message = _l(
        "This code has been used. If it was you: go on in the browser in which you used it, or have it give "
        "you a link for this one, under “Your contributions”."
    )


def choose_admission(consultation: Consultation, admission: Admission) -> None:
    """Say who may take part.

    Raises:
        WrongPhaseError: it has opened, and people take part under the rule that was.

    """
    expect(consultation, Phase.DRAFT, Phase.ANNOUNCED)
    consultation.admission = admission
    enter_in_log(consultation, Kind.SETTING_CHANGED, setting="admission", value=admission.value)
    db.session.commit()


def make_codes(consultation: Consultation, number: int) -> list[str]:
    """Make codes for one sheet. They are given back once and kept nowhere.

    Raises:
        WrongPhaseError: it is closed.

    """
    expect(consultation, Phase.DRAFT, Phase.ANNOUNCED, Phase.OPEN)
    codes, made_at = [new_code() for _code in range(number)], now()
    rows = [
        {
            "code_hash": hash_of(code, consultation.id),
            "consultation_id": consultation.id,
            "made_at": made_at,
            "is_used": False,
        }
        for code in codes
    ]
    db.session.execute(insert(InvitationCode), rows)
    enter_in_log(consultation, Kind.CODES_ISSUED, codes=number)
    db.session.commit()
    return codes


def withdraw_codes(consultation: Consultation, made_at: datetime) -> None:
    """Let the unused codes of a sheet be used no more. Whoever used theirs takes part as before."""
    withdrawn = db.session.execute(
        delete(InvitationCode)
        .where(
            InvitationCode.consultation_id == consultation.id,
            InvitationCode.made_at == made_at,
            InvitationCode.is_used.is_(False),
        )
        .returning(InvitationCode.code_hash)
    ).all()
    if withdrawn:
        enter_in_log(consultation, Kind.CODES_WITHDRAWN, codes=len(withdrawn))
    db.session.commit()


def enter(
    consultation: Consultation,
    code: str,
    secret_hash: bytes,
    language: str,
    channel: Channel = Channel.ONLINE,
) -> Participant:
    """Let a browser in that has a code. For one that is in already, the code stays unused.

    Raises:
        WrongPhaseError: it is a draft, or closed.
        CodeUnknownError, CodeUsedError

    """
    # Both clicks of a double click come one after the other; the second finds itself inside.
    expect(consultation, Phase.ANNOUNCED, Phase.OPEN)
    if known := participant_by_secret_hash(consultation.id, secret_hash):
        return known
    code_hash = hash_of(code, consultation.id)
    taken = db.session.execute(
        update(InvitationCode)
        .where(InvitationCode.code_hash == code_hash, InvitationCode.is_used.is_(False))
        .values(is_used=True)
        .returning(InvitationCode.code_hash)
    ).first()
    if taken is None:
        error = CodeUsedError if code_exists(code_hash) else CodeUnknownError
        db.session.rollback()
        raise error
    participant = admit(consultation.id, secret_hash, language, channel)
    db.session.commit()
    return participant
