"""Questions about consultations that ask the same in several places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import false, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from participation.consultations.models import Consultation
from participation.database import db, now
from participation.deployments.models import DossierVersion
from participation.statements.models import State, Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

# So many statements in common make two consultations worth comparing, also on different dossiers.
ENOUGH_IN_COMMON = 3


def comparable_with(consultation: Consultation) -> Sequence[Consultation]:
    """Other closed consultations that share statements with this one, by the day they closed.

    They are on the same dossier and share a key, or share ENOUGH_IN_COMMON keys.
    """
    here, there = aliased(Statement), aliased(Statement)
    shared = (
        select(there.consultation_id, func.count().label("number"))
        .join(here, here.key == there.key)
        .where(
            here.consultation_id == consultation.id,
            there.consultation_id != consultation.id,
            here.state == State.PUBLISHED,
            there.state == State.PUBLISHED,
        )
        .group_by(there.consultation_id)
        .subquery()
    )
    version = consultation.dossier_version
    same_dossier = DossierVersion.deployment_id == version.deployment_id if version else false()
    return db.session.scalars(
        select(Consultation)
        .join(shared, shared.c.consultation_id == Consultation.id)
        .outerjoin(DossierVersion, DossierVersion.id == Consultation.dossier_version_id)
        .where(
            Consultation.published_at.is_not(None),
            # Made-up votes are compared with made-up ones alone.
            Consultation.is_demonstration == consultation.is_demonstration,
            Consultation.closes_at <= now(),
            or_(same_dossier, shared.c.number >= ENOUGH_IN_COMMON),
        )
        .order_by(Consultation.closes_at, Consultation.id)
        .options(selectinload(Consultation.texts), joinedload(Consultation.organisation))
    ).all()


def keys_of(consultation_id: int) -> dict[str, int]:
    """The ids of the published statements that have a key, by key."""
    rows = db.session.execute(
        select(Statement.key, Statement.id).where(
            Statement.consultation_id == consultation_id,
            Statement.key.is_not(None),
            Statement.state == State.PUBLISHED,
        )
    )
    return {row.key: row.id for row in rows}
