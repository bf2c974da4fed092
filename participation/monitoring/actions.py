"""Saying what the population looks like, taking it back, and keeping what weighing to it said at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, update

from participation.consultations.models import Consultation
from participation.database import db
from participation.errors import DomainError
from participation.monitoring.models import Margin
from participation.monitoring.weighing import to_freeze
from participation.opinions.models import Snapshot
from participation.opinions.queries import snapshot_of
from participation.questions.queries import number_of_answers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from participation.questions.models import Question


class FiguresAreFixedError(DomainError):
    message = _l(
        "The consultation is closed, and somebody has had their answers erased since. So the figures stay as "
        "they are: a difference would tell what that person had answered."
    )


def set_margin(question: Question, shares: Sequence[float], source: str) -> Margin:
    """Keep how the population would answer, in place of what was said before.

    Args:
        shares: positive numbers, one for each choice; kept so that they add up to 1.

    Raises:
        FiguresAreFixedError

    """
    # From two tabs, one comes after the other.
    db.session.refresh(question, with_for_update=True)
    _weigh_anew(question)
    whole = sum(shares)
    margin = db.session.merge(
        Margin(question_id=question.id, shares=[share / whole for share in shares], source=source)
    )
    db.session.commit()
    return margin


def forget_margin(question: Question) -> None:
    """Compare with the population no longer. Doing it twice does no more than doing it once.

    Raises:
        FiguresAreFixedError

    """
    _weigh_anew(question)
    db.session.execute(delete(Margin).where(Margin.question_id == question.id))
    db.session.commit()


def freeze_weighing(consultation_id: int) -> None:
    """Keep what weighing says once a consultation is closed and counted."""
    consultation = db.session.get_one(Consultation, consultation_id, populate_existing=True)
    frozen = to_freeze(consultation)
    db.session.execute(
        update(Snapshot).where(Snapshot.consultation_id == consultation_id).values(weighed=frozen)
    )
    db.session.commit()


def _weigh_anew(question: Question) -> None:
    """Have it frozen once more, if nobody has gone since."""
    snapshot = snapshot_of(question.consultation_id)
    if snapshot is None or snapshot.weighed is None:
        return
    if snapshot.weighed["answers"] != sum(number_of_answers(question.consultation_id).values()):
        db.session.rollback()
        raise FiguresAreFixedError
    snapshot.weighed = None
