"""Questions about dossiers and their versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from participation.database import db
from participation.deployments.models import Deployment, DossierVersion

if TYPE_CHECKING:
    from collections.abc import Sequence


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


def published_dossiers() -> Sequence[DossierVersion]:
    """The latest version of every dossier that has one, with its deployment, by address."""
    newest = (
        select(DossierVersion)
        .join(Deployment)
        .order_by(Deployment.slug, DossierVersion.number)
        .options(joinedload(DossierVersion.deployment))
    )
    return list({version.deployment_id: version for version in db.session.scalars(newest)}.values())
