"""Questions about dossiers and their versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from participation.database import db
from participation.deployments.checking import completeness_of
from participation.deployments.models import Deployment, DossierTranslation, DossierVersion

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from participation.deployments.models import Content


def deployment_by_slug(slug: str) -> Deployment | None:
    return db.session.scalar(select(Deployment).where(Deployment.slug == slug))


def draft_called(slug: str) -> Content | None:
    """What the next version of a dossier would say."""
    return db.session.scalar(select(Deployment.draft).where(Deployment.slug == slug))


def deployments_of(organisation_ids: Collection[int]) -> Sequence[Deployment]:
    """The dossiers of these organisations with their versions, the newest first."""
    return db.session.scalars(
        select(Deployment)
        .where(Deployment.organisation_id.in_(organisation_ids))
        .order_by(Deployment.created_at.desc(), Deployment.id.desc())
        .options(joinedload(Deployment.organisation), selectinload(Deployment.versions))
    ).all()


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


def translations_of(deployment_id: int, language: str) -> dict[str, DossierTranslation]:
    """The translations into a language that hold, by the place of the text."""
    made = db.session.scalars(
        select(DossierTranslation)
        .where(DossierTranslation.deployment_id == deployment_id, DossierTranslation.language == language)
        .order_by(DossierTranslation.id)
        .execution_options(populate_existing=True)
    )
    latest = {one.place: one for one in made}
    return {place: one for place, one in latest.items() if one.taken_back_at is None}
