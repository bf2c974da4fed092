"""Questions about what the authority answered and did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from participation.database import db
from participation.outcomes.models import Finding
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
    from collections.abc import Iterable
    from datetime import date, datetime


@dataclass(frozen=True)
class Answered:
    """A finding and every answer that was given to it, the first one first."""

    finding: Finding
    answers: tuple[Answer, ...]

    @property
    def answer(self) -> Answer | None:
        """The one that holds; None while there is none."""
        return self.answers[-1] if self.answers else None

    def days_late(self, promised: date | None, today: date) -> int:
        """By how many days the first answer missed the promised day, or misses it until today; 0 if it does not."""
        if promised is None or (self.finding.is_withdrawn and not self.answers):
            return 0
        given = self.answers[0].published_at.date() if self.answers else today
        return max(0, (given - promised).days)


def answers_to(consultation_id: int) -> list[Answered]:
    """Every finding of a consultation with its answers, by number."""
    findings = findings_of(consultation_id)
    return _with_answers(findings)


def _with_answers(findings: Iterable[Finding]) -> list[Answered]:
    given: dict[int, list[Answer]] = {finding.id: [] for finding in findings}
    rows = db.session.scalars(
        select(Answer).where(Answer.finding_id.in_(given)).order_by(Answer.finding_id, Answer.number)
    )
    for answer in rows:
        given[answer.finding_id].append(answer)
    return [Answered(finding, tuple(given[finding.id])) for finding in findings]


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
