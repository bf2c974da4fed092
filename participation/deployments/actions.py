"""What changes a dossier: its draft is written, and published as a version that stays."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from participation.database import db
from participation.deployments.checking import canonical, problems_in
from participation.deployments.models import Deployment, DossierVersion
from participation.deployments.queries import deployment_by_slug
from participation.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from participation.deployments.models import Content


class DossierNotValidError(DomainError):
    message = _l("This dossier cannot be used as it is. Correct what is listed and try again.")
    status = 422

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(*problems)
        self.problems = problems


class NothingNewError(DomainError):
    message = _l("The draft says the same as the version that is published.")


def save_draft(content: Content) -> Deployment:
    """Keep a dossier as the draft of the deployment that it names; a new one if there is none. It may have gaps.

    Raises:
        DossierNotValidError: it is not what the schema asks for; `problems` says where.

    """
    deployment = add_draft(content)
    db.session.commit()
    return deployment


def publish_version(deployment: Deployment) -> DossierVersion:
    """Let the public see the draft, as a version that nobody can change.

    Raises:
        NothingNewError: it equals the latest version.

    """
    version = add_version(deployment)
    db.session.commit()
    return version


def add_draft(content: Content) -> Deployment:
    """`save_draft` without the commit."""
    if problems := problems_in(content):
        raise DossierNotValidError(problems)
    deployment = deployment_by_slug(content["slug"]) or Deployment(slug=content["slug"])
    deployment.owner = content["owner"]
    deployment.country = content["country"]
    deployment.main_language = content["main_language"]
    deployment.draft = content
    db.session.add(deployment)
    db.session.flush()
    return deployment


def add_version(deployment: Deployment) -> DossierVersion:
    """`publish_version` without the commit."""
    # Takes turns with others who publish, so that no two versions get one number.
    db.session.refresh(deployment, with_for_update=True)
    latest = deployment.latest
    fingerprint = hashlib.sha256(canonical(deployment.draft)).hexdigest()
    if latest and latest.sha256 == fingerprint:
        raise NothingNewError
    version = DossierVersion(
        deployment=deployment,
        number=latest.number + 1 if latest else 1,
        content=deployment.draft,
        sha256=fingerprint,
    )
    db.session.add(version)
    db.session.flush()
    return version
