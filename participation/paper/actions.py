"""What becomes of sheets: they are printed, and each is used online instead, or typed in and counted with its batch."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, insert, select, update

from deliberation.dealing import deal
from participation.admission.codes import new_code
from participation.consultations.actions import ConsultationNotOpenError, admit, expect
from participation.consultations.models import Channel, Phase
from participation.consultations.queries import participant_by_secret_hash
from participation.database import db, now
from participation.errors import DomainError
from participation.paper.models import BallotSheet, PaperBatch, SheetState
from participation.paper.queries import hash_of_sheet, sheet_with, takes_paper
from participation.votes.deck import deck_of

if TYPE_CHECKING:
    from datetime import date

    from participation.accounts.models import Account
    from participation.consultations.models import Consultation

# Two groups of four signs, 40 bits: short enough to type a pile of them. There are few sheets, and guesses are counted.
GROUPS_OF_SIGNS = 2


class NothingToPrintError(DomainError):
    message = _l("There is no statement to print yet. Publish some first.")


class NoPaperNowError(DomainError):
    message = _l("Paper votes can be typed in while the consultation is open, and until seven days after.")


class SheetUnknownError(DomainError):
    message = _l(
        "No sheet of this consultation has this number. Please compare it with the paper, sign by sign."
    )
    status = 404


class SheetUsedOnlineError(DomainError):
    message = _l("Whoever has this sheet votes online instead. Put the paper aside: it does not count.")


class SheetTypedInError(DomainError):
    message = _l("This sheet has been typed in already. Each sheet counts once.")


def print_sheets(
    consultation: Consultation, *, number: int, on_each: int, language: str
) -> list[tuple[str, list[int]]]:
    """Make sheets; returns each one's number and the statements on it. The numbers are kept nowhere.

    Raises:
        WrongPhaseError: it is a draft, or closed.
        NothingToPrintError

    """
    expect(consultation, Phase.ANNOUNCED, Phase.OPEN)
    statement_ids = deck_of(consultation).ids.tolist()
    if not statement_ids:
        raise NothingToPrintError
    hands = deal(statement_ids, sheets=number, on_each=on_each, chance=secrets.SystemRandom())
    sheets = [(new_code(groups=GROUPS_OF_SIGNS), hand) for hand in hands]
    printed_at = now()
    rows = [
        {
            "code_hash": hash_of_sheet(code, consultation.id),
            "consultation_id": consultation.id,
            "printed_at": printed_at,
            "language": language,
            "statement_ids": hand,
            "state": SheetState.UNUSED,
        }
        for code, hand in sheets
    ]
    db.session.execute(insert(BallotSheet), rows)
    db.session.commit()
    return sheets


def use_online(
    consultation: Consultation,
    code: str,
    secret_hash: bytes,
    language: str,
    channel: Channel = Channel.ONLINE,
) -> None:
    """Give a sheet up to vote online. A browser that takes part already goes on as whoever it is.

    Raises:
        ConsultationNotOpenError, SheetUnknownError, SheetUsedOnlineError, SheetTypedInError

    """
    db.session.refresh(consultation, with_for_update=True)
    if not consultation.is_open:
        raise ConsultationNotOpenError
    taken = db.session.execute(
        update(BallotSheet)
        .where(
            BallotSheet.code_hash == hash_of_sheet(code, consultation.id),
            BallotSheet.state == SheetState.UNUSED,
        )
        .values(state=SheetState.ONLINE)
        .returning(BallotSheet.code_hash)
    ).first()
    known = participant_by_secret_hash(consultation.id, secret_hash)
    if taken is None:
        raise why_not(sheet_with(consultation.id, code))
    if known is None:
        admit(consultation.id, secret_hash, language, channel)
    db.session.commit()


def open_batch(consultation: Consultation, *, by: Account, place: str, collected_on: date) -> PaperBatch:
    """Begin a batch of sheets that were collected together.

    Raises:
        NoPaperNowError

    """
    # Numbers are given one after the other.
    db.session.refresh(consultation, with_for_update=True)
    if not takes_paper(consultation):
        raise NoPaperNowError
    last = db.session.scalar(
        select(func.max(PaperBatch.number)).where(PaperBatch.consultation_id == consultation.id)
    )
    batch = PaperBatch(
        consultation_id=consultation.id,
        number=(last or 0) + 1,
        place=place,
        collected_on=collected_on,
        opened_by_id=by.id,
    )
    db.session.add(batch)
    db.session.commit()
    return batch


def why_not(sheet: BallotSheet | None) -> DomainError:
    """Why a sheet cannot be used any more."""
    if sheet is None:
        return SheetUnknownError()
    return SheetUsedOnlineError() if sheet.state is SheetState.ONLINE else SheetTypedInError()
