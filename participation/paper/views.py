"""The pages on which sheets are printed and batches are kept, and the one to which a sheet's code leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from participation.consultations.models import Phase
from participation.extensions import limiter
from participation.i18n import LANGUAGES, current_language
from participation.paper.actions import SheetUnknownError, open_batch, print_sheets, use_online
from participation.paper.forms import BatchForm, SheetsForm
from participation.paper.models import BatchState, SheetState
from participation.paper.queries import (
    batch_by_id,
    batches_of,
    lines_on,
    open_batches_of,
    paper_until,
    print_runs_of,
    sheet_with,
    takes_paper,
)
from participation.participant_cookie import ensure_credential, participant_here
from participation.permissions import Permission, for_consultation, may
from participation.qr import qr_code

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation

pages = Blueprint("paper", __name__, url_prefix="/<language>")
pages.add_app_template_global(open_batches_of)
pages.add_app_template_global(paper_until)
pages.add_app_template_global(takes_paper)


@pages.route("/desk/c/<slug>/paper", methods=["GET", "POST"])
@for_consultation(Permission.PAPER_ENTER)
def manage(consultation: Consultation) -> str | Response:
    """What was printed, the log of the batches, and the beginning of another one."""
    form = BatchForm(consultation)
    if form.validate_on_submit():
        batch = open_batch(
            consultation, by=current_user, place=form.place.data or "", collected_on=form.collected_on.data
        )
        return redirect(url_for("batches.enter", slug=consultation.slug, number=batch.number))
    return _page(consultation, form, SheetsForm(formdata=None))


@pages.post("/desk/c/<slug>/paper/sheets")
@limiter.limit("60 per hour")
@for_consultation(Permission.CONSULTATION_MANAGE)
def make_sheets(consultation: Consultation) -> str | tuple[str, int]:
    """Sheets to print, one on each page. They are shown once: the numbers on them are kept nowhere."""
    form = SheetsForm()
    if not form.validate_on_submit():
        return _page(consultation, BatchForm(consultation, formdata=None), form), 400
    language = current_language().tag
    made = print_sheets(
        consultation,
        number=int(form.number.data or 0),
        on_each=int(form.on_each.data or 0),
        language=language,
    )
    links = {code: url_for(".sheet", slug=consultation.slug, code=code, _external=True) for code, _on in made}
    return render_template(
        "paper/sheets.html",
        consultation=consultation,
        sheets=[
            (code, qr_code(links[code]), lines_on(consultation, statement_ids, language))
            for code, statement_ids in made
        ],
    )


@pages.route("/c/<slug>/sheet/<code>", methods=["GET", "POST"])
@limiter.limit("300 per hour")
@for_consultation()
def sheet(consultation: Consultation, code: str) -> Response | tuple[str, int]:
    """What became of a sheet; by POST, vote online in its place. Opening the page uses up nothing."""
    # Both clicks of a double click must come from one browser.
    credential = ensure_credential(consultation)
    if request.method == "POST":
        use_online(consultation, code, credential.hash, current_language().tag, credential.channel)
        flash(_("Your sheet is given up: what you say here counts in its place."))
        return redirect(url_for("votes.vote", slug=consultation.slug))
    found = sheet_with(consultation.id, code) if code.isprintable() else None
    page = render_template(
        "paper/sheet.html",
        consultation=consultation,
        code=code,
        sheet=found,
        batch=batch_by_id(found.batch_id) if found else None,
        takes_part=participant_here(consultation) is not None,
        SheetState=SheetState,
    )
    return page, 200 if found else SheetUnknownError.status


def _page(consultation: Consultation, form: BatchForm, sheets_form: SheetsForm) -> str:
    return render_template(
        "paper/manage.html",
        consultation=consultation,
        form=form,
        sheets_form=sheets_form,
        runs=print_runs_of(consultation.id),
        batches=batches_of(consultation.id),
        languages=[LANGUAGES[tag] for tag in consultation.languages if tag in LANGUAGES],
        may_print=may(Permission.CONSULTATION_MANAGE, consultation)
        and consultation.phase() in {Phase.ANNOUNCED, Phase.OPEN},
        takes_paper=takes_paper(consultation),
        BatchState=BatchState,
        SheetState=SheetState,
    )
