"""Following by e-mail, by feed and by calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from participation.consultations.queries import published_consultations
from participation.extensions import csrf, limiter, rate_limit_key
from participation.following import calendar as calendar_file
from participation.following import feed as feed_file
from participation.following.actions import ask_to_follow, change_settings, confirm, stop_following
from participation.following.forms import FollowForm, SettingsForm
from participation.following.publishing import calendar_for, feed_for, feed_for_all
from participation.following.queries import consultation_of, past_events, subscription_by_handle, timeline
from participation.following.tokens import read_follower, read_question, sign_follower
from participation.i18n import current_language
from participation.mail.address import normal_address
from participation.mail.queries import settings_here
from participation.permissions import anyone, for_consultation

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug.wrappers import Response as AnyResponse

    from participation.consultations.models import Consultation

pages = Blueprint("following", __name__, url_prefix="/<language>")


def set_up(app: Flask) -> None:
    """Let every page show the form; it is empty where no mail can be sent."""
    app.jinja_env.globals["follow_form"] = lambda: FollowForm() if settings_here() else None


def _address_given() -> str:
    """Counts how often one address is given from anywhere, so that nobody's mailbox can be filled."""
    return rate_limit_key(f"follow {normal_address(request.form.get('email', ''))}")


@pages.route("/c/<slug>/follow", methods=["GET", "POST"])
@limiter.limit("10 per 10 minutes", methods=["POST"])
@limiter.limit("10 per day", methods=["POST"], key_func=_address_given)
@for_consultation()
def subscribe(consultation: Consultation) -> str | AnyResponse:
    """The form on a page of its own. The answer never says whether an address was known."""
    if settings_here() is None:
        abort(404)
    form = FollowForm()
    if not form.validate_on_submit():
        return render_template("following/subscribe.html", consultation=consultation, form=form)
    ask_to_follow(
        consultation,
        form.email.address,
        language=current_language().tag,
        wants_reminder=form.wants_reminder.data,
    )
    flash(
        _(
            "Nearly done: look into your mailbox and confirm. If no mail comes, look among the spam. "
            "Whoever has asked today already, or follows already, gets no second one."
        )
    )
    return redirect(url_for("consultations.show", slug=consultation.slug))


@pages.route("/follow/confirm/<token>", methods=["GET", "POST"], endpoint="confirm")
@anyone
def say_yes(token: str) -> str | AnyResponse | tuple[str, int]:
    """A page with a button: programs that look through mail follow links, but press nothing."""
    handle = read_question(token)
    reader = subscription_by_handle(handle) if handle else None
    if handle is None or reader is None:
        return render_template("following/too_late.html"), 410
    if request.method != "POST":
        return render_template("following/confirm.html", consultation=consultation_of(reader))
    reader = confirm(handle)
    flash(_("You follow this consultation now."))
    return redirect(url_for(".settings", token=sign_follower(handle), language=reader.language))


@pages.route("/follow/<token>", methods=["GET", "POST"])
@anyone
def settings(token: str) -> str | AnyResponse | tuple[str, int]:
    handle = read_follower(token) or abort(404)
    reader = subscription_by_handle(handle)
    if reader is None:
        return render_template("following/stopped.html")
    form = SettingsForm(data={"language": reader.language, "wants_reminder": reader.wants_reminder})
    if form.validate_on_submit():
        change_settings(handle, language=form.language.data, wants_reminder=form.wants_reminder.data)
        flash(_("Saved."))
        return redirect(url_for(".settings", token=token, language=form.language.data))
    consultation = consultation_of(reader)
    return render_template("following/settings.html", form=form, token=token, consultation=consultation)


@pages.route("/follow/<token>/stop", methods=["GET", "POST"])
@csrf.exempt  # type: ignore[untyped-decorator]  # Flask-WTF ships no types
@anyone
def stop(token: str) -> str:
    """End it: by a button on the page, or by the mail program's own button (RFC 8058), which has no session."""
    handle = read_follower(token) or abort(404)
    if request.method == "POST":
        stop_following(handle)
    elif subscription_by_handle(handle):
        return render_template("following/stop.html", token=token)
    return render_template("following/stopped.html")


@pages.get("/c/<slug>/feed.atom")
@for_consultation()
def feed(consultation: Consultation) -> AnyResponse:
    return _file(feed_for(consultation, past_events(consultation)), feed_file.MIMETYPE)


@pages.get("/feed.atom")
@anyone
def site_feed() -> AnyResponse:
    events = [
        (consultation, event)
        for consultation in published_consultations()
        for event in past_events(consultation)
    ]
    return _file(feed_for_all(events), feed_file.MIMETYPE)


@pages.get("/c/<slug>/calendar.ics")
@for_consultation()
def calendar(consultation: Consultation) -> AnyResponse:
    answer = _file(calendar_for(consultation, timeline(consultation)), calendar_file.MIMETYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{consultation.slug}.ics"'
    return answer


def _file(content: bytes, mimetype: str) -> AnyResponse:
    """A file that programs ask for again and again: who has it already gets a line instead."""
    answer = Response(content, content_type=f"{mimetype}; charset=utf-8")
    answer.add_etag()
    return answer.make_conditional(request)
