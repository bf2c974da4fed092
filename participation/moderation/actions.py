"""What a facilitator does with a submitted statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from participation.consultations.actions import revise_deck
from participation.database import db
from participation.errors import DomainError
from participation.moderation.models import Decision, Reason, Verdict
from participation.statements.models import State

if TYPE_CHECKING:
    from participation.accounts.models import Account
    from participation.consultations.models import Consultation
    from participation.statements.models import Statement

STATE_AFTER = {Verdict.ACCEPT: State.PUBLISHED, Verdict.REJECT: State.REJECTED}


class AlreadyDecidedError(DomainError):
    message = _l("Someone has already decided about this statement. Please load the page again.")


class TooLateToPublishError(DomainError):
    message = _l("The consultation is closed: nobody could vote on this statement any more.")


class ReasonMissingError(DomainError):
    message = _l("Please choose the reason: the author will read it.")


def decide(
    consultation: Consultation,
    statement: Statement,
    verdict: Verdict,
    *,
    by: Account | None,
    reason: Reason | None = None,
    note: str = "",
) -> Decision:
    """Publish a statement or keep it from the vote; the decision stays on record.

    Raises:
        ReasonMissingError: a rejection without a reason.
        AlreadyDecidedError: it does not wait any more. What is put to the vote stays there.
        TooLateToPublishError: nobody could vote on it any more.

    """
    if verdict is Verdict.REJECT and reason is None:
        raise ReasonMissingError
    if verdict is Verdict.ACCEPT and consultation.is_closed:
        raise TooLateToPublishError
    # Takes turns with other facilitators: the second one to decide finds it decided.
    revise_deck(consultation)
    db.session.refresh(statement)
    if statement.state is not State.WAITING:
        db.session.rollback()
        raise AlreadyDecidedError
    statement.state = STATE_AFTER[verdict]
    decision = Decision(
        statement_id=statement.id,
        account_id=by.id if by else None,
        verdict=verdict,
        reason=reason if verdict is Verdict.REJECT else None,
        note=note,
    )
    db.session.add(decision)
    db.session.commit()
    return decision
