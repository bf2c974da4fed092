"""The pages on which people vote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from participation.consultations.actions import join
from participation.consultations.queries import participant_by_secret_hash
from participation.i18n import current_language
from participation.participant_cookie import ensure_credential, participant_here
from participation.permissions import for_consultation
from participation.votes.actions import cast_vote, take_back
from participation.votes.forms import read_ballot, sign_exposure
from participation.votes.queries import answered_cards, next_turn, statements_voted_on, turn_at

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation
    from participation.votes.queries import Turn

pages = Blueprint("votes", __name__, url_prefix="/<language>/c/<slug>")


@pages.get("/vote")
@for_consultation()
def vote(consultation: Consultation) -> str | Response:
    """The card of the next statement, or of the one that the address names."""
    if not consultation.is_open:
        return redirect(url_for("consultations.show", slug=consultation.slug))
    credential = ensure_credential(consultation)
    participant = participant_by_secret_hash(consultation.id, credential.hash)
    participant_id = participant.id if participant else None
    language = current_language().tag
    turn = None
    if (asked_for := request.args.get("statement", type=int)) is not None:
        turn = turn_at(consultation, participant_id, language, asked_for)
    if turn is None:
        turn = next_turn(consultation, statements_voted_on(participant_id), language, seed=credential.seed)
    return _turn_page(consultation, turn, undoable=request.args.get("after", type=int))


@pages.post("/votes")
@for_consultation()
def cast(consultation: Consultation) -> str | Response:
    """Take a vote, and answer with the next card: as a page, or for the script as the card alone."""
    ballot = read_ballot(request.form) or abort(400)
    credential = ensure_credential(consultation)
    known = participant_by_secret_hash(consultation.id, credential.hash)
    participant = known or join(consultation.id, credential.hash, current_language().tag)
    # Asked before the vote, so that the next card needs no second transaction after it.
    voted_on = statements_voted_on(participant.id) if known else set()
    cast_vote(consultation, participant.id, ballot.statement_id, ballot.choice, exposure=ballot.exposure)
    if request.form.get("from") == "yours":
        flash(_("Your vote is changed."))
        return redirect(url_for(".yours", slug=consultation.slug, _anchor=f"s{ballot.statement_id}"))
    if "X-Card" not in request.headers:
        return redirect(url_for(".vote", slug=consultation.slug, after=ballot.statement_id))
    voted_on.add(ballot.statement_id)
    turn = next_turn(consultation, voted_on, current_language().tag, seed=credential.seed)
    return _turn_page(consultation, turn, undoable=ballot.statement_id)


@pages.post("/votes/undo")
@for_consultation()
def undo(consultation: Consultation) -> Response:
    """Take back the vote that was just cast and show its statement again."""
    statement_id = request.form.get("statement", type=int) or abort(400)
    participant = participant_here(consultation)
    if participant:
        take_back(consultation, participant.id, statement_id)
    return redirect(url_for(".vote", slug=consultation.slug, statement=statement_id))


@pages.get("/votes")
@for_consultation()
def yours(consultation: Consultation) -> str:
    """Everything this participant has said, each answer changeable while the consultation is open."""
    participant = participant_here(consultation)
    cards = answered_cards(consultation, participant.id, current_language().tag) if participant else []
    return render_template("votes/yours.html", consultation=consultation, cards=cards)


def _turn_page(consultation: Consultation, turn: Turn, *, undoable: int | None) -> str:
    """The card, whole page or card alone. `undoable`: the statement that was just voted on, if one was."""
    return render_template(
        "votes/_turn.html" if "X-Card" in request.headers else "votes/vote.html",
        consultation=consultation,
        turn=turn,
        undoable=undoable,
        exposure=sign_exposure(turn.card.statement_id, turn.card.exposure) if turn.card else "",
    )
