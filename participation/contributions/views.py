"""The pages of what is yours: what became of it, all of it to read, on another device, and erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from participation.contributions.actions import (
    LinkNotValidError,
    TooLateToUniteError,
    TwoParticipantsError,
    erase,
    leave_other_browsers,
    offer_link,
    take_link,
)
from participation.contributions.forms import ErasureForm
from participation.contributions.own_data import in_words, own_data, sections
from participation.contributions.queries import browsers_of, given_by, participant_offering, waiting_of
from participation.contributions.trails import contributions_of
from participation.extensions import limiter
from participation.kiosk_cookie import expect_own_device
from participation.moderation.forms import REASONS
from participation.participant_cookie import (
    credential_for,
    ensure_credential,
    forget_credential,
    participant_here,
)
from participation.permissions import for_consultation
from participation.qr import qr_code
from participation.statements.models import State
from participation.statements.receipts import code_for
from participation.tokens import hash_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Response as FlaskResponse
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation
    from participation.contributions.trails import Contribution

pages = Blueprint("contributions", __name__, url_prefix="/<language>/c/<slug>/you")


@pages.get("")
@for_consultation()
def yours(consultation: Consultation) -> str:
    """What became of everything this participant gave."""
    participant = participant_here(consultation)
    contributions = contributions_of(consultation, participant.id) if participant else []
    return render_template(
        "contributions/yours.html",
        consultation=consultation,
        participant=participant,
        contributions=contributions,
        given=given_by(participant.id) if participant else None,
        receipts=_receipts(consultation, contributions),
        reasons=REASONS,
        State=State,
    )


def _receipts(consultation: Consultation, contributions: Sequence[Contribution]) -> dict[int, str]:
    """The codes of the receipts that this browser can make again; for those of another device it cannot."""
    held = credential_for(consultation)
    codes = {
        contribution.statement.id: code_for(held, contribution.first_words or contribution.original)
        for contribution in contributions
        if held
    }
    kept = {contribution.statement.id: contribution.statement.receipt_hash for contribution in contributions}
    return {statement_id: code for statement_id, code in codes.items() if hash_of(code) == kept[statement_id]}


@pages.get("/data")
@for_consultation()
def data(consultation: Consultation) -> str:
    """Everything that is stored about this participant, to read and to print."""
    participant = participant_here(consultation)
    return render_template(
        "contributions/data.html",
        consultation=consultation,
        participant=participant,
        sections=sections(participant),
        in_words=in_words,
    )


@pages.get("/data.json")
@for_consultation()
def data_as_json(consultation: Consultation) -> FlaskResponse:
    """The same as a file."""
    expect_own_device()
    answer = jsonify(own_data(consultation, participant_here(consultation)))
    answer.headers["Content-Disposition"] = f'attachment; filename="my-data-{consultation.slug}.json"'
    return answer


@pages.route("/erase", methods=["GET", "POST"])
@for_consultation()
def erase_me(consultation: Consultation) -> str | Response:
    """What goes and what stays, and then the deed. Afterwards this browser has never been here."""
    participant = participant_here(consultation)
    form = ErasureForm(waiting=waiting_of(participant.id) if participant else 0)
    if participant and form.validate_on_submit():
        erase(consultation, participant, withdraw=form.withdraws)
        forget_credential(consultation)
        flash(
            _("You are erased. Nothing leads from you to what you gave any more. Thank you for taking part."),
            "success",
        )
        return redirect(url_for(".yours", slug=consultation.slug))
    return render_template(
        "contributions/erase.html",
        consultation=consultation,
        given=given_by(participant.id) if participant else None,
        form=form,
    )


@pages.route("/device", methods=["GET", "POST"])
@limiter.limit("30 per hour", methods=["POST"])
@for_consultation()
def device(consultation: Consultation) -> str:
    """How to continue on another device; by POST, with the link that does it."""
    participant = participant_here(consultation)
    link = None
    if participant and request.method == "POST":
        link = url_for(
            ".continue_here", slug=consultation.slug, token=offer_link(participant), _external=True
        )
    return render_template(
        "contributions/device.html",
        consultation=consultation,
        browsers=browsers_of(participant.id) if participant else 0,
        link=link,
        code=qr_code(link) if link else None,
    )


@pages.post("/device/others")
@for_consultation()
def leave_others(consultation: Consultation) -> Response:
    """Stop taking part on every other device."""
    credential, participant = credential_for(consultation), participant_here(consultation)
    if credential and participant:
        leave_other_browsers(participant, credential.hash)
        flash(_("Done. You now take part from this browser only."), "success")
    return redirect(url_for(".device", slug=consultation.slug))


@pages.route("/continue/<token>", methods=["GET", "POST"])
@for_consultation()
def continue_here(consultation: Consultation, token: str) -> Response | tuple[str, int]:
    """What a link from another device offers; by POST, continue here as whoever made it.

    Opening it changes nothing: programs that look where links lead open it too.
    """
    if request.method != "POST":
        return _offer_page(consultation, token)
    credential = ensure_credential(consultation)
    together = request.form.get("together") == "yes"
    try:
        take_link(consultation, token, credential.hash, together=together)
    except (LinkNotValidError, TwoParticipantsError, TooLateToUniteError) as error:
        return _offer_page(consultation, token, status=error.status)
    flash(_("Done. What you gave on your other device is yours here too."), "success")
    return redirect(url_for(".yours", slug=consultation.slug))


def _offer_page(consultation: Consultation, token: str, *, status: int = 200) -> tuple[str, int]:
    offering, here = participant_offering(consultation.id, token), participant_here(consultation)
    page = render_template(
        "contributions/continue.html",
        consultation=consultation,
        token=token,
        offered=given_by(offering.id) if offering else None,
        here=given_by(here.id) if here else None,
        is_same=offering is not None and here is not None and offering.id == here.id,
    )
    return page, status if offering else LinkNotValidError.status
