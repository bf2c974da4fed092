"""What an assistant does with an open batch: type in sheets, and read some a second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from participation.database import db
from participation.errors import DomainError
from participation.paper.actions import NoPaperNowError, why_not
from participation.paper.models import BallotSheet, SheetState
from participation.paper.queries import hash_of_sheet, sheet_with, takes_paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from participation.accounts.models import Account
    from participation.consultations.models import Consultation
    from participation.paper.models import PaperBatch

    Answers = Sequence[int | None]


class BatchEndedError(DomainError):
    message = _l(
        "This batch is closed or withdrawn: nothing more can be typed into it. Please open another one."
    )


class NotYourBatchError(DomainError):
    message = _l("Somebody else types in this batch. Please open one of your own.")
    status = 403


class NotInThisBatchError(DomainError):
    message = _l("This sheet is not in this batch, so it cannot be read a second time here.")


def enter_sheet(
    consultation: Consultation, batch: PaperBatch, code: str, answers: Answers, *, by: Account
) -> None:
    """Type in what stands on a sheet. It counts once the batch is closed.

    Args:
        answers: the number of the choice on each statement of the sheet, from top to bottom; None where it is blank.

    Raises:
        NoPaperNowError, BatchEndedError, NotYourBatchError
        SheetUnknownError, SheetUsedOnlineError, SheetTypedInError

    """
    lock(consultation, batch, by=by)
    taken = db.session.execute(
        update(BallotSheet)
        .where(
            BallotSheet.code_hash == hash_of_sheet(code, consultation.id),
            BallotSheet.state == SheetState.UNUSED,
        )
        .values(state=SheetState.ENTERED, batch_id=batch.id, answers=list(answers))
        .returning(BallotSheet.code_hash)
    ).first()
    if taken is None:
        raise why_not(sheet_with(consultation.id, code))
    batch.sheets += 1
    db.session.commit()


def read_again(
    consultation: Consultation, batch: PaperBatch, code: str, answers: Answers, *, by: Account
) -> list[int]:
    """Compare a second reading of a sheet with the first; where they differ, the second one holds.

    Returns:
        The lines that differ, counted from one.

    Raises:
        NoPaperNowError, BatchEndedError, NotYourBatchError, SheetUnknownError, NotInThisBatchError

    """
    lock(consultation, batch, by=by)
    sheet = sheet_with(consultation.id, code)
    if sheet is None:
        raise why_not(sheet)
    if sheet.batch_id != batch.id or sheet.answers is None:
        raise NotInThisBatchError
    pairs = enumerate(zip(sheet.answers, answers, strict=True), start=1)
    differing = [line for line, (first, second) in pairs if first != second]
    sheet.answers = list(answers)
    batch.second_readings += 1
    batch.corrections += bool(differing)
    db.session.commit()
    return differing


def lock(consultation: Consultation, batch: PaperBatch, *, by: Account | None = None) -> None:
    """Go on only if a batch may be worked on now, by this person if one is named. Not committed here."""
    db.session.refresh(consultation, with_for_update=True)
    if not takes_paper(consultation):
        raise NoPaperNowError
    expect_open(batch)
    if by and by.id != batch.opened_by_id:
        raise NotYourBatchError


def expect_open(batch: PaperBatch) -> None:
    """Lock a batch, and go on only if it has not ended."""
    db.session.refresh(batch, ["state", "sheets", "second_readings", "corrections"], with_for_update=True)
    if not batch.is_open:
        raise BatchEndedError
