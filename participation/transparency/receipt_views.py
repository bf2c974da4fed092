"""What a participant has to show that their votes count: on a page, and as a file to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, jsonify, render_template

from deliberation.receipts import write_receipt
from participation.kiosk_cookie import expect_own_device
from participation.participant_cookie import participant_here
from participation.permissions import for_consultation
from participation.transparency.queries import batches_of, count_of, lines_of
from participation.transparency.receipts import held_votes, receipt_for

if TYPE_CHECKING:
    from flask import Response

    from participation.consultations.models import Consultation

pages = Blueprint("receipts", __name__, url_prefix="/<language>/c/<slug>/votes")


@pages.get("/receipt")
@for_consultation()
def show(consultation: Consultation) -> str:
    """Which votes of this participant stand in the public lists, and where."""
    participant = participant_here(consultation)
    votes = held_votes(consultation, participant.id) if participant else []
    counted = count_of(consultation.slug)
    return render_template(
        "transparency/own.html",
        consultation=consultation,
        votes=votes,
        batches=batches_of(vote.commitment for vote in votes if vote.commitment),
        counted=counted,
        counted_lines=set(lines_of(counted)) if counted and votes else set(),
        waiting=sum(vote.commitment is None for vote in votes),
    )


@pages.get("/receipt.json")
@for_consultation()
def plain(consultation: Consultation) -> Response:
    """The receipt that shows nobody how somebody voted."""
    return _file(consultation, opened=False)


@pages.get("/receipt-opened.json")
@for_consultation()
def opened(consultation: Consultation) -> Response:
    """The receipt that shows it to whoever sees it."""
    return _file(consultation, opened=True)


def _file(consultation: Consultation, *, opened: bool) -> Response:
    expect_own_device()
    participant = participant_here(consultation)
    receipt = receipt_for(consultation, participant.id, opened=opened) if participant else None
    if receipt is None:
        answer = jsonify(error="nothing is written down of this browser's votes yet")
        answer.status_code = 404
        return answer
    answer = jsonify(write_receipt(receipt))
    name = f"receipt-{consultation.slug}{'-opened' if opened else ''}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
