"""Questions about decisions."""

from __future__ import annotations

from sqlalchemy import select

from participation.database import db
from participation.moderation.models import Decision
from participation.statements.models import Statement


def latest_decisions(consultation_id: int) -> dict[int, Decision]:
    """The decision that holds for each statement, by statement id."""
    decisions = db.session.scalars(
        select(Decision)
        .join(Statement, Statement.id == Decision.statement_id)
        .where(Statement.consultation_id == consultation_id)
        .order_by(Decision.id)
    )
    return {decision.statement_id: decision for decision in decisions}
