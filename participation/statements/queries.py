"""Questions about statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from participation.database import db
from participation.statements.models import State, Statement, StatementText

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


def statements_of(consultation_id: int, *states: State) -> Sequence[Statement]:
    """All statements in some states, by number, with their texts."""
    return db.session.scalars(
        select(Statement)
        .where(Statement.consultation_id == consultation_id, Statement.state.in_(states or State))
        .order_by(Statement.number)
        .options(selectinload(Statement.texts))
    ).all()


def statements_by(author_id: int) -> Sequence[Statement]:
    """What a participant wrote, by number, with texts."""
    return db.session.scalars(
        select(Statement)
        .where(Statement.author_id == author_id)
        .order_by(Statement.number)
        .options(selectinload(Statement.texts))
    ).all()


def statement_in(consultation_id: int, statement_id: int) -> Statement | None:
    return db.session.scalar(
        select(Statement).where(Statement.consultation_id == consultation_id, Statement.id == statement_id)
    )


def statement_numbered(consultation_id: int, number: int) -> Statement | None:
    return db.session.scalar(
        select(Statement).where(Statement.consultation_id == consultation_id, Statement.number == number)
    )


def statement_with_text(consultation_id: int, text: str) -> Statement | None:
    """A statement that says exactly this already, in any language."""
    return db.session.scalar(
        select(Statement)
        .join(StatementText)
        .where(Statement.consultation_id == consultation_id, StatementText.text == text)
        .limit(1)
    )


def seed_with_key(consultation_id: int, key: str) -> Statement | None:
    return db.session.scalar(
        select(Statement).where(Statement.consultation_id == consultation_id, Statement.key == key)
    )


def statement_by_receipt(consultation_id: int, receipt_hash: bytes) -> Statement | None:
    """The statement whose receipt's code has this hash."""
    return db.session.scalar(
        select(Statement).where(
            Statement.consultation_id == consultation_id, Statement.receipt_hash == receipt_hash
        )
    )


def moments_written_since(author_id: int, since: datetime) -> Sequence[datetime]:
    """When a participant wrote statements, the earliest first."""
    return db.session.scalars(
        select(Statement.written_at)
        .where(Statement.author_id == author_id, Statement.written_at >= since)
        .order_by(Statement.written_at)
    ).all()


def next_number(consultation_id: int) -> int:
    highest = db.session.scalar(
        select(func.max(Statement.number)).where(Statement.consultation_id == consultation_id)
    )
    return 1 if highest is None else highest + 1
