"""Questions across all consultations: what was found, what was answered and when, what was promised and kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from participation.consultations.models import Consultation
from participation.database import db, now
from participation.deployments.models import Deployment, DossierVersion
from participation.outcomes.models import Report
from participation.responses.models import Course, DeploymentDecision, Milestone, Progress
from participation.responses.queries import answers_by_consultation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from participation.responses.queries import Answered


@dataclass(frozen=True)
class Tally:
    """What an authority owed after one or more consultations, and what it gave. Withdrawn findings do not count."""

    findings: int = 0
    answered: int = 0
    in_time: int = 0
    #: Findings without an answer after the promised day.
    overdue: int = 0
    conditions: int = 0
    kept: int = 0
    #: Milestones, conditions among them, that are planned and whose day is over.
    late_milestones: int = 0
    #: Consultations whose promised day is over and that have no report, so that nothing could be answered.
    reports_overdue: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(mine + theirs for mine, theirs in zip(_figures(self), _figures(other), strict=True)))


def _figures(tally: Tally) -> tuple[int, ...]:
    return (
        *(tally.findings, tally.answered, tally.in_time, tally.overdue),
        *(tally.conditions, tally.kept, tally.late_milestones, tally.reports_overdue),
    )


@dataclass(frozen=True)
class Entry:
    """One consultation in the register."""

    consultation: Consultation
    tally: Tally
    #: What was decided about the system, if anything.
    course: Course | None
    has_report: bool

    @property
    def deployment(self) -> Deployment | None:
        version = self.consultation.dossier_version
        return version.deployment if version else None

    @property
    def country(self) -> str | None:
        """ISO 3166-1 alpha-2: of the organisation, or else of the dossier."""
        organisation = self.consultation.organisation
        if organisation:
            return organisation.country
        return self.deployment.country if self.deployment else None


def entries() -> list[Entry]:
    """Every consultation that the public may see, the one that closes last first."""
    consultations = _published()
    answered, milestones, decisions = answers_by_consultation(), _milestones(), _decisions()
    reported = set(db.session.scalars(select(Report.consultation_id).where(Report.number == 1)))
    return [
        Entry(
            consultation,
            _tally(
                consultation,
                answered[consultation.id],
                milestones[consultation.id],
                decisions.get(consultation.id),
                has_report=consultation.id in reported,
            ),
            decision.course if (decision := decisions.get(consultation.id)) else None,
            has_report=consultation.id in reported,
        )
        for consultation in consultations
    ]


def dossiers_without_consultation() -> Sequence[Deployment]:
    """Published dossiers about which nobody has been asked yet, the newest first."""
    asked = (
        select(DossierVersion.deployment_id)
        .join(Consultation, Consultation.dossier_version_id == DossierVersion.id)
        .where(Consultation.published_at.is_not(None))
    )
    return db.session.scalars(
        select(Deployment)
        .where(Deployment.versions.any(), Deployment.id.not_in(asked))
        .order_by(Deployment.created_at.desc(), Deployment.id)
        .options(selectinload(Deployment.versions), joinedload(Deployment.organisation))
    ).all()


def _published() -> Sequence[Consultation]:
    return db.session.scalars(
        select(Consultation)
        .where(Consultation.published_at.is_not(None))
        .order_by(Consultation.closes_at.desc(), Consultation.id)
        .options(
            selectinload(Consultation.texts),
            joinedload(Consultation.organisation),
            joinedload(Consultation.dossier_version).joinedload(DossierVersion.deployment),
        )
    ).all()


def _milestones() -> defaultdict[int, list[Milestone]]:
    found: defaultdict[int, list[Milestone]] = defaultdict(list)
    for milestone in db.session.scalars(select(Milestone).options(selectinload(Milestone.steps))):
        found[milestone.consultation_id].append(milestone)
    return found


def _decisions() -> dict[int, DeploymentDecision]:
    """By consultation, the decision that holds."""
    made = db.session.scalars(select(DeploymentDecision).order_by(DeploymentDecision.number))
    return {decision.consultation_id: decision for decision in made}


def _tally(
    consultation: Consultation,
    answered: Iterable[Answered],
    milestones: Iterable[Milestone],
    decision: DeploymentDecision | None,
    *,
    has_report: bool,
) -> Tally:
    today = consultation.local(now()).date()
    counts: Counter[str] = Counter()
    for one in answered:
        if one.finding.is_withdrawn:
            continue
        late = one.days_late(consultation) > 0
        counts["findings"] += 1
        counts["answered"] += bool(one.answers)
        counts["in_time"] += bool(one.answers) and not late
        counts["overdue"] += late and not one.answers
    for milestone in milestones:
        if milestone.decision_id is not None:
            if decision is None or milestone.decision_id != decision.id:
                # The condition of a decision that no longer holds binds nobody.
                continue
            counts["conditions"] += 1
            counts["kept"] += milestone.latest.progress is Progress.DONE
        counts["late_milestones"] += milestone.is_late(today)
    promised = consultation.responds_by
    counts["reports_overdue"] = not has_report and promised is not None and today > promised
    return Tally(**counts)
