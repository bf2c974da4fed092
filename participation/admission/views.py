"""The page on which people enter with a code, and those on which organisers make codes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from participation.admission.actions import (
    CodeUnknownError,
    CodeUsedError,
    choose_admission,
    enter,
    make_codes,
    withdraw_codes,
)
from participation.admission.forms import AdmissionForm, CodesForm, EntryForm, told
from participation.admission.queries import sheets_of
from participation.consultations.models import Admission, Phase
from participation.extensions import limiter
from participation.i18n import LANGUAGES, current_language
from participation.mail.queries import settings_here
from participation.participant_cookie import ensure_credential, participant_here
from participation.permissions import Permission, for_consultation
from participation.qr import qr_code

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation

pages = Blueprint("admission", __name__, url_prefix="/<language>")
pages.add_app_template_global(told, "admission_in_words")


@pages.route("/c/<slug>/enter", methods=["GET", "POST"])
@pages.get("/c/<slug>/enter/<code>")
@limiter.limit("60 per hour", methods=["POST"])
@for_consultation()
def enter_with_code(consultation: Consultation, code: str = "") -> Response | tuple[str, int]:
    """Type a code, or confirm the one in the link. Opening the link uses up nothing."""
    public_page = redirect(url_for("consultations.show", slug=consultation.slug))
    needs_code = consultation.admission is Admission.CODE
    if not needs_code or consultation.is_closed or not consultation.is_published:
        return public_page
    onwards = url_for("votes.vote", slug=consultation.slug)
    if participant_here(consultation):
        return redirect(onwards)
    # Both clicks of a double click must come from one browser.
    credential = ensure_credential(consultation)
    form = EntryForm(data={"code": code})
    status = 200
    if form.validate_on_submit():
        try:
            enter(
                consultation,
                str(form.code.data),
                credential.hash,
                current_language().tag,
                credential.channel,
            )
        except (CodeUnknownError, CodeUsedError) as error:
            form.code.errors, status = [error.message], error.status
        else:
            flash(_("Welcome. Your code is used now, and this browser takes part."))
            return redirect(onwards)
    page = render_template("admission/enter.html", consultation=consultation, form=form, from_link=bool(code))
    return page, status


@pages.route("/desk/c/<slug>/people", methods=["GET", "POST"])
@for_consultation(Permission.CONSULTATION_MANAGE)
def manage(consultation: Consultation) -> str | Response:
    """Who may take part, and the sheets of codes."""
    form = AdmissionForm(consultation.admission)
    if form.validate_on_submit():
        choose_admission(consultation, Admission(form.admission.data))
        flash(_("Saved."))
        return redirect(url_for(".manage", slug=consultation.slug))
    return _page(consultation, form, CodesForm(formdata=None))


@pages.post("/desk/c/<slug>/people/codes")
@limiter.limit("60 per hour")
@for_consultation(Permission.CONSULTATION_MANAGE)
def make_sheet(consultation: Consultation) -> str | tuple[str, int]:
    """A sheet to print and cut. It is shown once: the codes on it are kept nowhere."""
    form = CodesForm()
    if not form.validate_on_submit():
        return _page(consultation, AdmissionForm(consultation.admission, formdata=None), form), 400
    codes = make_codes(consultation, int(form.number.data or 0))
    links = {
        code: url_for(".enter_with_code", slug=consultation.slug, code=code, _external=True) for code in codes
    }
    return render_template(
        "admission/sheet.html",
        consultation=consultation,
        cards=[(code, link, qr_code(link)) for code, link in links.items()],
        address=url_for(".enter_with_code", slug=consultation.slug, _external=True),
    )


@pages.post("/desk/c/<slug>/people/codes/withdraw")
@for_consultation(Permission.CONSULTATION_MANAGE)
def withdraw(consultation: Consultation) -> Response:
    try:
        made_at = _moment(request.form.get("made_at", ""))
    except (ValueError, OverflowError):
        abort(400)
    withdraw_codes(consultation, made_at)
    flash(_("The unused codes of this sheet let nobody in any more."))
    return redirect(url_for(".manage", slug=consultation.slug))


def _moment(text: str) -> datetime:
    """A moment as a page had it in a hidden field.

    Raises:
        ValueError, OverflowError

    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)


def _page(consultation: Consultation, form: AdmissionForm, codes_form: CodesForm) -> str:
    return render_template(
        "admission/manage.html",
        consultation=consultation,
        form=form,
        codes_form=codes_form,
        sheets=sheets_of(consultation.id),
        may_choose=consultation.phase() in {Phase.DRAFT, Phase.ANNOUNCED},
        can_send=settings_here() is not None,
        needs_codes=consultation.admission is Admission.CODE,
        languages=[LANGUAGES[tag] for tag in consultation.languages if tag in LANGUAGES],
    )
