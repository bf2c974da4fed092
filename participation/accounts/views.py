"""Signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from participation.accounts.actions import authenticate, end_sessions
from participation.accounts.forms import SignInForm
from participation.accounts.queries import account_in_session
from participation.extensions import limiter, login_manager, rate_limit_key
from participation.permissions import anyone

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

pages = Blueprint("accounts", __name__, url_prefix="/<language>")

login_manager.user_loader(account_in_session)


def _email_tried() -> str:
    """Counts attempts on one account from anywhere, so that many machines together get no further."""
    return rate_limit_key(f"account {request.form.get('email', '').strip().lower()}")


@pages.route("/sign-in", methods=["GET", "POST"])
@limiter.limit("10 per 5 minutes", methods=["POST"])
@limiter.limit("20 per 5 minutes", methods=["POST"], key_func=_email_tried)
@anyone
def sign_in() -> str | Response | tuple[str, int]:
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form)
    account = authenticate(str(form.email.data), str(form.password.data))
    if account is None:
        form.form_errors.append(_("The e-mail address or the password is not right. Please try again."))
        return render_template("accounts/sign_in.html", form=form), 401
    # A new session for the signed-in person: whoever knew the old one does not get in with it.
    session.clear()
    login_user(account)
    return redirect(_safe(request.args.get("next")))


@pages.post("/sign-out")
@anyone
def sign_out() -> Response:
    if current_user.is_authenticated:
        end_sessions(current_user)
    logout_user()
    session.clear()
    flash(_("You are signed out."))
    return redirect(url_for("consultations.home"))


def _safe(target: str | None) -> str:
    """A page of this site: a path, and nothing that a browser could read as another host."""
    if target and target.startswith("/") and not target.startswith(("//", "/\\")):
        parts = urlsplit(target)
        if not parts.scheme and not parts.netloc:
            return target
    return url_for("consultations.desk")
