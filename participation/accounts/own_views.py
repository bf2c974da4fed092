"""Somebody's own account: password, second factor, and where they are signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, current_app, flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from participation.accounts.actions import (
    WrongPasswordError,
    change_password,
    end_other_sessions,
    end_session,
)
from participation.accounts.forms import ChangePasswordForm, CodeForm, PasswordForm
from participation.accounts.passwords import PasswordTooCommonError, PasswordTooShortError
from participation.accounts.queries import sessions_of
from participation.accounts.second_factor import WrongCodeError, address_of, new_secret, turn_off, turn_on
from participation.extensions import limiter
from participation.permissions import signed_in
from participation.qr import qr_code

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

pages = Blueprint("own_account", __name__, url_prefix="/<language>/account")

# The secret that is being set up: the browser shows it anyway, so its signed cookie may hold it.
BEING_SET_UP = "second factor being set up"


@pages.get("")
@signed_in
def show() -> str:
    return render_template("accounts/account.html", sessions=sessions_of(current_user))


@pages.route("/password", methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"])
@signed_in
def password() -> str | Response:
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            change_password(current_user, str(form.present.data), str(form.password.data))
        except WrongPasswordError as error:
            form.present.errors = [error.message]
        except (PasswordTooShortError, PasswordTooCommonError) as error:
            form.password.errors = [error.message]
        else:
            flash(_("Your password is changed. Everywhere else you are signed out."))
            return redirect(url_for(".show"))
    return render_template("accounts/password.html", form=form)


@pages.route("/second-factor", methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"])
@signed_in
def second_factor() -> str:
    """Set it up: a secret for the telephone, and a code from it that proves it arrived."""
    secret = session.setdefault(BEING_SET_UP, new_secret())
    form = CodeForm()
    if form.validate_on_submit():
        try:
            codes = turn_on(current_user, secret, str(form.code.data))
        except WrongCodeError as error:
            form.code.errors = [error.message]
        else:
            session.pop(BEING_SET_UP)
            return render_template("accounts/recovery_codes.html", codes=codes)
    address = address_of(secret, current_user, current_app.extensions["baraza_config"].site_name)
    return render_template("accounts/second_factor.html", form=form, secret=secret, qr=qr_code(address))


@pages.route("/second-factor/off", methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"])
@signed_in
def second_factor_off() -> str | Response:
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            turn_off(current_user, str(form.password.data))
        except WrongPasswordError as error:
            form.password.errors = [error.message]
        else:
            flash(_("The second factor is off: your password alone lets you in."))
            return redirect(url_for(".show"))
    return render_template("accounts/second_factor_off.html", form=form)


@pages.post("/sessions/<int:session_id>/end")
@signed_in
def end_one(session_id: int) -> Response:
    end_session(current_user, session_id)
    flash(_("That browser is signed out."))
    return redirect(url_for(".show"))


@pages.post("/sessions/end-others")
@signed_in
def end_others() -> Response:
    end_other_sessions(current_user)
    flash(_("Everywhere else you are signed out."))
    return redirect(url_for(".show"))
