"""The pages on which a draft is written and its first statements are gathered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from participation.building.checklist import seeds_of
from participation.building.drafts import (
    EditedMeanwhileError,
    LanguageInUseError,
    copy_consultation,
    create_draft,
    save_draft,
)
from participation.building.forms import ConsultationForm
from participation.building.ready_made import READY_MADE
from participation.building.seed_forms import LEANINGS, ManySeedsForm, SeedForm, read_leanings
from participation.building.seeds import (
    KeyTakenError,
    SeedGoneError,
    add_seeds,
    change_seed,
    delete_seed,
    mark_leanings,
)
from participation.consultations.actions import WrongPhaseError
from participation.consultations.models import Phase
from participation.consultations.queries import consultation_by_slug
from participation.deployments.queries import complete_dossiers
from participation.permissions import Permission, for_consultation, organisations_where, requires
from participation.slugs import free_slug
from participation.statements.actions import LONGEST_STATEMENT, AlreadySaidError
from participation.statements.queries import statements_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Response

    from participation.building.seed_file import Reading
    from participation.consultations.models import Consultation, ConsultationText

pages = Blueprint("building", __name__, url_prefix="/<language>/desk")


@pages.route("/new", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_CREATE)
def create() -> str | Response:
    form = ConsultationForm(organisations_where(Permission.CONSULTATION_CREATE), complete_dossiers())
    if form.only_chooses_languages() or not form.validate_on_submit():
        return _draft_page(form)
    plan = form.plan()
    consultation = create_draft(
        current_user, plan, slug=_slug_for(plan.texts, plan.main_language), seeds=form.seed_texts()
    )
    flash(_("The consultation is saved as a draft. Only you can see it until you publish it."))
    return redirect(url_for("consultations.manage", slug=consultation.slug))


@pages.route("/c/<slug>/edit", methods=["GET", "POST"])
@for_consultation(Permission.CONSULTATION_MANAGE)
def edit(consultation: Consultation) -> str | Response | tuple[str, int]:
    """The texts, dates and dossier of a draft. If somebody else saved it meanwhile, both texts are shown."""
    if consultation.is_published:
        raise WrongPhaseError
    form = ConsultationForm(
        organisations_where(Permission.CONSULTATION_CREATE), complete_dossiers(), saved=consultation
    )
    if form.only_chooses_languages() or not form.validate_on_submit():
        return _draft_page(form)
    try:
        save_draft(consultation, form.plan(), edition=form.read_edition(), by=current_user)
    except EditedMeanwhileError as error:
        differences = form.differences(consultation)
        form.edition.data = str(consultation.edition)
        return _draft_page(form, differences=differences), error.status
    except LanguageInUseError as error:
        return _draft_page(form, refused=error), error.status
    flash(_("Saved."))
    return redirect(url_for("consultations.manage", slug=consultation.slug))


@pages.post("/c/<slug>/copy")
@requires(Permission.CONSULTATION_CREATE)
@for_consultation(Permission.CONSULTATION_MANAGE)
def copy(consultation: Consultation) -> Response:
    """Begin a new draft like this one."""
    slug = _slug_for(consultation.texts, consultation.main_language)
    copied = copy_consultation(consultation, current_user, slug=slug)
    flash(_("This is the copy: a draft that you can change. Its days lie four weeks ahead; set your own."))
    return redirect(url_for("consultations.manage", slug=copied.slug))


@pages.get("/c/<slug>/seeds")
@for_consultation(Permission.CONSULTATION_MANAGE)
def seeds(consultation: Consultation) -> str:
    return _seeds_page(consultation, SeedForm(consultation), ManySeedsForm(consultation))


@pages.post("/c/<slug>/seeds/one")
@for_consultation(Permission.CONSULTATION_MANAGE)
def add_one(consultation: Consultation) -> str | Response | tuple[str, int]:
    form = SeedForm(consultation)
    if form.validate_on_submit():
        try:
            add_seeds(consultation, [form.draft()], by=current_user)
        except AlreadySaidError as error:
            form.text.errors = [error.message]
        except KeyTakenError as error:
            form.key.errors = [error.message]
        else:
            flash(_("The statement is added."))
            return redirect(url_for(".seeds", slug=consultation.slug, _anchor="one"))
    return _seeds_page(consultation, form, ManySeedsForm(consultation)), 400


@pages.post("/c/<slug>/seeds/many")
@for_consultation(Permission.CONSULTATION_MANAGE)
def add_many(consultation: Consultation) -> str | Response | tuple[str, int]:
    """Take over pasted lines at once; a file first shows what it holds. One fault, and nothing is taken over."""
    form = ManySeedsForm(consultation)
    statements = statements_of(consultation.id)
    taken = {text.text for said in statements for text in said.texts.values()}
    taken_keys = {said.key for said in statements if said.key}
    valid = form.validate_on_submit()
    reading = form.read(taken, taken_keys) if valid else None
    if reading is None or reading.faults or ("confirmed" not in request.form and form.is_csv):
        page = _seeds_page(consultation, SeedForm(consultation), form, reading)
        return page, 200 if reading and not reading.faults else 400
    add_seeds(consultation, reading.drafts, by=current_user)
    flash(_("The statements are added."))
    return redirect(url_for(".seeds", slug=consultation.slug))


@pages.post("/c/<slug>/seeds/leanings")
@for_consultation(Permission.CONSULTATION_MANAGE)
def mark(consultation: Consultation) -> Response:
    mark_leanings(consultation, read_leanings(request.form))
    flash(_("Saved."))
    return redirect(url_for(".seeds", slug=consultation.slug))


@pages.route("/c/<slug>/seeds/<int:number>", methods=["GET", "POST"])
@for_consultation(Permission.CONSULTATION_MANAGE)
def change(consultation: Consultation, number: int) -> str | Response | tuple[str, int]:
    seed = next((seed for seed in seeds_of(consultation) if seed.number == number), None)
    if seed is None:
        abort(404)
    if consultation.is_published:
        raise WrongPhaseError
    form = SeedForm(consultation, seed)
    if form.validate_on_submit():
        try:
            change_seed(consultation, number, form.draft(), by=current_user)
        except AlreadySaidError as error:
            form.text.errors = [error.message]
        except KeyTakenError as error:
            form.key.errors = [error.message]
        else:
            flash(_("Saved."))
            return redirect(url_for(".seeds", slug=consultation.slug, _anchor=f"seed-{number}"))
    page = render_template("building/seed.html", consultation=consultation, seed=seed, form=form)
    return page, 400 if form.is_submitted() else 200


@pages.post("/c/<slug>/seeds/<int:number>/delete")
@for_consultation(Permission.CONSULTATION_MANAGE)
def delete(consultation: Consultation, number: int) -> Response:
    try:
        delete_seed(consultation, number)
    except SeedGoneError:
        abort(404)
    flash(_("The statement is deleted."))
    return redirect(url_for(".seeds", slug=consultation.slug))


def _draft_page(
    form: ConsultationForm,
    *,
    differences: Mapping[str, str] | None = None,
    refused: LanguageInUseError | None = None,
) -> str:
    return render_template(
        "building/draft.html",
        form=form,
        limit=LONGEST_STATEMENT,
        differences=differences,
        refused=refused,
        templates=READY_MADE,
    )


def _seeds_page(
    consultation: Consultation, form: SeedForm, many: ManySeedsForm, reading: Reading | None = None
) -> str:
    return render_template(
        "building/seeds.html",
        consultation=consultation,
        seeds=seeds_of(consultation),
        form=form,
        many=many,
        reading=reading,
        leanings=LEANINGS,
        limit=LONGEST_STATEMENT,
        templates=READY_MADE,
        is_draft=consultation.phase() is Phase.DRAFT,
    )


def _slug_for(texts: Mapping[str, ConsultationText], main_language: str) -> str:
    main_first = sorted(texts.values(), key=lambda text: text.language != main_language)
    titles = (text.title for text in main_first)
    return free_slug(titles, otherwise="consultation", is_taken=consultation_by_slug)
