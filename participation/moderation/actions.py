"""What is done with a statement: published, kept from the vote, sent back, merged, split."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete
from sqlalchemy.exc import InvalidRequestError

from participation.consultations.actions import enter_in_log, revise_deck
from participation.database import db
from participation.errors import DomainError
from participation.moderation.holding import expect_free
from participation.moderation.models import GRAVE, Decision, Hold, Reason, Verdict
from participation.moderation.queries import deciding_role, latest_decision_on, votes_on
from participation.statements.actions import add_part
from participation.statements.models import State
from participation.transparency.models import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from participation.accounts.models import Account
    from participation.consultations.models import Consultation
    from participation.statements.models import Statement

STATE_AFTER = {
    Verdict.ACCEPT: State.PUBLISHED,
    Verdict.REJECT: State.REJECTED,
    Verdict.REWORD: State.RETURNED,
    Verdict.MERGE: State.MERGED,
    Verdict.SPLIT: State.SPLIT,
}
NEEDS_REASON = frozenset({Verdict.REJECT, Verdict.REWORD})
FEWEST_PARTS = 2


class AlreadyDecidedError(DomainError):
    message = _l("Someone has already decided about this statement. Please load the page again.")


class StatementGoneError(DomainError):
    message = _l("Its author has withdrawn this statement, so there is nothing left to decide.")
    status = 410


class TooLateToPublishError(DomainError):
    message = _l("The consultation is closed: nobody could vote on this statement any more.")


class ReasonMissingError(DomainError):
    message = _l("Please choose the reason: the author will read it.")


class HasVotesError(DomainError):
    message = _l(
        "People have voted on this statement, so it stays as it is. You can close it as a duplicate, "
        "or take it out because of personal data or because it is unlawful."
    )


class NoAuthorError(DomainError):
    message = _l("Nobody could reword this statement: it has no author who would be asked.")


class NotAnotherError(DomainError):
    message = _l("Please give the number of another statement that is published here.")


class TooFewPartsError(DomainError):
    message = _l("Please write at least two statements, one on each line.")


def decide(
    consultation: Consultation,
    statement: Statement,
    verdict: Verdict,
    *,
    by: Account | None,
    reason: Reason | None = None,
    note: str = "",
    into: Statement | None = None,
    parts: Sequence[str] = (),
    seen: int | None = None,
) -> Decision:
    """Say what becomes of a statement. The decision stays on record, also when a later one revises it.

    No verdict changes a text or moves a vote. What is published and then merged or taken out is closed to
    further votes; those it has are kept with it.

    Args:
        reason: why it is not published, or not in these words.
        into: for a merger, the published statement that says it already.
        parts: for a split, the texts of the statements that stand in its place.
        seen: the id of the decision that held when the decider looked, None if there was none.

    Raises:
        ReasonMissingError, NotAnotherError, TooFewPartsError: something is missing.
        StatementGoneError: its author has withdrawn it meanwhile.
        AlreadyDecidedError: another decision has come in between.
        TakenByAnotherError: somebody else is reading it just now.
        HasVotesError, NoAuthorError, AlreadySaidError: that cannot be done with this statement.
        TooLateToPublishError: nobody could vote on it any more.

    """
    if verdict in NEEDS_REASON and reason is None:
        raise ReasonMissingError
    if verdict in {Verdict.ACCEPT, Verdict.REWORD, Verdict.SPLIT} and consultation.is_closed:
        raise TooLateToPublishError
    # Takes turns with others who decide: the second one finds it decided.
    revise_deck(consultation)
    try:
        db.session.refresh(statement)
    except InvalidRequestError as error:
        db.session.rollback()
        raise StatementGoneError from error
    try:
        _expect_possible(consultation, statement, verdict, by=by, reason=reason, seen=seen)
        successors = _successors(consultation, statement, verdict, into=into, parts=parts)
    except DomainError:
        db.session.rollback()
        raise
    statement.state = STATE_AFTER[verdict]
    decision = Decision(
        statement_id=statement.id,
        account_id=by.id if by else None,
        role=deciding_role(consultation, by.id) if by else None,
        verdict=verdict,
        reason=reason if verdict in NEEDS_REASON else None,
        note=note,
        successors=successors,
    )
    db.session.add(decision)
    db.session.execute(delete(Hold).where(Hold.statement_id == statement.id))
    enter_decision(consultation, statement, decision)
    db.session.commit()
    return decision


def enter_decision(consultation: Consultation, statement: Statement, decision: Decision) -> None:
    """Write a decision down in the public log: by role, without its words. Not committed here.

    With the fingerprints of the texts that it publishes, and of no others: everybody may read these.
    """
    shown = {Verdict.ACCEPT: [statement], Verdict.SPLIT: decision.successors}.get(decision.verdict, [])
    enter_in_log(
        consultation,
        Kind.STATEMENT_DECIDED,
        statement=statement.number,
        verdict=decision.verdict.value,
        reason=decision.reason.value if decision.reason else None,
        role=decision.role.value if decision.role else None,
        successors=sorted(other.number for other in decision.successors),
        published={str(each.number): each.fingerprint for each in shown},
    )


def _expect_possible(
    consultation: Consultation,
    statement: Statement,
    verdict: Verdict,
    *,
    by: Account | None,
    reason: Reason | None,
    seen: int | None,
) -> None:
    latest = latest_decision_on(statement.id)
    # Only the reason for not publishing can be changed without changing what became of it.
    is_the_same = statement.state is STATE_AFTER[verdict] and not (
        verdict is Verdict.REJECT and latest and latest.reason is not reason
    )
    if (latest.id if latest else None) != seen or is_the_same:
        raise AlreadyDecidedError
    expect_free(consultation, statement, by)
    stays_if_voted_on = verdict in {Verdict.REWORD, Verdict.SPLIT} or (
        verdict is Verdict.REJECT and reason not in GRAVE
    )
    if stays_if_voted_on and votes_on([statement.id]):
        raise HasVotesError
    if verdict is Verdict.REWORD and statement.author_id is None:
        raise NoAuthorError


def _successors(
    consultation: Consultation,
    statement: Statement,
    verdict: Verdict,
    *,
    into: Statement | None,
    parts: Sequence[str],
) -> list[Statement]:
    """What stands in the statement's place from now on."""
    if verdict is Verdict.MERGE:
        return [_another(statement, into)]
    if verdict is Verdict.SPLIT:
        if len(set(parts)) < FEWEST_PARTS:
            raise TooFewPartsError
        return [add_part(consultation, part, statement.language) for part in dict.fromkeys(parts)]
    return []


def _another(statement: Statement, into: Statement | None) -> Statement:
    if into is not None:
        db.session.refresh(into)
    is_good = (
        into is not None
        and into.id != statement.id
        and into.consultation_id == statement.consultation_id
        and into.state is State.PUBLISHED
    )
    if into is None or not is_good:
        raise NotAnotherError
    return into
