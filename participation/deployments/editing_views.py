"""Where an organisation's people write a dossier, section by section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from participation.deployments.actions import BASICS, EditedMeanwhileError, save_section, start_dossier
from participation.deployments.basics import NotInThisLanguageError, change_basics
from participation.deployments.checking import completeness_of
from participation.deployments.forms import BasicsForm, StartForm
from participation.deployments.progress import has_news, states_of
from participation.deployments.queries import deployments_of
from participation.deployments.reading import Reader, title_of
from participation.deployments.rights.law import LAWS, binds
from participation.deployments.rights.practices import PRACTICES
from participation.deployments.rights.screen import AREAS, AREAS_ANSWERED, SCREEN
from participation.deployments.rights_form import form_for
from participation.deployments.schema import SECTIONS, WITHHELD, Kind, Tier
from participation.i18n import LANGUAGES
from participation.permissions import (
    Permission,
    for_deployment,
    for_organisation,
    organisations_where,
    requires,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response as AnyResponse

    from participation.deployments.models import Deployment
    from participation.deployments.schema import Field, Section
    from participation.deployments.section_form import SectionForm
    from participation.errors import DomainError
    from participation.organisations.models import Organisation

pages = Blueprint("dossiers", __name__, url_prefix="/<language>/desk")
pages.add_app_template_global(title_of)

BY_KEY = {section.key: section for section in SECTIONS}
Answer = str | tuple[str, int] | Response


@pages.get("/dossiers")
@requires(Permission.DOSSIER_READ)
def desk() -> str:
    """The dossiers of one's organisations, also those that one may only read."""
    organisations = organisations_where(Permission.DOSSIER_READ)
    return render_template(
        "deployments/desk.html",
        editing=organisations_where(Permission.DOSSIER_EDIT),
        dossiers=[
            (deployment, completeness_of(deployment.draft), has_news(deployment))
            for deployment in deployments_of([organisation.id for organisation in organisations])
        ],
    )


@pages.route("/organisations/<slug>/dossiers/new", methods=["GET", "POST"])
@for_organisation(Permission.DOSSIER_EDIT)
def start(organisation: Organisation) -> str | AnyResponse:
    form = StartForm()
    if not form.validate_on_submit():
        return render_template("deployments/start.html", form=form, organisation=organisation)
    deployment = start_dossier(organisation, name=str(form.name.data), main_language=form.main_language.data)
    flash(_("The dossier is begun. Nobody else sees it until you publish it."))
    return redirect(url_for(".section", slug=deployment.slug, key=SECTIONS[0].key))


@pages.route("/d/<slug>/basics", methods=["GET", "POST"])
@for_deployment(Permission.DOSSIER_EDIT)
def basics(deployment: Deployment) -> str | AnyResponse | tuple[str, int]:
    """Whose dossier it is, and its main language."""
    form = BasicsForm(deployment)
    if not form.validate_on_submit():
        return _basics_page(deployment, form)
    try:
        change_basics(
            deployment,
            owner=str(form.owner.data),
            country=form.country.data,
            main_language=form.main_language.data,
            renames=form.renames.data,
            seen=form.revision,
        )
    except EditedMeanwhileError as error:
        form.seen.raw_data = form.seen.data = str(deployment.revision_of(BASICS))
        return _basics_page(deployment, form, is_conflict=True), error.status
    except NotInThisLanguageError as error:
        return _basics_page(deployment, form, untranslated=error.fields), error.status
    flash(_("Saved in the draft."), "success")
    return redirect(url_for("dossier_draft.overview", slug=deployment.slug))


def _basics_page(
    deployment: Deployment,
    form: BasicsForm,
    *,
    is_conflict: bool = False,
    untranslated: Sequence[Field] = (),
) -> str:
    return render_template(
        "deployments/basics.html",
        deployment=deployment,
        form=form,
        is_conflict=is_conflict,
        untranslated=[
            (field, section) for section in SECTIONS for field in section.fields if field in untranslated
        ],
    )


@pages.route("/d/<slug>/sections/<key>", methods=["GET", "POST"])
@for_deployment(Permission.DOSSIER_EDIT)
def section(deployment: Deployment, key: str) -> Answer | AnyResponse:
    """Edit a section. The script asks for the answer in words, by a header."""
    section_ = BY_KEY.get(key) or abort(404)
    if request.method == "GET":
        form = form_for(deployment, section_)
        form.write_beside(request.args.get("beside"))
        return _section_page(deployment, form)
    form = form_for(deployment, section_, request.form)
    if "save" not in request.form:
        return _section_page(deployment, form)
    is_autosave = request.headers.get("X-Autosave") == "1"
    try:
        if not form.errors:
            save_section(deployment, section_, form.values, seen=form.seen)
    except EditedMeanwhileError as error:
        return _conflict(deployment, form, error, in_words=is_autosave)
    if is_autosave:
        return _saved_in_words(deployment, form)
    if form.errors:
        return _section_page(deployment, form), 422
    flash(_("This section is saved in the draft."), "success")
    goal = _next(section_) if request.form["save"] == "next" else section_
    return redirect(url_for(".section", slug=deployment.slug, key=goal.key, beside=form.beside))


def _section_page(deployment: Deployment, form: SectionForm, theirs: dict[str, object] | None = None) -> str:
    return render_template(
        "deployments/section.html",
        deployment=deployment,
        form=form,
        section=form.section,
        sections=states_of(deployment.draft),
        theirs=theirs or {},
        reader=Reader(deployment.draft),
        languages=[tag for tag in LANGUAGES if tag != deployment.main_language],
        practices=PRACTICES,
        laws=LAWS if binds(deployment.country) else (),
        is_last=form.section is SECTIONS[-1],
        Kind=Kind,
        Tier=Tier,
        SCREEN=SCREEN,
        AREAS=AREAS,
        AREAS_ANSWERED=AREAS_ANSWERED,
        WITHHELD=WITHHELD,
    )


def _conflict(
    deployment: Deployment, form: SectionForm, error: DomainError, *, in_words: bool
) -> Answer | AnyResponse:
    """Two people wrote at once: show both, and let the next save stand."""
    if in_words:
        return _in_words(
            _("Somebody else has changed this section too. Press Save to see both."), error.status
        )
    stored, typed = deployment.draft["fields"], form.values
    keys = [field.key for field in form.section.fields]
    theirs = {key: stored.get(key) for key in keys if stored.get(key) != typed.get(key)}
    form.seen = deployment.revision_of(form.section.key)
    return _section_page(deployment, form, theirs), error.status


def _saved_in_words(deployment: Deployment, form: SectionForm) -> AnyResponse:
    if form.errors:
        return _in_words(_("Not saved: something has to be corrected. Press Save to see what."), 422)
    return _in_words(_("Saved in the draft"), 200, revision=deployment.revision_of(form.section.key))


def _in_words(words: str, status: int, **more: object) -> AnyResponse:
    answer: AnyResponse = jsonify(said=words, **more)
    answer.status_code = status
    return answer


def _next(section_: Section) -> Section:
    return SECTIONS[min(SECTIONS.index(section_) + 1, len(SECTIONS) - 1)]
