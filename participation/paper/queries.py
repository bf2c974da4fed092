"""Questions about sheets and batches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from participation.admission.codes import hash_of
from participation.database import db, now
from participation.outcomes.models import Report
from participation.paper.models import BallotSheet, BatchState, PaperBatch, SheetState
from participation.votes.deck import deck_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from participation.consultations.models import Consultation
    from participation.statements.models import Wording

# So long after the last day sheets may still be typed in: the last ones lie in their boxes overnight.
PAPER_ARRIVES_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class PrintRun:
    """The sheets that were printed together, and how many of them were used which way."""

    printed_at: datetime
    language: str
    sheets: int
    used: dict[SheetState, int]


@dataclass(frozen=True)
class Line:
    """One statement on a sheet. Its text is missing where the statement has been taken out of the vote."""

    statement_id: int
    wording: Wording | None


def paper_until(consultation: Consultation) -> datetime:
    """The last moment at which sheets may be typed in, in the consultation's time zone."""
    return consultation.last_moment + PAPER_ARRIVES_WITHIN


def takes_paper(consultation: Consultation) -> bool:
    """Whether sheets may be typed in now: while it is open, and for a few days after, until there is a report."""
    return (
        consultation.is_published
        and consultation.opens_at <= now() < consultation.closes_at + PAPER_ARRIVES_WITHIN
        and not _is_reported(consultation)
    )


def may_still_change(consultation: Consultation) -> bool:
    """Whether votes on paper may still be added: sheets are about, and are taken."""
    printed = select(BallotSheet.consultation_id).where(BallotSheet.consultation_id == consultation.id)
    return takes_paper(consultation) and bool(db.session.scalar(select(printed.exists())))


def _is_reported(consultation: Consultation) -> bool:
    published = select(Report.id).where(Report.consultation_id == consultation.id)
    return consultation.is_closed and bool(db.session.scalar(select(published.exists())))


def hash_of_sheet(code: str, consultation_id: int) -> bytes:
    """What is kept of a sheet's number, the same however it was typed; a scanner may send the whole address."""
    return hash_of(code.strip().rstrip("/").rsplit("/", 1)[-1], consultation_id, kind="ballot sheet")


def sheet_with(consultation_id: int, code: str) -> BallotSheet | None:
    return db.session.get(BallotSheet, hash_of_sheet(code, consultation_id), populate_existing=True)


def print_runs_of(consultation_id: int) -> Sequence[PrintRun]:
    """The latest first."""
    rows = db.session.execute(
        select(BallotSheet.printed_at, BallotSheet.language, BallotSheet.state, func.count())
        .where(BallotSheet.consultation_id == consultation_id)
        .group_by(BallotSheet.printed_at, BallotSheet.language, BallotSheet.state)
        .order_by(BallotSheet.printed_at.desc())
    )
    runs: dict[tuple[datetime, str], dict[SheetState, int]] = {}
    for printed_at, language, state, number in rows:
        runs.setdefault((printed_at, language), {})[state] = number
    return [
        PrintRun(printed_at, language, sum(used.values()), used)
        for (printed_at, language), used in runs.items()
    ]


def batches_of(consultation_id: int) -> Sequence[PaperBatch]:
    """The latest first, with the people who opened and ended them."""
    return db.session.scalars(
        select(PaperBatch)
        .where(PaperBatch.consultation_id == consultation_id)
        .order_by(PaperBatch.number.desc())
        .options(joinedload(PaperBatch.opened_by), joinedload(PaperBatch.ended_by))
    ).all()


def batch_numbered(consultation_id: int, number: int) -> PaperBatch | None:
    return db.session.scalar(
        select(PaperBatch).where(PaperBatch.consultation_id == consultation_id, PaperBatch.number == number)
    )


def batch_by_id(batch_id: int | None) -> PaperBatch | None:
    return None if batch_id is None else db.session.get(PaperBatch, batch_id)


def open_batches_of(consultation_id: int) -> int:
    """How many batches are neither closed nor withdrawn."""
    is_open = (PaperBatch.consultation_id == consultation_id, PaperBatch.state == BatchState.OPEN)
    return db.session.scalar(select(func.count()).where(*is_open)) or 0


def lines_on(consultation: Consultation, statement_ids: Sequence[int], language: str) -> list[Line]:
    """What stands on a sheet, in its language, from top to bottom."""
    deck = deck_of(consultation)
    places = [(statement_id, deck.index_of(statement_id)) for statement_id in statement_ids]
    return [
        Line(statement_id, None if place is None else deck.wording(place, language))
        for statement_id, place in places
    ]
