"""The pages on the phones of those who sit in a room: one statement at a time, the one on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _

from participation.admission.gate import to_the_gate
from participation.consultations.actions import join
from participation.consultations.models import Channel
from participation.extensions import limiter
from participation.i18n import current_language
from participation.kiosk_cookie import is_kiosk
from participation.participant_cookie import (
    credential_for,
    ensure_credential,
    new_credential,
    participant_here,
)
from participation.permissions import for_consultation
from participation.rooms.actions import sit_down
from participation.rooms.forms import CodeForm
from participation.rooms.queries import session_with_code, sits_in
from participation.votes.actions import cast_vote
from participation.votes.forms import read_vote
from participation.votes.queries import all_said_by, turn_at

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation, Participant
    from participation.participant_cookie import Credential
    from participation.rooms.models import GroupSession
    from participation.votes.queries import Card

# Everybody in a hall may have one address. Whoever guesses a number gets no more than a seat.
A_HALL = "1000 per hour"

pages = Blueprint("room", __name__, url_prefix="/<language>/c/<slug>/room")


@pages.route("", methods=["GET", "POST"])
@limiter.limit(A_HALL, methods=["POST"])
@for_consultation()
def enter(consultation: Consultation) -> Response | tuple[str, int]:
    """Type the number on the screen."""
    form = CodeForm()
    if form.validate_on_submit():
        found = session_with_code(consultation.id, form.code.data or "")
        if found and found.is_running:
            return redirect(url_for(".room", slug=consultation.slug, code=found.code))
        form.code.errors = [_("No session with this number is running. Please look again.")]
    page = render_template("rooms/enter.html", consultation=consultation, form=form)
    return page, 400 if form.errors else 200


@pages.get("/<code>")
@for_consultation()
def room(consultation: Consultation, code: str) -> Response | str:
    """The statement on the screen, to be answered; or the way in."""
    here, participant = _session(consultation, code), participant_here(consultation)
    is_on = here.is_running and consultation.is_open
    if is_on and participant is None:
        if gate := to_the_gate(consultation):
            return gate
        # Both clicks of a double click must come from one browser.
        _credential(consultation)
    seated = participant is not None and sits_in(here.id, participant.id)
    return render_template(
        "rooms/room.html",
        consultation=consultation,
        session=here,
        is_on=is_on,
        seated=seated,
        card=_card(consultation, here, participant) if participant and seated and is_on else None,
    )


@pages.post("/<code>/sit")
@limiter.limit(A_HALL)
@for_consultation()
def sit(consultation: Consultation, code: str) -> Response:
    """Take part with the room. Whoever has taken part before goes on as the same person."""
    here, participant = _session(consultation, code), participant_here(consultation)
    if participant is None:
        credential = _credential(consultation)
        participant = join(consultation.id, credential.hash, current_language().tag, credential.channel)
    sit_down(consultation, here, participant)
    return redirect(url_for(".room", slug=consultation.slug, code=here.code))


@pages.post("/<code>/answer")
@for_consultation()
def answer(consultation: Consultation, code: str) -> Response:
    """Answer the statement that one has read, also if the room is at the next one by now."""
    here, sent = _session(consultation, code), read_vote(request.form) or abort(400)
    participant = participant_here(consultation)
    if participant and sent.statement_id in here.statement_ids:
        cast_vote(
            consultation, participant.id, sent.statement_id, sent.choice, is_important=sent.is_important
        )
    return redirect(url_for(".room", slug=consultation.slug, code=here.code))


def _session(consultation: Consultation, code: str) -> GroupSession:
    return (session_with_code(consultation.id, code) if code.isprintable() else None) or abort(404)


def _credential(consultation: Consultation) -> Credential:
    """What this browser holds, from now on for a person who takes part in a room."""
    held = credential_for(consultation)
    if is_kiosk() or (held and held.channel is Channel.GROUP):
        return ensure_credential(consultation)
    return new_credential(consultation, Channel.GROUP)


def _card(consultation: Consultation, here: GroupSession, participant: Participant) -> Card | None:
    if here.statement_id is None:
        return None
    said = all_said_by(participant.id)
    turn = turn_at(consultation, said, current_language().tag, here.statement_id, seed=0)
    return turn.card if turn else None
