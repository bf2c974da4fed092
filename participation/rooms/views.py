"""The facilitator's pages for rooms: kiosks and group sessions, and what the big screen shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask_login import current_user, logout_user

from participation.accounts.actions import end_this_session
from participation.consultations.actions import ConsultationNotOpenError
from participation.i18n import LANGUAGES, current_language
from participation.kiosk_cookie import Kiosk, become_kiosk
from participation.paper.queries import lines_on
from participation.participant_cookie import forget_all_credentials
from participation.permissions import Permission, for_consultation
from participation.qr import qr_code
from participation.rooms.actions import end_session, lead_on, open_session, show_split
from participation.rooms.forms import SessionForm
from participation.rooms.queries import answers_in, people_in, session_by_id, sessions_of
from participation.votes.turn_page import ANSWERS

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation
    from participation.rooms.models import GroupSession

pages = Blueprint("rooms", __name__, url_prefix="/<language>/desk/c/<slug>/rooms")

STEPS = {"show": show_split, "next": lead_on}


@pages.route("", methods=["GET", "POST"])
@for_consultation(Permission.CONSULTATION_MANAGE)
def manage(consultation: Consultation) -> str | Response:
    """Where a kiosk and a group session begin."""
    form = SessionForm()
    if form.validate_on_submit():
        begun = open_session(consultation, by=current_user, statements=int(form.statements.data or 0))
        return redirect(url_for(".screen", slug=consultation.slug, session_id=begun.id))
    return render_template(
        "rooms/manage.html",
        consultation=consultation,
        form=form,
        running=[one for one in sessions_of(consultation.id) if one.is_running],
        languages=[LANGUAGES[tag] for tag in consultation.languages if tag in LANGUAGES],
    )


@pages.post("/kiosk")
@for_consultation(Permission.CONSULTATION_MANAGE)
def begin_kiosk(consultation: Consultation) -> Response:
    """Sign the facilitator out, and leave the browser to whoever comes."""
    if not consultation.is_open:
        raise ConsultationNotOpenError
    end_this_session(current_user)
    logout_user()
    session.clear()
    forget_all_credentials()
    become_kiosk(Kiosk(consultation.slug, current_language().tag))
    return redirect(url_for("kiosk.start", slug=consultation.slug))


@pages.get("/<int:session_id>")
@for_consultation(Permission.CONSULTATION_MANAGE)
def screen(consultation: Consultation, session_id: int) -> str:
    """What the room sees, with the facilitator's buttons below."""
    here = _session(consultation, session_id)
    link = url_for("room.room", slug=consultation.slug, code=here.code, _external=True)
    return render_template(
        "rooms/screen.html",
        consultation=consultation,
        session=here,
        lines=lines_on(consultation, here.statement_ids, current_language().tag),
        people=people_in(here.id),
        answered=sum(answers_in(here.id, here.statement_id).values()) if here.statement_id else 0,
        split=here.splits.get(str(here.place)),
        answers=ANSWERS,
        address=url_for("room.enter", slug=consultation.slug, _external=True),
        qr=qr_code(link),
    )


@pages.post("/<int:session_id>/<step>")
@for_consultation(Permission.CONSULTATION_MANAGE)
def take_step(consultation: Consultation, session_id: int, step: str) -> Response:
    take = STEPS.get(step) or abort(404)
    here = _session(consultation, session_id)
    take(consultation, here, place=request.form.get("place", -1, type=int))
    return redirect(url_for(".screen", slug=consultation.slug, session_id=here.id))


@pages.post("/<int:session_id>/end")
@for_consultation(Permission.CONSULTATION_MANAGE)
def end(consultation: Consultation, session_id: int) -> Response:
    end_session(_session(consultation, session_id))
    return redirect(url_for(".manage", slug=consultation.slug))


def _session(consultation: Consultation, session_id: int) -> GroupSession:
    return session_by_id(consultation.id, session_id) or abort(404)
