"""The home page, a consultation's own page, and the facilitator's desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from participation.admission.queries import sheets_of
from participation.building.checklist import FEWEST_SEEDS, Step, blockers_of, seeds_of
from participation.building.drafts import NotReadyError, publish_consultation
from participation.consultations.actions import (
    close_consultation,
    open_consultation,
    publish_votes,
    show_interim_results,
)
from participation.consultations.models import Phase
from participation.consultations.promises import votes_in_words
from participation.consultations.queries import (
    consultations_of,
    corrections_of,
    published_consultations,
)
from participation.consultations.stages import stages_of
from participation.deployments.checking import completeness_of
from participation.deployments.reading import glossary_of
from participation.deployments.schema import SECTIONS
from participation.formatting import in_language
from participation.i18n import preferred_language
from participation.organisations.queries import memberships_of
from participation.organisations.words import ROLE_NAMES
from participation.paper.queries import open_batches_of
from participation.permissions import (
    ALLOWED,
    Permission,
    anyone,
    for_consultation,
    may,
    may_anywhere,
    may_at,
    signed_in,
)
from participation.previews.queries import links_of
from participation.questions.queries import questions_of
from participation.responses.afterwards import afterwards_of
from participation.statements.models import State
from participation.statements.queries import statements_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation

pages = Blueprint("consultations", __name__)
pages.add_app_template_global(votes_in_words)

STEPS = {"publish": publish_consultation, "open": open_consultation, "close": close_consultation}


@pages.get("/")
@anyone
def root() -> Response:
    """Send a visitor to the home page in their language."""
    return redirect(url_for(".home", language=preferred_language().tag))


@pages.get("/<language>/")
@anyone
def home() -> str:
    by_phase: dict[Phase, list[Consultation]] = {phase: [] for phase in Phase}
    for consultation in published_consultations():
        by_phase[consultation.phase()].append(consultation)
    return render_template("consultations/home.html", by_phase=by_phase, Phase=Phase)


@pages.get("/<language>/c/<slug>")
@for_consultation()
def show(consultation: Consultation) -> str:
    """What people read before they vote: the six things first, then the dossier in layers."""
    text = in_language(consultation.texts, consultation)
    version, afterwards = consultation.dossier_version, afterwards_of(consultation)
    return render_template(
        "consultations/show.html",
        consultation=consultation,
        text=text,
        glossary=glossary_of(version.content if version else None, text.language),
        completeness=completeness_of(version.content) if version else None,
        sections=SECTIONS,
        corrections=corrections_of(consultation.id),
        stages=stages_of(consultation, afterwards),
        afterwards=afterwards,
    )


@pages.get("/<language>/desk")
@signed_in
def desk() -> str:
    """The consultations of the person who signed in."""
    return render_template(
        "consultations/desk.html",
        consultations=[
            (consultation, frozenset().union(*(ALLOWED[role] for role in roles)))
            for consultation, roles in consultations_of(current_user.id)
        ],
        organisations=memberships_of(current_user.id),
        role_names=ROLE_NAMES,
        Permission=Permission,
        may_create=may_anywhere(Permission.CONSULTATION_CREATE),
        may_found=may_anywhere(Permission.ORGANISATION_FOUND),
    )


@pages.get("/<language>/desk/c/<slug>")
@for_consultation(Permission.CONSULTATION_MANAGE)
def manage(consultation: Consultation) -> str:
    """What is done and what is missing, and where each thing is done."""
    return _manage_page(consultation)


@pages.post("/<language>/desk/c/<slug>/interim-results")
@for_consultation(Permission.CONSULTATION_MANAGE)
def choose_interim_results(consultation: Consultation) -> Response:
    """Let everybody read results while people vote, or nobody."""
    show_interim_results(consultation, shown="shown" in request.form)
    flash(_("Saved."))
    return redirect(url_for(".manage", slug=consultation.slug))


@pages.post("/<language>/desk/c/<slug>/open-votes")
@for_consultation(Permission.CONSULTATION_MANAGE)
def choose_open_votes(consultation: Consultation) -> Response:
    """Publish the single votes after closing, or only counts."""
    publish_votes(consultation, published="published" in request.form)
    flash(_("Saved."))
    return redirect(url_for(".manage", slug=consultation.slug))


@pages.post("/<language>/desk/c/<slug>/<any(publish, open, close):step>")
@for_consultation(Permission.CONSULTATION_MANAGE)
def take_step(consultation: Consultation, step: str) -> Response | tuple[str, int]:
    try:
        STEPS[step](consultation)
    except NotReadyError as error:
        return _manage_page(consultation, refused=error), error.status
    flash(_("Done. The consultation's page now says so too."))
    return redirect(url_for(".manage", slug=consultation.slug))


def _manage_page(consultation: Consultation, refused: NotReadyError | None = None) -> str:
    waiting = statements_of(consultation.id, State.WAITING)
    is_draft = consultation.phase() is Phase.DRAFT
    return render_template(
        "consultations/manage.html",
        consultation=consultation,
        Phase=Phase,
        Permission=Permission,
        may=may,
        Step=Step,
        refused=refused,
        blockers=blockers_of(consultation) if is_draft else [],
        seeds=seeds_of(consultation),
        fewest_seeds=FEWEST_SEEDS,
        waiting=len(waiting),
        asked=len(questions_of(consultation.id)),
        sheets=sheets_of(consultation.id),
        stages=stages_of(consultation, afterwards_of(consultation)),
        open_batches=open_batches_of(consultation.id),
        previews=links_of(consultation),
        may_copy=may_anywhere(Permission.CONSULTATION_CREATE),
        manages_people=bool(
            consultation.organisation and may_at(Permission.ORGANISATION_MANAGE, consultation.organisation)
        ),
    )
