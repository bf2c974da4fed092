"""Questions about decisions, about who is reading what, and about appeals."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from participation.consultations.models import Membership
from participation.consultations.queries import roles_in
from participation.database import db, now
from participation.moderation.models import Appeal, Decision, Hold, Lineage
from participation.organisations.models import Member, Role
from participation.statements.models import Statement, SupersededText
from participation.votes.models import Vote

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from deliberation.ballot import Choice
    from participation.consultations.models import Consultation

A_HOLD_LASTS = timedelta(minutes=15)
#: Who may decide about statements, the least powerful first: people act in the humblest role that will do.
DECIDING = (Role.MODERATOR, Role.FACILITATOR, Role.OWNER)


def latest_decisions(consultation_id: int) -> dict[int, Decision]:
    """The decision that holds for each statement, by statement id."""
    return {decision.statement_id: decision for decision in decisions_in(consultation_id)}


def decisions_in(consultation_id: int) -> Sequence[Decision]:
    """Every decision, the first one first."""
    return db.session.scalars(
        select(Decision)
        .join(Statement, Statement.id == Decision.statement_id)
        .where(Statement.consultation_id == consultation_id)
        .order_by(Decision.id)
    ).all()


def latest_decision_on(statement_id: int) -> Decision | None:
    return db.session.scalar(
        select(Decision).where(Decision.statement_id == statement_id).order_by(Decision.id.desc()).limit(1)
    )


def predecessors_of(statement_ids: Collection[int]) -> dict[int, list[int]]:
    """The numbers of the statements in whose place others stand, by the id of those others."""
    rows = db.session.execute(
        select(Lineage.statement_id, Statement.number)
        .join(Decision, Decision.id == Lineage.decision_id)
        .join(Statement, Statement.id == Decision.statement_id)
        .where(Lineage.statement_id.in_(statement_ids))
        .order_by(Statement.number)
    )
    found: dict[int, list[int]] = {}
    for statement_id, number in rows:
        if number not in found.setdefault(statement_id, []):
            found[statement_id].append(number)
    return found


def votes_on(statement_ids: Collection[int]) -> dict[int, Counter[Choice]]:
    """How many said what, by statement id; statements without votes are left out."""
    rows = db.session.execute(
        select(Vote.statement_id, Vote.choice, func.count())
        .where(Vote.statement_id.in_(statement_ids))
        .group_by(Vote.statement_id, Vote.choice)
    )
    found: dict[int, Counter[Choice]] = {}
    for statement_id, choice, count in rows:
        found.setdefault(statement_id, Counter())[choice] = count
    return found


def holds_in(consultation_id: int) -> dict[int, Hold]:
    """The holds that still hold, by statement id, each with its account."""
    holds = db.session.scalars(
        select(Hold)
        .join(Statement, Statement.id == Hold.statement_id)
        .where(Statement.consultation_id == consultation_id, Hold.held_since > now() - A_HOLD_LASTS)
        .options(joinedload(Hold.account))
    )
    return {hold.statement_id: hold for hold in holds}


def appeals_in(consultation_id: int) -> Sequence[Appeal]:
    """Every appeal with the decision it is about, the first one first."""
    return db.session.scalars(
        select(Appeal)
        .join(Statement, Statement.id == Appeal.statement_id)
        .where(Statement.consultation_id == consultation_id)
        .order_by(Appeal.id)
        .options(joinedload(Appeal.decision))
    ).all()


def appeal_on(statement_id: int) -> Appeal | None:
    return db.session.scalar(select(Appeal).where(Appeal.statement_id == statement_id))


def deciding_role(consultation: Consultation, account_id: int) -> Role | None:
    """As what somebody decides here; None if they may not."""
    roles = roles_in(consultation.id, account_id)
    return next((role for role in DECIDING if role in roles), None)


def may_others_decide(consultation: Consultation, account_id: int) -> bool:
    """Whether anybody else than this person may decide here."""
    here = select(Membership.account_id).where(
        Membership.consultation_id == consultation.id, Membership.role.in_(DECIDING)
    )
    at_large = select(Member.account_id).where(
        Member.organisation_id == consultation.organisation_id, Member.role.in_(DECIDING)
    )
    return bool(set(db.session.scalars(here.union(at_large))) - {account_id})


def earlier_words_of(statement_ids: Collection[int]) -> dict[int, list[SupersededText]]:
    """What authors wrote before they were asked for other words, the first words first."""
    rows = db.session.scalars(
        select(SupersededText)
        .join(Statement, Statement.id == SupersededText.statement_id)
        .where(SupersededText.statement_id.in_(statement_ids), SupersededText.language == Statement.language)
        .order_by(SupersededText.id)
    )
    found: dict[int, list[SupersededText]] = {}
    for text in rows:
        found.setdefault(text.statement_id, []).append(text)
    return found
