"""What has come of a consultation: the facts from which its last stages follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from participation.consultations.stages import NOTHING_YET, Afterwards
from participation.opinions.queries import snapshot_of

if TYPE_CHECKING:
    from participation.consultations.models import Consultation


def afterwards_of(consultation: Consultation) -> Afterwards:
    """The report is there once the votes were counted after closing."""
    if not consultation.is_closed:
        return NOTHING_YET
    snapshot = snapshot_of(consultation.id)
    counted = snapshot is not None and snapshot.gathered_at >= consultation.closes_at
    return Afterwards(reported_at=snapshot.gathered_at if snapshot and counted else None)
