"""Consultations open and close by their dates, with nobody there: the worker writes it down when it sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, or_, select

from participation.consultations.actions import enter_in_log
from participation.consultations.models import Consultation
from participation.database import db, now
from participation.transparency.models import Kind, LogEntry
from participation.transparency.queries import written

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement


def phases_to_write_down() -> list[int]:
    """Consultations that have opened or closed without an entry that says so."""
    moment = now()
    return list(
        db.session.scalars(
            select(Consultation.id).where(
                Consultation.published_at.is_not(None),
                or_(
                    (Consultation.opens_at <= moment) & ~_is_written(Kind.CONSULTATION_OPENED),
                    (Consultation.closes_at <= moment) & ~_is_written(Kind.CONSULTATION_CLOSED),
                ),
            )
        )
    )


def write_down_phases(consultation_id: int) -> None:
    """Say that it has opened, or closed, on its date."""
    consultation = db.session.get_one(Consultation, consultation_id)
    db.session.refresh(consultation, with_for_update=True)
    moment = now()
    for kind, passed in (
        (Kind.CONSULTATION_OPENED, consultation.opens_at),
        (Kind.CONSULTATION_CLOSED, consultation.closes_at),
    ):
        known = select(LogEntry.index).where(
            LogEntry.kind == kind, LogEntry.consultation == consultation.slug
        )
        if passed <= moment and db.session.scalar(known) is None:
            enter_in_log(consultation, kind, by="date", at=written(passed))
    db.session.commit()


def _is_written(kind: Kind) -> ColumnElement[bool]:
    return exists().where(LogEntry.kind == kind, LogEntry.consultation == Consultation.slug)
