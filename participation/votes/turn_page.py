"""How a turn is shown: as a page, or for the script as the card alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from deliberation.ballot import Choice
from participation.i18n import current_language
from participation.votes.forms import sign_exposure
from participation.votes.queries import next_turn

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation
    from participation.participant_cookie import Credential
    from participation.votes.queries import Said, Turn

ANSWERS = {Choice.AGREE: _l("Agree"), Choice.DISAGREE: _l("Disagree"), Choice.PASS: _l("Pass")}


def go_on(
    consultation: Consultation, credential: Credential, said: Said, undoable: int | None, *, status: str = ""
) -> str | Response:
    """To the next card: for the script the card alone, or a page whose address names it, so that Back finds it."""
    turn = next_turn(consultation, said, current_language().tag, seed=credential.seed)
    if "X-Card" in request.headers:
        return turn_page(consultation, turn, undoable=undoable, status=status)
    statement = turn.card.statement_id if turn.card else None
    return redirect(url_for(".vote", slug=consultation.slug, statement=statement, after=undoable))


def turn_page(
    consultation: Consultation,
    turn: Turn,
    *,
    undoable: int | None = None,
    prepared: Choice | None = None,
    status: str = "",
) -> str:
    """The card, whole page or card alone.

    Args:
        undoable: the statement that was just voted on, if one was.
        prepared: the answer that waits to be confirmed.
        status: what was just done, where it was not a vote.

    """
    return render_template(
        "votes/_turn.html" if "X-Card" in request.headers else "votes/vote.html",
        consultation=consultation,
        turn=turn,
        undoable=turn.card.statement_id if turn.card and turn.card.choice is not None else undoable,
        exposure=exposure(turn),
        prepared=prepared,
        status=status,
        answers=ANSWERS,
    )


def exposure(turn: Turn) -> str:
    """What the card's form carries of how it was drawn."""
    return sign_exposure(turn.card.statement_id, turn.card.exposure) if turn.card else ""
