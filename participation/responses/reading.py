"""What people said and what the authority did about it, in the order and the language in which a person reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from participation.database import now
from participation.i18n import current_language
from participation.outcomes.queries import first_report_at, removed_since
from participation.responses.models import Progress
from participation.responses.queries import answers_to, decisions_of, milestones_of, statements_behind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from participation.consultations.models import Consultation
    from participation.responses.models import Answer, DeploymentDecision, Milestone
    from participation.responses.queries import Answered
    from participation.statements.models import Statement, Wording


@dataclass(frozen=True)
class Said:
    """One finding: what people said, what was answered, and what happened since."""

    answered: Answered
    statement: Statement
    #: None where its words may be shown nowhere any more: they named somebody, or were unlawful.
    wording: Wording | None
    milestones: tuple[Milestone, ...]
    #: By how many days the answer missed, or by now misses, the promised day.
    days_late: int

    @property
    def number(self) -> int:
        return self.answered.finding.number

    @property
    def answer(self) -> Answer | None:
        return self.answered.answer

    @property
    def texts(self) -> dict[str, str]:
        """What people said in every language; nothing where it may be shown nowhere any more."""
        if self.wording is None:
            return {}
        return {tag: text.text for tag, text in sorted(self.statement.texts.items())}

    @property
    def is_open(self) -> bool:
        """Whether the authority still owes an answer."""
        return self.answer is None and not self.answered.finding.is_withdrawn


@dataclass(frozen=True)
class Followed:
    """All that the authority answered and did after one consultation."""

    today: date
    promised: date | None
    has_report: bool
    said: tuple[Said, ...]
    decisions: tuple[DeploymentDecision, ...]
    milestones: tuple[Milestone, ...]

    @property
    def standing(self) -> list[Said]:
        """The findings that hold in the latest version of the report."""
        return [said for said in self.said if not said.answered.finding.is_withdrawn]

    @property
    def withdrawn(self) -> list[Said]:
        return [said for said in self.said if said.answered.finding.is_withdrawn]

    @property
    def unanswered(self) -> list[Said]:
        return [said for said in self.said if said.is_open]

    @property
    def days_late(self) -> int:
        """By how many days the promised day is over while something is unanswered."""
        return max((said.days_late for said in self.unanswered), default=0)

    @property
    def days_without_report(self) -> int:
        """By how many days the promised day is over while there is not even a report to answer."""
        if self.has_report or self.promised is None:
            return 0
        return max(0, (self.today - self.promised).days)

    @property
    def answered_in_time(self) -> int:
        return sum(1 for said in self.standing if said.answer and not said.days_late)

    @property
    def decision(self) -> DeploymentDecision | None:
        return self.decisions[-1] if self.decisions else None

    @property
    def conditions(self) -> list[Milestone]:
        """Those of the decision that holds."""
        return [one for one in self.milestones if self.decision and one.decision_id == self.decision.id]

    @property
    def earlier_conditions(self) -> list[Milestone]:
        """Those of decisions that no longer hold: they bind nobody any more."""
        return [one for one in self.milestones if one.decision_id and one not in self.conditions]

    @property
    def conditions_kept(self) -> int:
        return sum(1 for milestone in self.conditions if milestone.latest.progress is Progress.DONE)


def followed(consultation: Consultation) -> Followed:
    """What came after the report of a consultation. Days are days in its time zone."""
    removed = removed_since(consultation.id)
    answers = answers_to(consultation.id)
    statements = statements_behind(answers)
    milestones = tuple(milestones_of(consultation.id))
    return Followed(
        today=consultation.local(now()).date(),
        promised=consultation.responds_by,
        has_report=first_report_at(consultation.id) is not None,
        said=tuple(_said(consultation, answered, statements, milestones, removed) for answered in answers),
        decisions=tuple(decisions_of(consultation.id)),
        milestones=milestones,
    )


def _said(
    consultation: Consultation,
    answered: Answered,
    statements: Mapping[int, Statement],
    milestones: Sequence[Milestone],
    removed: Collection[int],
) -> Said:
    finding = answered.finding
    statement = statements[finding.statement_id]
    return Said(
        answered=answered,
        statement=statement,
        wording=None if statement.number in removed else statement.wording(current_language().tag),
        milestones=tuple(milestone for milestone in milestones if milestone.finding_id == finding.id),
        days_late=answered.days_late(consultation),
    )
