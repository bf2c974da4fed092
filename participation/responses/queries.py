"""Questions about what the authority answered and did."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from participation.database import db, now
from participation.outcomes.models import Finding, Report
from participation.outcomes.queries import findings_of
from participation.responses.models import (
    Answer,
    AnswerDraft,
    DeploymentDecision,
    Milestone,
    MilestoneStep,
)
from participation.statements.models import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from participation.consultations.models import Consultation


@dataclass(frozen=True)
class Answered:
    """A finding and every answer that was given to it, the first one first."""

    finding: Finding
    answers: tuple[Answer, ...]
    #: The number of the version of the report that found it first.
    found_in: int

    @property
    def answer(self) -> Answer | None:
        """The one that holds; None while there is none."""
        return self.answers[-1] if self.answers else None

    def days_late(self, consultation: Consultation) -> int:
        """By how many days, in its time zone, the first answer missed the promised day, or misses it until now.

        The promise covers the first report: what only a correction found may have been found after that day.
        """
        promised = consultation.responds_by
        if promised is None or self.found_in > 1:
            return 0
        if self.finding.is_withdrawn and not self.answers:
            return 0
        given = self.answers[0].published_at if self.answers else now()
        return max(0, (consultation.local(given).date() - promised).days)


def answers_to(consultation_id: int) -> list[Answered]:
    """Every finding of a consultation with its answers, by number."""
    findings = findings_of(consultation_id)
    return _with_answers(findings)


def answers_by_consultation() -> defaultdict[int, list[Answered]]:
    """Every finding on the site with its answers, by consultation."""
    found: defaultdict[int, list[Answered]] = defaultdict(list)
    for answered in _with_answers(db.session.scalars(select(Finding).order_by(Finding.number)).all()):
        found[answered.finding.consultation_id].append(answered)
    return found


def _with_answers(findings: Sequence[Finding]) -> list[Answered]:
    given: dict[int, list[Answer]] = {finding.id: [] for finding in findings}
    rows = db.session.scalars(
        select(Answer).where(Answer.finding_id.in_(given)).order_by(Answer.finding_id, Answer.number)
    )
    for answer in rows:
        given[answer.finding_id].append(answer)
    versions = _versions_of(findings)
    return [Answered(finding, tuple(given[finding.id]), versions[finding.report_id]) for finding in findings]


def _versions_of(findings: Sequence[Finding]) -> dict[int, int]:
    """The numbers of the reports that found these, by id: without the reports, which are large."""
    wanted = {finding.report_id for finding in findings}
    rows = db.session.execute(select(Report.id, Report.number).where(Report.id.in_(wanted)))
    return {row.id: row.number for row in rows}


def finding_by_number(consultation_id: int, number: int) -> Finding | None:
    return db.session.scalars(
        select(Finding).where(Finding.consultation_id == consultation_id, Finding.number == number)
    ).one_or_none()


def answers_of(finding: Finding) -> Answered:
    return _with_answers([finding])[0]


def statements_behind(answered: Iterable[Answered]) -> dict[int, Statement]:
    """The statements on which findings rest, by id, with their texts."""
    wanted = {one.finding.statement_id for one in answered}
    found = db.session.scalars(
        select(Statement).where(Statement.id.in_(wanted)).options(selectinload(Statement.texts))
    )
    return {statement.id: statement for statement in found}


def draft_of(finding_id: int) -> AnswerDraft | None:
    return db.session.get(AnswerDraft, finding_id)


def decisions_of(consultation_id: int) -> list[DeploymentDecision]:
    """Every decision that was published, the first one first; the last one holds."""
    return list(
        db.session.scalars(
            select(DeploymentDecision)
            .where(DeploymentDecision.consultation_id == consultation_id)
            .order_by(DeploymentDecision.number)
        )
    )


def milestones_of(consultation_id: int) -> list[Milestone]:
    """By number, each with its steps."""
    return list(
        db.session.scalars(
            select(Milestone)
            .where(Milestone.consultation_id == consultation_id)
            .order_by(Milestone.number)
            .options(selectinload(Milestone.steps))
        )
    )


def milestone_by_number(consultation_id: int, number: int) -> Milestone | None:
    return db.session.scalars(
        select(Milestone).where(Milestone.consultation_id == consultation_id, Milestone.number == number)
    ).one_or_none()


def next_milestone_number(consultation_id: int) -> int:
    highest = db.session.scalar(
        select(func.max(Milestone.number)).where(Milestone.consultation_id == consultation_id)
    )
    return (highest or 0) + 1


def publications(
    kind: type[Answer | DeploymentDecision | MilestoneStep], consultation_id: int
) -> tuple[datetime, ...]:
    """When the authority published answers, decisions or steps of milestones, the earliest first."""
    moments = select(kind.published_at).order_by(kind.published_at)
    if kind is Answer:
        moments = moments.join(Finding, Answer.finding_id == Finding.id)
        return tuple(db.session.scalars(moments.where(Finding.consultation_id == consultation_id)))
    if kind is MilestoneStep:
        moments = moments.join(Milestone)
        return tuple(db.session.scalars(moments.where(Milestone.consultation_id == consultation_id)))
    return tuple(db.session.scalars(moments.where(DeploymentDecision.consultation_id == consultation_id)))
