"""The translators' pages: how far each language is, and a desk for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user

from participation.consultations.queries import translated_texts_of
from participation.i18n import LANGUAGES
from participation.permissions import Permission, for_consultation
from participation.translation.actions import ask_machine
from participation.translation.desk import check, save_typed, take_back
from participation.translation.forms import ItemForm
from participation.translation.glossary import GlossaryBeside
from participation.translation.items import FILTERS, State, progress_of
from participation.translation.models import Problem
from participation.translation.queries import items_of, names_of, requests_of, translate_settings_here

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation
    from participation.translation.items import Item

pages = Blueprint("translation", __name__, url_prefix="/<language>/desk/c/<slug>/translations")
ON_A_PAGE = 20
PROBLEMS = {
    Problem.BAD_KEY: _l(
        "The service does not accept the key of this site. Whoever runs the site has to look at it."
    ),
    Problem.REFUSED: _l(
        "The service does not translate between these languages, or it does not take our texts."
    ),
    Problem.UNREADABLE: _l("The service answered with something that cannot be used for some of the texts."),
    Problem.BUSY: _l("The service has too much to do and asks us to wait."),
    Problem.UNREACHABLE: _l("The service did not answer."),
}


@pages.app_template_global()
def is_machines(consultation: Consultation, language: str) -> bool:
    """Whether a consultation's texts in a language are a machine's that nobody has checked."""
    if language == consultation.main_language:
        return False
    made = translated_texts_of(consultation).get(language)
    return made is not None and made.by_machine and made.reviewed_at is None


@pages.get("")
@for_consultation(Permission.STATEMENT_TRANSLATE)
def overview(consultation: Consultation) -> str:
    """How far each language is, those that are begun first."""
    items = items_of(consultation, _languages(consultation))
    progress = {tag: progress_of(of_one) for tag, of_one in items.items() if of_one}
    return render_template(
        "translation/overview.html",
        consultation=consultation,
        begun={tag: one for tag, one in progress.items() if one.begun},
        not_begun=[tag for tag, one in progress.items() if not one.begun],
        State=State,
    )


@pages.route("/<target>", methods=["GET", "POST"])
@for_consultation(Permission.STATEMENT_TRANSLATE)
def desk(consultation: Consultation, target: str) -> str | Response:
    """Everything that is to be said in one language, source beside target."""
    items = _items(consultation, target)
    if request.method == "GET":
        return _desk_page(consultation, target, {item.key: ItemForm(item) for item in items})
    forms = {item.key: ItemForm(item, request.form) for item in items}
    checked, taken_back = forms.get(request.form.get("check", "")), forms.get(request.form.get("back", ""))
    acted_on = checked or taken_back
    saved = save_typed(
        consultation, (form for form in forms.values() if form is not acted_on), by=current_user
    )
    if saved:
        flash(ngettext("%(num)s translation is saved.", "%(num)s translations are saved.", saved), "success")
    if checked and check(consultation, checked, by=current_user):
        flash(
            _("Checked. Readers see that a second person has found it right, or that it still fits."),
            "success",
        )
    elif taken_back and take_back(consultation, taken_back):
        flash(_("Taken back. Readers see the original again."), "success")
    if any(form.errors or form.fields.errors for form in forms.values()):
        # What was saved is now as it stands there; what was not keeps what was typed.
        now = {item.key: item for item in _items(consultation, target)}
        forms = {
            key: ItemForm(now[key]) if _is_fine(form) else form for key, form in forms.items() if key in now
        }
        return _desk_page(consultation, target, forms)
    if not saved and not acted_on:
        flash(_("Nothing was changed, so nothing was saved."))
    # Only what the page knows: any other word in the query could be an argument of url_for.
    show, page = request.args.get("show"), request.args.get("page")
    return redirect(url_for(".desk", slug=consultation.slug, target=target, show=show, page=page))


@pages.post("/<target>/machine")
@for_consultation(Permission.STATEMENT_TRANSLATE)
def have_machine(consultation: Consultation, target: str) -> Response:
    """Have a machine translate what is missing, once the worker comes to it."""
    _items(consultation, target)
    ask_machine(consultation, target)
    flash(_("A machine is asked. Its translations appear here within minutes; load this page again."))
    return redirect(url_for(".desk", slug=consultation.slug, target=target))


def _languages(consultation: Consultation) -> list[str]:
    """The consultation's languages first, then the others of the interface."""
    return list(dict.fromkeys([*consultation.languages, *LANGUAGES]))


def _items(consultation: Consultation, target: str) -> list[Item]:
    if target not in _languages(consultation):
        abort(404)
    return items_of(consultation, [target])[target] or abort(404)


def _is_fine(form: ItemForm) -> bool:
    return not form.errors and not form.fields.errors


def _desk_page(consultation: Consultation, target: str, forms: Mapping[str, ItemForm]) -> str:
    show = request.args.get("show", "")
    wanted = [
        form
        for form in forms.values()
        if not _is_fine(form) or show not in FILTERS or form.item.state in FILTERS[show]
    ]
    number_of_pages = max(1, -(-len(wanted) // ON_A_PAGE))
    number = min(max(request.args.get("page", 1, int), 1), number_of_pages)
    on_page = _page_of(wanted, number)
    items = [form.item for form in forms.values()]
    return render_template(
        "translation/desk.html",
        consultation=consultation,
        target=target,
        forms=on_page,
        wrong=[form for form in on_page if not _is_fine(form)],
        show=show if show in FILTERS else "",
        number=number,
        number_of_pages=number_of_pages,
        progress=progress_of(items),
        wants_machine=sum(item.wants_machine for item in items),
        names=names_of({item.translator_id for item in items if item.translator_id}),
        glossary=GlossaryBeside(consultation.dossier_version, target),
        service=translate_settings_here(),
        asked=requests_of(consultation.id).get(target),
        problems=PROBLEMS,
        State=State,
    )


def _page_of(forms: Sequence[ItemForm], number: int) -> list[ItemForm]:
    """One page, with what needs correcting on every page: it may have been written on another one."""
    start = (number - 1) * ON_A_PAGE
    return [
        form for place, form in enumerate(forms) if start <= place < start + ON_A_PAGE or not _is_fine(form)
    ]
