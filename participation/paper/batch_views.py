"""The pages on which an assistant types in a batch, one sheet after the other, and ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from participation.formatting import number as in_digits
from participation.paper.actions import why_not
from participation.paper.batches import (
    NotInThisBatchError,
    enter_sheet,
    read_again,
)
from participation.paper.counting import close_batch, withdraw_batch
from participation.paper.forms import WithdrawalForm, answer_name, read_answers
from participation.paper.models import SheetState
from participation.paper.queries import batch_numbered, lines_on, sheet_with, takes_paper
from participation.permissions import Permission, for_consultation
from participation.votes.turn_page import ANSWERS

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation
    from participation.errors import DomainError
    from participation.paper.models import BallotSheet, PaperBatch

pages = Blueprint("batches", __name__, url_prefix="/<language>/desk/c/<slug>/paper/<int:number>")


@pages.route("", methods=["GET", "POST"])
@for_consultation(Permission.PAPER_ENTER)
def enter(consultation: Consultation, number: int) -> Response | tuple[str, int]:
    """Ask for a sheet's number, then for what stands on it."""
    batch = _batch(consultation, number)
    code, again = request.values.get("sheet", "").strip(), "again" in request.values
    if not code or not batch.is_open:
        return _page(consultation, batch)
    sheet = sheet_with(consultation.id, code)
    refusal = _refusal(batch, sheet, again=again)
    if sheet is None or refusal:
        is_in = sheet is not None and sheet.state is SheetState.ENTERED and sheet.batch_id == batch.id
        return _page(consultation, batch, code=code, refusal=refusal, may_read_again=is_in)
    if request.method == "POST":
        return _type_in(consultation, batch, sheet, code, again=again)
    return _page(consultation, batch, code=code, sheet=sheet, again=again)


@pages.post("/close")
@for_consultation(Permission.PAPER_ENTER)
def close(consultation: Consultation, number: int) -> Response:
    batch = _batch(consultation, number)
    counted = close_batch(consultation, batch, by=current_user)
    flash(
        ngettext(
            "The batch is closed: its %(num)s sheet counts.",
            "The batch is closed: its %(num)s sheets count.",
            counted,
        ),
        "success",
    )
    return redirect(url_for("paper.manage", slug=consultation.slug))


@pages.post("/withdraw")
@for_consultation(Permission.PAPER_ENTER)
def withdraw(consultation: Consultation, number: int) -> Response | tuple[str, int]:
    batch, form = _batch(consultation, number), WithdrawalForm()
    if not form.validate_on_submit():
        return _page(consultation, batch, withdrawal=form)
    withdraw_batch(consultation, batch, reason=form.reason.data or "", by=current_user)
    flash(_("The batch is withdrawn. Its sheets can be typed in again."))
    return redirect(url_for("paper.manage", slug=consultation.slug))


def _batch(consultation: Consultation, number: int) -> PaperBatch:
    return batch_numbered(consultation.id, number) or abort(404)


def _refusal(batch: PaperBatch, sheet: BallotSheet | None, *, again: bool) -> DomainError | None:
    """Why nothing can be typed in for this sheet; None if it can."""
    if sheet is None:
        return why_not(sheet)
    if again:
        is_here = sheet.batch_id == batch.id and sheet.state is SheetState.ENTERED
        return None if is_here else NotInThisBatchError()
    return None if sheet.state is SheetState.UNUSED else why_not(sheet)


def _type_in(
    consultation: Consultation, batch: PaperBatch, sheet: BallotSheet, code: str, *, again: bool
) -> Response | tuple[str, int]:
    answers = read_answers(request.form, len(sheet.statement_ids))
    if missing := [line for line, answer in enumerate(answers, start=1) if answer == ""]:
        return _page(consultation, batch, code=code, sheet=sheet, again=again, missing=missing)
    said = [answer for answer in answers if not isinstance(answer, str)]
    if again:
        differing = read_again(consultation, batch, code, said, by=current_user)
        _tell_of(differing, code)
    else:
        enter_sheet(consultation, batch, code, said, by=current_user)
        flash(_("Sheet %(code)s is typed in.", code=code))
    return redirect(url_for(".enter", slug=consultation.slug, number=batch.number, typing=1))


def _tell_of(differing: list[int], code: str) -> None:
    if not differing:
        flash(_("Sheet %(code)s: both readings are the same.", code=code), "success")
        return
    flash(
        _(
            "Sheet %(code)s: the readings differ on line %(lines)s. The second one holds now. "
            "If it is the wrong one, read the sheet once more.",
            code=code,
            lines=", ".join(map(in_digits, differing)),
        ),
        "warning",
    )


def _page(
    consultation: Consultation,
    batch: PaperBatch,
    *,
    code: str = "",
    sheet: BallotSheet | None = None,
    again: bool = False,
    missing: list[int] | None = None,
    refusal: DomainError | None = None,
    may_read_again: bool = False,
    withdrawal: WithdrawalForm | None = None,
) -> tuple[str, int]:
    page = render_template(
        "paper/batch.html",
        consultation=consultation,
        batch=batch,
        code=code,
        sheet=sheet,
        lines=lines_on(consultation, sheet.statement_ids, sheet.language) if sheet else [],
        again=again,
        missing=missing or [],
        refusal=refusal,
        may_read_again=may_read_again,
        withdrawal=withdrawal or WithdrawalForm(formdata=None),
        is_mine=batch.opened_by_id == current_user.id,
        takes_paper=takes_paper(consultation),
        answers=ANSWERS,
        answer_name=answer_name,
        given=request.form,
    )
    wrong = missing or (withdrawal and withdrawal.errors)
    return page, refusal.status if refusal else 400 if wrong else 200
