"""The pages on which people vote."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from deliberation.ballot import Choice
from participation.admission.gate import to_the_gate
from participation.consultations.actions import join
from participation.consultations.queries import participant_by_secret_hash
from participation.database import row_id
from participation.i18n import current_language
from participation.participant_cookie import ensure_credential, holds_unreadable_credential, participant_here
from participation.permissions import for_consultation
from participation.votes.actions import cast_vote, put_off, take_back
from participation.votes.forms import read_ballot, read_choice, read_vote
from participation.votes.queries import (
    Said,
    all_said_by,
    answered_cards,
    next_turn,
    turn_at,
    turns_ahead,
)
from participation.votes.turn_page import ANSWERS, exposure, go_on, turn_page

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation, Participant
    from participation.participant_cookie import Credential

pages = Blueprint("votes", __name__, url_prefix="/<language>/c/<slug>")


@pages.get("/vote")
@for_consultation()
def vote(consultation: Consultation) -> str | Response:
    """The card of the next statement, or of the one that the address names.

    With a `choice` in the address, that answer stands ready to be confirmed: an address never votes.
    """
    if not consultation.is_open:
        return redirect(url_for("consultations.show", slug=consultation.slug))
    if gate := to_the_gate(consultation):
        return gate
    credential = _credential(consultation)
    said = _said_by(consultation, credential)
    turn = None
    if (asked_for := request.args.get("statement", type=row_id)) is not None:
        turn = turn_at(consultation, said, current_language().tag, asked_for, seed=credential.seed)
    if turn is None:
        turn = next_turn(consultation, said, current_language().tag, seed=credential.seed)
    before = request.args.get("after", type=row_id)
    return turn_page(
        consultation,
        turn,
        undoable=before if before in said.votes else None,
        prepared=read_choice(request.args) if turn.card and turn.card.statement_id == asked_for else None,
    )


@pages.get("/vote/ahead")
@for_consultation()
def ahead(consultation: Consultation) -> str:
    """The next few turns, for a script that may lose its connection. They come in the order of `vote`."""
    if not consultation.is_open:
        return ""
    credential = ensure_credential(consultation)
    said = _said_by(consultation, credential)
    turns = turns_ahead(
        consultation,
        said,
        current_language().tag,
        seed=credential.seed,
        after=request.args.get("statement", type=row_id),
    )
    return render_template(
        "votes/ahead.html",
        consultation=consultation,
        turns=[(before, turn, exposure(turn)) for before, turn in turns],
    )


@pages.post("/votes")
@for_consultation()
def cast(consultation: Consultation) -> str | Response:
    """Take a vote, and answer with the next card: as a page, or for the script as the card alone."""
    sent = read_vote(request.form) or abort(400)
    participant, credential, said = _take_part(consultation)
    cast_vote(
        consultation,
        participant.id,
        sent.statement_id,
        sent.choice,
        is_important=sent.is_important,
        exposure=sent.exposure,
        ballot=sent.ballot,
    )
    if request.form.get("from") == "yours":
        flash(_("Your vote is changed."))
        return redirect(url_for(".yours", slug=consultation.slug, _anchor=f"s{sent.statement_id}"))
    said.votes[sent.statement_id] = (sent.choice, sent.is_important)
    return go_on(consultation, credential, said, sent.statement_id)


@pages.post("/votes/later")
@for_consultation()
def later(consultation: Consultation) -> str | Response:
    """Put a statement off: it comes back when the others are done."""
    statement_id = request.form.get("statement", type=row_id) or abort(400)
    again = request.form.get("again") == "1"
    participant, credential, said = _take_part(consultation)
    put_off(consultation, participant.id, statement_id, again=again)
    said.put_off[statement_id] = 2 if again else said.put_off.get(statement_id, 1)
    return go_on(consultation, credential, said, None, status=_("Kept for later. It counts as no answer."))


@pages.post("/votes/undo")
@for_consultation()
def undo(consultation: Consultation) -> str | Response:
    """Take back the vote that was just cast and show its statement again."""
    statement_id = request.form.get("statement", type=row_id) or abort(400)
    credential, participant, taken = ensure_credential(consultation), participant_here(consultation), None
    if participant:
        taken = take_back(consultation, participant.id, statement_id, ballot=read_ballot(request.form))
    status = "" if taken is None else _("Taken back: %(answer)s.", answer=ANSWERS[taken])
    if "X-Card" not in request.headers:
        if status:
            flash(status)
        return redirect(url_for(".vote", slug=consultation.slug, statement=statement_id))
    said = all_said_by(participant.id if participant else None)
    language = current_language().tag
    turn = turn_at(consultation, said, language, statement_id, seed=credential.seed) or next_turn(
        consultation, said, language, seed=credential.seed
    )
    return turn_page(consultation, turn, status=status)


@pages.get("/votes")
@for_consultation()
def yours(consultation: Consultation) -> str:
    """Everything this participant has said, each answer changeable while the consultation is open."""
    participant = participant_here(consultation)
    cards = answered_cards(consultation, participant.id, current_language().tag) if participant else []
    return render_template("votes/yours.html", consultation=consultation, cards=cards, answers=ANSWERS)


@pages.get("/embed")
@for_consultation()
def embed(consultation: Consultation) -> str:
    """One statement for a frame on another site. It knows nobody and sets no cookie: browsers would lose it there.

    An answer opens the vote page itself, with the answer ready to be confirmed.
    """
    g.may_be_framed = True
    seen = request.args.get("after", type=row_id)
    said = Said() if seen is None else Said(votes={seen: (Choice.PASS, False)})
    turn = next_turn(consultation, said, current_language().tag, seed=secrets.randbits(64))
    return render_template("votes/embed.html", consultation=consultation, turn=turn, answers=ANSWERS)


def _credential(consultation: Consultation) -> Credential:
    """What this browser holds, or a new one; says so if what it held could not be read."""
    if holds_unreadable_credential(consultation):
        flash(
            _(
                "Your browser's earlier answers here could not be found again, so you start anew. "
                "What you said before still counts."
            )
        )
    return ensure_credential(consultation)


def _said_by(consultation: Consultation, credential: Credential) -> Said:
    participant = participant_by_secret_hash(consultation.id, credential.hash)
    return all_said_by(participant.id if participant else None)


def _take_part(consultation: Consultation) -> tuple[Participant, Credential, Said]:
    """Whoever sent this form, as a participant from now on, and what they had said before."""
    credential = _credential(consultation)
    known = participant_by_secret_hash(consultation.id, credential.hash)
    participant = known or join(consultation.id, credential.hash, current_language().tag, credential.channel)
    # Asked before the change, so that the next card needs no second transaction after it.
    return participant, credential, all_said_by(participant.id) if known else Said()
