"""Several people share the work: each takes a few statements, and nobody reads the same ones twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from participation.database import db, now
from participation.errors import DomainError
from participation.moderation.models import Hold
from participation.moderation.queries import deciding_role, holds_in
from participation.organisations.models import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from participation.accounts.models import Account
    from participation.consultations.models import Consultation
    from participation.statements.models import Statement

TAKEN_AT_ONCE = 10


class TakenByAnotherError(DomainError):
    message = _l("Somebody else is reading this statement just now. Please take other ones.")


def take_next(consultation: Consultation, account: Account, waiting: Sequence[Statement]) -> int:
    """Take the next few of these statements that nobody is reading; what was taken before is taken anew.

    Returns:
        How many are taken now.

    """
    # Takes turns with others who take: no statement goes to two people.
    db.session.refresh(consultation, with_for_update=True)
    held = holds_in(consultation.id)
    free = [
        statement.id
        for statement in waiting
        if statement.id not in held or held[statement.id].account_id == account.id
    ][:TAKEN_AT_ONCE]
    role = deciding_role(consultation, account.id) or Role.FACILITATOR
    for statement_id in free:
        db.session.merge(Hold(statement_id=statement_id, account_id=account.id, role=role, held_since=now()))
    db.session.commit()
    return len(free)


def give_back(account: Account) -> None:
    """Take nothing any more. Doing it twice does no more than doing it once."""
    db.session.execute(delete(Hold).where(Hold.account_id == account.id))
    db.session.commit()


def expect_free(consultation: Consultation, statement: Statement, account: Account | None) -> None:
    """Raises TakenByAnotherError if somebody else than this account is reading a statement."""
    hold = holds_in(consultation.id).get(statement.id)
    if hold and (account is None or hold.account_id != account.id):
        raise TakenByAnotherError
