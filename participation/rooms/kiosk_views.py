"""What a kiosk shows: a start page that has forgotten whoever was there before, and a question before it forgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_login import user_logged_in

from participation.i18n import LANGUAGES
from participation.kiosk_cookie import be_no_kiosk, is_kiosk, kiosk_here
from participation.participant_cookie import forget_all_credentials
from participation.permissions import for_consultation
from participation.way_back import way_back

if TYPE_CHECKING:
    from typing import Any

    from flask import Flask
    from werkzeug.wrappers import Response

    from participation.consultations.models import Consultation

pages = Blueprint("kiosk", __name__, url_prefix="/<language>/c/<slug>/kiosk")
pages.add_app_template_global(kiosk_here)


@pages.get("")
@for_consultation()
def start(consultation: Consultation) -> str | Response:
    """Forget everything, whoever asks: the person who has finished, the next one, or a clock."""
    kiosk = kiosk_here()
    if kiosk is None:
        return redirect(url_for("consultations.show", slug=consultation.slug))
    forget_all_credentials()
    session.clear()
    if consultation.slug != kiosk.slug:
        return redirect(url_for(".start", slug=kiosk.slug, language=kiosk.language))
    return render_template(
        "rooms/kiosk.html",
        consultation=consultation,
        languages=[LANGUAGES[tag] for tag in consultation.languages if tag in LANGUAGES],
    )


@pages.get("/still-here")
@for_consultation()
def still_here(consultation: Consultation) -> str | Response:
    """Ask whether somebody is there, and forget them if not. Without script only; it asks on the page itself."""
    if not is_kiosk():
        return redirect(url_for("consultations.show", slug=consultation.slug))
    back = way_back(request.args.get("back"), otherwise=url_for("votes.vote", slug=consultation.slug))
    return render_template("rooms/still_here.html", consultation=consultation, back=back)


def set_up(app: Flask) -> None:
    """Whoever signs in at a kiosk takes it back."""
    user_logged_in.connect(_take_back, app)


def _take_back(_app: Flask, **_who: Any) -> None:  # noqa: ANN401 - what Flask-Login tells
    if is_kiosk():
        be_no_kiosk()
        forget_all_credentials()
