"""The public pages of a dossier: its latest version, earlier ones, what changed, and the data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, render_template, request

from participation.consultations.queries import consultations_about
from participation.deployments.changes import changes_between
from participation.deployments.checking import completeness_of, is_withheld
from participation.deployments.queries import translations_of, version_of
from participation.deployments.reading import Reader
from participation.deployments.rights.screen import RightsReading
from participation.deployments.schema import FIELDS, SECTIONS, Kind, Tier
from participation.fingerprints import canonical
from participation.i18n import current_language
from participation.permissions import anyone
from participation.responses.queries import decisions_of
from participation.responses.words import COURSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from participation.consultations.models import Consultation
    from participation.deployments.models import Content, DossierVersion

pages = Blueprint("deployments", __name__)

#: What most people want to know first.
IN_SHORT = (
    *("purpose_and_impact", "role_of_system", "lifecycle_status"),
    *("decision_body", "decision_due_on", "decision_still_open"),
)


@pages.get("/<language>/d/<slug>")
@anyone
def show(slug: str) -> str:
    """The latest version."""
    return _page(_version_or_404(slug))


@pages.get("/<language>/d/<slug>/versions/<int:number>")
@anyone
def version(slug: str, number: int) -> str:
    return _page(_version_or_404(slug, number))


@pages.get("/<language>/d/<slug>/versions/<int:number>/changes")
@anyone
def changes(slug: str, number: int) -> str:
    """What is different from the version before, or from the one that `since` names."""
    after = _version_or_404(slug, number)
    before = _version_or_404(slug, request.args.get("since", number - 1, type=int))
    return render_template(
        "deployments/changes.html",
        before=before,
        after=after,
        changes=changes_between(before.content, after.content),
        demonstration=_is_made_up(consultations_about(after.deployment_id)),
    )


@pages.get("/d/<slug>.json")
@anyone
def as_json(slug: str) -> Response:
    """The latest version, to the byte what its fingerprint is of."""
    return _data(_version_or_404(slug))


@pages.get("/d/<slug>/versions/<int:number>.json")
@anyone
def version_as_json(slug: str, number: int) -> Response:
    return _data(_version_or_404(slug, number))


def _page(version: DossierVersion) -> str:
    consultations = consultations_about(version.deployment_id)
    return render_template(
        "deployments/show.html",
        version=version,
        deployment=version.deployment,
        consultations=consultations,
        decided=[(asked, made) for asked in consultations for made in decisions_of(asked.id)[-1:]],
        courses=COURSES,
        demonstration=_is_made_up(consultations),
        **what_a_dossier_shows(version.content, version.deployment_id),
    )


def what_a_dossier_shows(content: Content, deployment_id: int) -> dict[str, Any]:
    """What the body of the page is made of, for a version or a draft."""
    translations = translations_of(deployment_id, current_language().tag)
    return {
        "reader": Reader(content, translations.values()),
        "completeness": completeness_of(content),
        "in_short": [FIELDS[key] for key in IN_SHORT],
        "sections": SECTIONS,
        "is_withheld": is_withheld,
        "rights": RightsReading(content),
        "Kind": Kind,
        "Tier": Tier,
    }


def _is_made_up(consultations: Sequence[Consultation]) -> bool:
    return any(consultation.is_demonstration for consultation in consultations)


def _data(version: DossierVersion) -> Response:
    return Response(canonical(version.content), mimetype="application/json")


def _version_or_404(slug: str, number: int | None = None) -> DossierVersion:
    # PostgreSQL cannot even be asked about a text with a NUL in it.
    return (version_of(slug, number) if slug.isprintable() else None) or abort(404)
