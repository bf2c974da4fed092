"""An author objects to a decision, and somebody else than the first decider looks at it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from participation.consultations.actions import ConsultationNotOpenError, enter_in_log
from participation.database import db, now
from participation.errors import DomainError
from participation.moderation.actions import decide
from participation.moderation.models import Appeal, Outcome, Verdict
from participation.moderation.queries import (
    appeal_on,
    deciding_role,
    latest_decision_on,
    may_others_decide,
)
from participation.organisations.models import Role
from participation.statements.models import State, Statement
from participation.transparency.models import Kind

if TYPE_CHECKING:
    from participation.accounts.models import Account
    from participation.consultations.models import Consultation

#: Where an author may ask somebody else to look at it again.
OPEN_TO_APPEAL = frozenset({State.REJECTED, State.MERGED, State.SPLIT})


class NothingToAppealError(DomainError):
    message = _l("There is no decision against this statement any more. Please load the page again.")


class AppealedAlreadyError(DomainError):
    message = _l("You have asked for a second look already. One is given for each statement.")


class FirstDeciderError(DomainError):
    message = _l("You decided about this statement yourself. Somebody else has to look at it again.")


class AnsweredAlreadyError(DomainError):
    message = _l("Someone has already answered this author. Please load the page again.")


def appeal(consultation: Consultation, statement: Statement, words: str) -> Appeal:
    """Ask for a second look at the decision that holds.

    Raises:
        ConsultationNotOpenError, NothingToAppealError, AppealedAlreadyError

    """
    if not consultation.is_open:
        raise ConsultationNotOpenError
    # Takes turns: of a double click the second finds the first.
    db.session.refresh(consultation, with_for_update=True)
    db.session.refresh(statement)
    if appeal_on(statement.id):
        db.session.rollback()
        raise AppealedAlreadyError
    decision = latest_decision_on(statement.id)
    if decision is None or statement.state not in OPEN_TO_APPEAL:
        db.session.rollback()
        raise NothingToAppealError
    made = Appeal(statement_id=statement.id, decision=decision, words=words)
    db.session.add(made)
    enter_in_log(consultation, Kind.APPEAL_MADE, statement=statement.number)
    db.session.commit()
    return made


def may_answer(consultation: Consultation, made: Appeal, account: Account) -> bool:
    """Whether somebody may take the second look: not the first decider, unless there is nobody else.

    Then an owner may, or whoever runs a consultation that belongs to no organisation; the log says so.
    """
    if made.decision.account_id != account.id:
        return True
    if may_others_decide(consultation, account.id):
        return False
    return consultation.organisation_id is None or deciding_role(consultation, account.id) is Role.OWNER


def answer_appeal(
    consultation: Consultation, made: Appeal, outcome: Outcome, answer: str, *, by: Account
) -> None:
    """Let the decision stand, or find the author right: then the statement is published after all.

    Once the consultation is closed nobody could vote on it any more. The author may still be right; the log then
    says so beside the decision, and shows the words.

    Raises:
        FirstDeciderError, AnsweredAlreadyError
        AlreadyDecidedError, TakenByAnotherError: as for any decision to publish.

    """
    if not may_answer(consultation, made, by):
        raise FirstDeciderError
    db.session.refresh(consultation, with_for_update=True)
    db.session.refresh(made)
    if made.outcome:
        db.session.rollback()
        raise AnsweredAlreadyError
    made.outcome, made.answer, made.answered_at = outcome, answer, now()
    made.account_id, made.role = by.id, deciding_role(consultation, by.id)
    statement = db.session.get_one(Statement, made.statement_id, populate_existing=True)
    enter_in_log(
        consultation,
        Kind.APPEAL_ANSWERED,
        statement=statement.number,
        outcome=outcome.value,
        role=made.role.value if made.role else None,
    )
    if outcome is Outcome.UPHELD or statement.state is State.PUBLISHED or consultation.is_closed:
        db.session.commit()
        return
    latest = latest_decision_on(statement.id)
    decide(consultation, statement, Verdict.ACCEPT, by=by, note=answer, seen=latest.id if latest else None)
