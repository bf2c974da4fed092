"""Questions across all consultations: what was found, what was answered and when, what was promised and kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from participation.consultations.models import Consultation
from participation.database import db, now
from participation.deployments.models import Deployment, DossierVersion
from participation.outcomes.models import Finding
from participation.responses.models import Answer, Course, DeploymentDecision, Milestone, Progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime


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

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(mine + theirs for mine, theirs in zip(_figures(self), _figures(other), strict=True)))


def _figures(tally: Tally) -> tuple[int, ...]:
    return (
        *(tally.findings, tally.answered, tally.in_time, tally.overdue),
        *(tally.conditions, tally.kept, tally.late_milestones),
    )


@dataclass(frozen=True)
class Entry:
    """One consultation in the register."""

    consultation: Consultation
    tally: Tally
    #: What was decided about the system, if anything.
    course: Course | None

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
    findings, milestones, courses = _findings(), _milestones(), _courses()
    return [
        Entry(
            consultation,
            _tally(consultation, findings[consultation.id], milestones[consultation.id]),
            courses.get(consultation.id),
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


def _findings() -> defaultdict[int, list[datetime | None]]:
    """By consultation, when each finding that stands got its first answer."""
    first = func.min(Answer.published_at)
    rows = db.session.execute(
        select(Finding.consultation_id, first)
        .outerjoin(Answer, Answer.finding_id == Finding.id)
        .where(Finding.withdrawn_in_id.is_(None))
        .group_by(Finding.id, Finding.consultation_id)
    )
    found: defaultdict[int, list[datetime | None]] = defaultdict(list)
    for consultation_id, answered_at in rows:
        found[consultation_id].append(answered_at)
    return found


def _milestones() -> defaultdict[int, list[Milestone]]:
    found: defaultdict[int, list[Milestone]] = defaultdict(list)
    for milestone in db.session.scalars(select(Milestone).options(selectinload(Milestone.steps))):
        found[milestone.consultation_id].append(milestone)
    return found


def _courses() -> dict[int, Course]:
    rows = db.session.execute(
        select(DeploymentDecision.consultation_id, DeploymentDecision.course).order_by(
            DeploymentDecision.number
        )
    )
    return {row.consultation_id: row.course for row in rows}


def _tally(
    consultation: Consultation, answered: Iterable[datetime | None], milestones: Iterable[Milestone]
) -> Tally:
    zone = ZoneInfo(consultation.time_zone)
    today, promised = now().astimezone(zone).date(), consultation.responds_by
    counts: Counter[str] = Counter()
    for moment in answered:
        counts["findings"] += 1
        if moment is None:
            counts["overdue"] += bool(promised and today > promised)
        else:
            counts["answered"] += 1
            counts["in_time"] += not promised or moment.astimezone(zone).date() <= promised
    for milestone in milestones:
        is_condition = milestone.decision_id is not None
        counts["conditions"] += is_condition
        counts["kept"] += is_condition and milestone.latest.progress is Progress.DONE
        counts["late_milestones"] += milestone.is_late(today)
    return Tally(**counts)
