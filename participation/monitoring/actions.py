"""Saying what the population looks like, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete

from participation.database import db
from participation.monitoring.models import Margin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from participation.questions.models import Question


def set_margin(question: Question, shares: Sequence[float], source: str) -> Margin:
    """Keep how the population would answer, in place of what was said before.

    Args:
        shares: positive numbers, one for each choice; kept so that they add up to 1.

    """
    # From two tabs, one comes after the other.
    db.session.refresh(question, with_for_update=True)
    whole = sum(shares)
    margin = db.session.merge(
        Margin(question_id=question.id, shares=[share / whole for share in shares], source=source)
    )
    db.session.commit()
    return margin


def forget_margin(question: Question) -> None:
    """Compare with the population no longer. Doing it twice does no more than doing it once."""
    db.session.execute(delete(Margin).where(Margin.question_id == question.id))
    db.session.commit()
