"""What changes a dossier: its draft is written, and published as a version that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from flask_babel import lazy_gettext as _l

from participation.database import db
from participation.deployments.checking import problems_in
from participation.deployments.models import Deployment, DossierVersion
from participation.deployments.queries import deployment_by_slug
from participation.deployments.schema import SCHEMA_VERSION, SECTIONS
from participation.errors import DomainError
from participation.fingerprints import fingerprint_of
from participation.slugs import free_slug
from participation.transparency.actions import record
from participation.transparency.models import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from participation.deployments.models import Content
    from participation.deployments.schema import Section
    from participation.organisations.models import Organisation


#: What changes of owner, country and main language are counted under, beside the sections.
BASICS = "basics"


class DossierNotValidError(DomainError):
    message = _l("This dossier cannot be used as it is. Correct what is listed and try again.")
    status = 422

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(*problems)
        self.problems = problems


class NothingNewError(DomainError):
    message = _l("The draft says the same as the version that is published.")


class EditedMeanwhileError(DomainError):
    message = _l(
        "Somebody else has changed this section since you opened it. Compare the two, then save again."
    )


class DraftChangedError(DomainError):
    message = _l("The draft has changed since you opened this page. Look at the differences again.")


def start_dossier(organisation: Organisation, *, name: str, main_language: str) -> Deployment:
    """Begin a dossier that the organisation's members may edit."""
    slug = free_slug([name], otherwise="dossier", is_taken=deployment_by_slug)
    deployment = add_draft(
        {
            "schema_version": SCHEMA_VERSION,
            "slug": slug,
            "owner": organisation.name,
            "country": organisation.country,
            "main_language": main_language,
            "fields": {"name": {main_language: name}},
        }
    )
    deployment.organisation = organisation
    db.session.commit()
    return deployment


def give_to(deployment: Deployment, organisation: Organisation) -> None:
    """Let an organisation's members edit a dossier that came in as a file."""
    deployment.organisation = organisation
    db.session.commit()


def save_section(deployment: Deployment, section: Section, values: Mapping[str, Any], *, seen: int) -> None:
    """Keep what a section of the draft says now. It may have gaps; what it no longer says is gone.

    Args:
        values: by the key of the field; a fact that is not in it is not stated.
        seen: the revision of the section that was changed.

    Raises:
        EditedMeanwhileError: somebody else has saved it since, and says something else.
        DossierNotValidError

    """
    take_turns(deployment)
    draft = deployment.draft
    keys = {field.key for field in section.fields}
    others = {key: value for key, value in draft["fields"].items() if key not in keys}
    content = {**draft, "fields": {**others, **values}}
    if content != draft and deployment.revision_of(section.key) != seen:
        db.session.rollback()
        raise EditedMeanwhileError
    if problems := problems_in(content):
        db.session.rollback()
        raise DossierNotValidError(problems)
    write(deployment, content)
    db.session.commit()


def replace_draft(deployment: Deployment, content: object) -> None:
    """Let a file be the draft. Its address stays as it is, whatever the file says.

    Raises:
        DossierNotValidError

    """
    named = {**content, "slug": deployment.slug} if isinstance(content, dict) else content
    take_turns(deployment)
    if problems := problems_in(named):
        db.session.rollback()
        raise DossierNotValidError(problems)
    write(deployment, cast("Content", named))
    db.session.commit()


def save_draft(content: Content) -> Deployment:
    """Keep a dossier as the draft of the deployment that it names; a new one if there is none. It may have gaps.

    Raises:
        DossierNotValidError: it is not what the schema asks for; `problems` says where.

    """
    deployment = add_draft(content)
    db.session.commit()
    return deployment


def publish_version(deployment: Deployment, *, seen: str | None = None) -> DossierVersion:
    """Let the public see the draft, as a version that nobody can change.

    Args:
        seen: the fingerprint of what somebody has read and wants to publish.

    Raises:
        NothingNewError: it equals the latest version.
        DraftChangedError: the draft is not what was read.

    """
    version = add_version(deployment)
    if seen is not None and seen != version.sha256:
        db.session.rollback()
        raise DraftChangedError
    db.session.commit()
    return version


def add_draft(content: Content) -> Deployment:
    """`save_draft` without the commit."""
    if problems := problems_in(content):
        raise DossierNotValidError(problems)
    deployment = deployment_by_slug(content["slug"]) or Deployment(slug=content["slug"])
    write(deployment, content)
    db.session.add(deployment)
    db.session.flush()
    return deployment


def add_version(deployment: Deployment) -> DossierVersion:
    """`publish_version` without the commit."""
    # So that no two versions get one number.
    take_turns(deployment)
    latest = deployment.latest
    fingerprint = fingerprint_of(deployment.draft)
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
    organisation = deployment.organisation
    record(
        Kind.DOSSIER_PUBLISHED,
        {"dossier": deployment.slug, "version": version.number, "sha256": fingerprint},
        organisation=organisation.slug if organisation else None,
    )
    return version


def write(deployment: Deployment, content: Content) -> None:
    """Make this the draft, and count a change of each part that says something else now. Not committed here."""
    before = deployment.draft or {"fields": {}}
    fields = before["fields"]
    deployment.section_revisions = {
        section.key: deployment.revision_of(section.key)
        + any(fields.get(field.key) != content["fields"].get(field.key) for field in section.fields)
        for section in SECTIONS
    } | {
        BASICS: deployment.revision_of(BASICS)
        + any(before.get(key) != content[key] for key in ("owner", "country", "main_language"))
    }
    deployment.owner = content["owner"]
    deployment.country = content["country"]
    deployment.main_language = content["main_language"]
    deployment.draft = content


def take_turns(deployment: Deployment) -> None:
    """Let nobody else change the dossier until this transaction ends, and see what it says now."""
    db.session.refresh(deployment, with_for_update=True)
