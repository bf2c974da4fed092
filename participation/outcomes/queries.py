"""Questions about what came of a consultation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select

from deliberation.small_cells import SMALLEST_CELL
from participation.database import db
from participation.moderation.models import GRAVE, Appeal, Decision, Outcome, Verdict
from participation.outcomes.models import Finding, Report, ReportText
from participation.statements.models import State, Statement
from participation.votes.models import Vote

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True)
class Numbers:
    """How many took part, and how much they said."""

    voters: int
    votes: int
    votes_per_voter: float
    statements: int
    seed_statements: int
    submitted: int
    rejected: int


@dataclass(frozen=True)
class Version:
    """A published version, as a list names it."""

    number: int
    published_at: datetime
    reason: dict[str, str]
    sha256: str


def important_to(consultation_id: int) -> dict[int, int | None]:
    """By statement id: to how many of those who voted on it it matters, or None where one to four could be found out.

    Statements that matter to nobody are left out.
    """
    counts = db.session.execute(
        select(Vote.statement_id, func.count())
        .where(Vote.consultation_id == consultation_id, Vote.is_important)
        .group_by(Vote.statement_id)
    )
    return {statement_id: count if count >= SMALLEST_CELL else None for statement_id, count in counts}


def numbers_of(consultation_id: int) -> Numbers:
    votes, voters = db.session.execute(
        select(func.count(), func.count(Vote.participant_id.distinct())).where(
            Vote.consultation_id == consultation_id
        )
    ).one()
    statements = db.session.execute(
        select(Statement.state, Statement.is_seed, func.count())
        .where(Statement.consultation_id == consultation_id)
        .group_by(Statement.state, Statement.is_seed)
    ).all()
    return Numbers(
        voters=voters,
        votes=votes,
        votes_per_voter=votes / voters if voters else 0.0,
        statements=sum(count for state, _seed, count in statements if state is State.PUBLISHED),
        seed_statements=sum(count for _state, seed, count in statements if seed),
        submitted=sum(count for _state, seed, count in statements if not seed),
        rejected=sum(count for state, _seed, count in statements if state is State.REJECTED),
    )


def first_report_at(consultation_id: int) -> datetime | None:
    """When the first version was published, without the report itself, which is large."""
    return db.session.scalar(
        select(Report.published_at).where(Report.consultation_id == consultation_id, Report.number == 1)
    )


def latest_report(consultation_id: int) -> Report | None:
    """The version that holds now; None before the first is published."""
    return db.session.scalars(
        select(Report)
        .where(Report.consultation_id == consultation_id)
        .order_by(Report.number.desc())
        .limit(1)
    ).first()


def findings_of(consultation_id: int) -> list[Finding]:
    """Every finding that was ever put to the authority, by number, withdrawn ones too."""
    return list(
        db.session.scalars(
            select(Finding).where(Finding.consultation_id == consultation_id).order_by(Finding.number)
        )
    )


def report_numbered(consultation_id: int, number: int) -> Report | None:
    return db.session.scalar(
        select(Report).where(Report.consultation_id == consultation_id, Report.number == number)
    )


def versions_of(consultation_id: int) -> list[Version]:
    """Every version, the first one first, without what it says: that can be megabytes."""
    rows = db.session.execute(
        select(Report.number, Report.published_at, Report.reason, Report.sha256)
        .where(Report.consultation_id == consultation_id)
        .order_by(Report.number)
    )
    return [Version(*row) for row in rows]


def texts_of(consultation_id: int) -> dict[tuple[str, str], ReportText]:
    """What the organiser adds to the next version, by section and language."""
    texts = db.session.scalars(select(ReportText).where(ReportText.consultation_id == consultation_id))
    return {(text.section, text.language): text for text in texts}


def removed_since(consultation_id: int) -> set[int]:
    """The numbers of statements whose text may be shown nowhere any more, whatever was published before."""
    return set(
        db.session.scalars(
            select(Statement.number)
            .join(Decision, Decision.statement_id == Statement.id)
            .where(
                Statement.consultation_id == consultation_id,
                Statement.state == State.REJECTED,
                Decision.verdict == Verdict.REJECT,
                Decision.reason.in_(GRAVE),
                # After closing nobody is put back to the vote; but the words may be shown.
                ~exists().where(Appeal.decision_id == Decision.id, Appeal.outcome == Outcome.OVERTURNED),
            )
        )
    )
