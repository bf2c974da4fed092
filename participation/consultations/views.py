"""The home page, a consultation's own page, and the facilitator's desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from participation.consultations.actions import (
    close_consultation,
    open_consultation,
    publish_consultation,
    show_interim_results,
)
from participation.consultations.forms import ConsultationForm
from participation.consultations.models import Phase
from participation.consultations.queries import (
    consultation_by_slug,
    consultations_of,
    published_consultations,
)
from participation.deployments.checking import completeness_of
from participation.deployments.queries import complete_dossiers
from participation.deployments.reading import glossary_of
from participation.deployments.schema import SECTIONS
from participation.formatting import in_language
from participation.i18n import preferred_language
from participation.organisations.forms import ROLE_NAMES
from participation.organisations.queries import memberships_of
from participation.permissions import (
    ALLOWED,
    Permission,
    anyone,
    for_consultation,
    may_anywhere,
    organisations_where,
    requires,
    signed_in,
)
from participation.slugs import free_slug
from participation.statements.actions import LONGEST_STATEMENT, create_draft

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation

pages = Blueprint("consultations", __name__)

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
    version = consultation.dossier_version
    return render_template(
        "consultations/show.html",
        consultation=consultation,
        text=text,
        glossary=glossary_of(version.content if version else None, text.language),
        completeness=completeness_of(version.content) if version else None,
        sections=SECTIONS,
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
        may_edit_dossiers=may_anywhere(Permission.DOSSIER_EDIT),
    )


@pages.route("/<language>/desk/new", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_CREATE)
def create() -> str | Response:
    form = ConsultationForm(organisations_where(Permission.CONSULTATION_CREATE), complete_dossiers())
    if form.only_chooses_languages() or not form.validate_on_submit():
        return render_template("consultations/create.html", form=form, limit=LONGEST_STATEMENT)
    texts, main_language = form.texts(), form.main_language.data
    main_first = sorted(texts.values(), key=lambda text: text.language != main_language)
    consultation = create_draft(
        current_user,
        slug=free_slug(
            (text.title for text in main_first), otherwise="consultation", is_taken=consultation_by_slug
        ),
        main_language=main_language,
        texts=texts,
        opens_at=form.opens_at(),
        closes_at=form.closes_at(),
        seeds=form.seed_texts(),
        responds_by=form.responds_by.data,
        dossier_version=form.dossier_version(),
        organisation=form.run_by(),
        shows_interim_results=form.shows_interim_results.data,
    )
    flash(_("The consultation is saved as a draft. Only you can see it until you publish it."))
    return redirect(url_for(".manage", slug=consultation.slug))


@pages.get("/<language>/desk/c/<slug>")
@for_consultation(Permission.CONSULTATION_MANAGE)
def manage(consultation: Consultation) -> str:
    return render_template("consultations/manage.html", consultation=consultation, Phase=Phase)


@pages.post("/<language>/desk/c/<slug>/interim-results")
@for_consultation(Permission.CONSULTATION_MANAGE)
def choose_interim_results(consultation: Consultation) -> Response:
    """Let everybody read results while people vote, or nobody."""
    show_interim_results(consultation, shown="shown" in request.form)
    flash(_("Saved."))
    return redirect(url_for(".manage", slug=consultation.slug))


@pages.post("/<language>/desk/c/<slug>/<any(publish, open, close):step>")
@for_consultation(Permission.CONSULTATION_MANAGE)
def take_step(consultation: Consultation, step: str) -> Response:
    STEPS[step](consultation)
    flash(_("Done. The consultation's page now says so too."))
    return redirect(url_for(".manage", slug=consultation.slug))
