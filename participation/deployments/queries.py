"""Questions about dossiers and their versions."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from participation.database import db
from participation.deployments.checking import completeness_of
from participation.deployments.models import Deployment, DossierVersion


def deployment_by_slug(slug: str) -> Deployment | None:
    return db.session.scalar(select(Deployment).where(Deployment.slug == slug))


def version_of(slug: str, number: int | None = None) -> DossierVersion | None:
    """A published version with its deployment; without a number the latest one."""
    wanted = (
        select(DossierVersion)
        .join(Deployment)
        .where(Deployment.slug == slug)
        .order_by(DossierVersion.number.desc())
        .options(joinedload(DossierVersion.deployment))
        .limit(1)
    )
    return db.session.scalar(wanted if number is None else wanted.where(DossierVersion.number == number))


def complete_dossiers() -> list[DossierVersion]:
    """The latest version of every dossier, by address, if it has no gaps: what people may be asked about."""
    newest = (
        select(DossierVersion)
        .join(Deployment)
        .order_by(Deployment.slug, DossierVersion.number)
        .options(joinedload(DossierVersion.deployment))
    )
    latest = {version.deployment_id: version for version in db.session.scalars(newest)}
    return [version for version in latest.values() if not completeness_of(version.content).missing]
