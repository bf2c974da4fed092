"""Whether what was published after closing is still what the log says: reports, answers, decisions, milestones."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from participation.consultations.models import Consultation
from participation.database import db
from participation.fingerprints import fingerprint_of
from participation.outcomes.models import Finding, Report
from participation.responses.as_json import answer_as_json, decision_as_json, step_as_json
from participation.responses.models import Answer, DeploymentDecision, Milestone, MilestoneStep
from participation.transparency.models import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from participation.transparency.models import LogEntry

NAMES = {
    Kind.REPORT_PUBLISHED: "A report",
    Kind.ANSWER_GIVEN: "An answer",
    Kind.DECISION_RECORDED: "A decision about a system",
    Kind.MILESTONE_CHANGED: "A milestone",
}


class Published(NamedTuple):
    """Something that was published, by its fingerprint."""

    kind: Kind
    consultation: str
    sha256: str

    @property
    def name(self) -> str:
        return f"{NAMES[self.kind]} of {self.consultation}"


def in_the_log(rows: Sequence[LogEntry]) -> Counter[Published]:
    return Counter(
        Published(row.kind, str(row.consultation), row.facts["sha256"]) for row in rows if row.kind in NAMES
    )


def in_the_database(slugs: set[str]) -> Counter[Published]:
    """What these consultations have published, with the fingerprints of what it says now."""
    return Counter(one for one in _everything() if one.consultation in slugs)


def _everything() -> Iterator[Published]:
    slug = Consultation.slug
    reports = select(Report, slug).join(Consultation, Consultation.id == Report.consultation_id)
    for report, name in db.session.execute(reports.execution_options(yield_per=1)):
        said = fingerprint_of({"facts": report.facts, "words": report.words})
        # A report carries its own fingerprint: that one must be true as well.
        yield Published(Kind.REPORT_PUBLISHED, name, said if said == report.sha256 else "")
    answers = (
        select(Answer, slug)
        .join(Finding, Finding.id == Answer.finding_id)
        .join(Consultation, Consultation.id == Finding.consultation_id)
    )
    for answer, name in db.session.execute(answers):
        yield Published(Kind.ANSWER_GIVEN, name, fingerprint_of(answer_as_json(answer)))
    decisions = select(DeploymentDecision, slug).join(
        Consultation, Consultation.id == DeploymentDecision.consultation_id
    )
    for decision, name in db.session.execute(decisions):
        yield Published(Kind.DECISION_RECORDED, name, fingerprint_of(decision_as_json(decision)))
    steps = (
        select(MilestoneStep, slug)
        .join(Milestone, Milestone.id == MilestoneStep.milestone_id)
        .join(Consultation, Consultation.id == Milestone.consultation_id)
    )
    for step, name in db.session.execute(steps):
        yield Published(Kind.MILESTONE_CHANGED, name, fingerprint_of(step_as_json(step)))
