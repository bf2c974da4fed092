"""The pages on which a researcher asks for single votes and fetches them, and on which organisers decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user

from participation.extensions import limiter
from participation.i18n import current_language
from participation.outcomes.queries import latest_report
from participation.packages.actions import (
    AlreadyDecidedError,
    LinkOverError,
    NotMadeYetError,
    ask_for_votes,
    decide,
    fetch,
)
from participation.packages.forms import DecisionForm, RequestForm
from participation.packages.models import DataRequest, StepKind
from participation.packages.queries import (
    A_GRANT_LASTS,
    is_made,
    is_open,
    request_by_hash,
    request_by_id,
    requests_of,
)
from participation.permissions import Permission, for_consultation
from participation.tokens import hash_of

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from participation.consultations.models import Consultation

pages = Blueprint("data_requests", __name__, url_prefix="/<language>")


@pages.route("/c/<slug>/data/request", methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"])
@for_consultation()
def ask(consultation: Consultation) -> str | AnyResponse | tuple[str, int]:
    """Ask for the single votes. Where everybody has them, or there is no report, there is nothing to ask for."""
    if consultation.publishes_votes or latest_report(consultation.id) is None:
        return redirect(url_for("packages.show", slug=consultation.slug))
    form = RequestForm()
    if form.validate_on_submit():
        token = ask_for_votes(
            consultation,
            name=str(form.name.data),
            affiliation=str(form.affiliation.data),
            purpose=str(form.purpose.data),
            language=current_language().tag,
        )
        flash(_("Your request was sent. Keep the address of this page: the answer will stand here."))
        return redirect(url_for(".answer", slug=consultation.slug, token=token))
    page = render_template("packages/request.html", consultation=consultation, form=form)
    return page, 400 if form.errors else 200


@pages.get("/c/<slug>/data/request/<token>")
@for_consultation()
def answer(consultation: Consultation, token: str) -> str | tuple[str, int]:
    """What became of a request, for whoever has its address."""
    return _answer_page(consultation, _found(consultation, token), token)


@pages.post("/c/<slug>/data/request/<token>/fetch")
@for_consultation()
def take(consultation: Consultation, token: str) -> Response | tuple[str, int]:
    """Hand the file over, once."""
    found = _found(consultation, token)
    try:
        file = fetch(found)
    except (LinkOverError, NotMadeYetError) as error:
        return _answer_page(consultation, found, token, refused=error), error.status
    return send_file(
        file, "application/zip", as_attachment=True, download_name=f"{consultation.slug}-votes.zip"
    )


@pages.get("/desk/c/<slug>/data-requests")
@for_consultation(Permission.DATA_GRANT)
def desk(consultation: Consultation) -> str:
    """Every request with all that happened to it."""
    return _desk_page(consultation)


@pages.post("/desk/c/<slug>/data-requests/<int:number>")
@for_consultation(Permission.DATA_GRANT)
def rule(consultation: Consultation, number: int) -> str | AnyResponse | tuple[str, int]:
    """Grant or refuse a request."""
    found = request_by_id(number)
    if found is None or found.consultation_id != consultation.id:
        abort(404)
    form = DecisionForm(prefix=f"r{number}")
    if not form.validate_on_submit():
        return _desk_page(consultation, form, number), 400
    try:
        decide(
            found,
            StepKind(form.decision.data),
            by=current_user,
            reason=str(form.reason.data),
            seen=form.read_seen(),
        )
    except AlreadyDecidedError as error:
        form.reason.errors = [error.message]
        return _desk_page(consultation, form, number), error.status
    flash(_("Your decision is noted. Whoever asked reads it at the address of the request."))
    return redirect(url_for(".desk", slug=consultation.slug))


def _found(consultation: Consultation, token: str) -> DataRequest:
    found = request_by_hash(hash_of(token))
    if found is None or found.consultation_id != consultation.id:
        abort(404)
    return found


def _answer_page(
    consultation: Consultation,
    found: DataRequest,
    token: str,
    refused: LinkOverError | NotMadeYetError | None = None,
) -> str:
    return render_template(
        "packages/answer.html",
        consultation=consultation,
        asked=found,
        token=token,
        is_open=is_open(found),
        is_made=is_made(found.package),
        until=found.latest.at + A_GRANT_LASTS,
        refused=refused,
        StepKind=StepKind,
    )


def _desk_page(
    consultation: Consultation, wrong: DecisionForm | None = None, number: int | None = None
) -> str:
    rows = [
        (
            found,
            wrong
            if wrong and found.id == number
            else DecisionForm(
                formdata=None, prefix=f"r{found.id}", data={"seen": str(found.latest.id), "reason": ""}
            ),
        )
        for found in requests_of(consultation.id)
    ]
    for found, form in rows:
        form.seen.data = str(found.latest.id)
    return render_template(
        "packages/desk.html", consultation=consultation, rows=rows, StepKind=StepKind, is_open=is_open
    )
