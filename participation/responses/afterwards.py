"""What has come of a consultation: the facts from which its last stages follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from participation.consultations.stages import NOTHING_YET, Afterwards
from participation.outcomes.queries import first_report_at
from participation.responses.models import DeploymentDecision, MilestoneStep
from participation.responses.queries import answers_to, publications

if TYPE_CHECKING:
    from datetime import datetime

    from participation.consultations.models import Consultation


def afterwards_of(consultation: Consultation) -> Afterwards:
    """When the report was published, its last finding was answered, and news of what was done came after that."""
    reported_at = first_report_at(consultation.id)
    if reported_at is None:
        return NOTHING_YET
    answered_at = _answered_at(consultation.id)
    news = (
        *publications(DeploymentDecision, consultation.id),
        *publications(MilestoneStep, consultation.id),
    )
    return Afterwards(
        reported_at=reported_at,
        answered_at=answered_at,
        followed_up_at=max(min(news), answered_at) if news and answered_at else None,
    )


def _answered_at(consultation_id: int) -> datetime | None:
    """When the last finding that stands got its first answer; None while one has none."""
    standing = [one for one in answers_to(consultation_id) if not one.finding.is_withdrawn]
    first = [one.answers[0].published_at for one in standing if one.answers]
    return max(first) if first and len(first) == len(standing) else None
