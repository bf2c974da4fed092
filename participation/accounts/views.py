"""Signing in and out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from participation.accounts.actions import authenticate, end_this_session, start_session
from participation.accounts.browsers import describe
from participation.accounts.forms import CodeForm, SignInForm
from participation.accounts.queries import account_by_id, account_in_session
from participation.accounts.second_factor import WrongCodeError, accept_code
from participation.extensions import limiter, login_manager, rate_limit_key
from participation.mail.address import normal_address
from participation.permissions import anyone
from participation.way_back import way_back

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.accounts.models import Account

pages = Blueprint("accounts", __name__, url_prefix="/<language>")

login_manager.user_loader(account_in_session)

# Who has given the right password and not yet the code: [account id, seconds, where they wanted to go].
HALFWAY = "halfway"
LONGEST_HALFWAY_IN_SECONDS = 300


def _email_tried() -> str:
    """Counts attempts on one account from anywhere, so that many machines together get no further."""
    return rate_limit_key(f"account {normal_address(request.form.get('email', ''))}")


def _account_halfway() -> str:
    return rate_limit_key(f"code {session.get(HALFWAY, [''])[0]}")


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
    target = request.args.get("next")
    if account.has_second_factor:
        session[HALFWAY] = [account.id, int(time.time()), target]
        return redirect(url_for(".give_code"))
    return _let_in(account, target)


@pages.route("/sign-in/code", methods=["GET", "POST"])
@limiter.limit("10 per 5 minutes", methods=["POST"])
@limiter.limit("10 per 5 minutes", methods=["POST"], key_func=_account_halfway)
@anyone
def give_code() -> str | Response | tuple[str, int]:
    """The second step for accounts with a second factor."""
    account_id, since, target = session.get(HALFWAY, (0, 0, None))
    account = account_by_id(account_id)
    if account is None or time.time() - since > LONGEST_HALFWAY_IN_SECONDS:
        return redirect(url_for(".sign_in", next=target))
    form = CodeForm()
    if not form.validate_on_submit():
        return render_template("accounts/code.html", form=form)
    try:
        accept_code(account, str(form.code.data))
    except WrongCodeError as error:
        form.code.errors = [error.message]
        return render_template("accounts/code.html", form=form), 401
    return _let_in(account, target)


@pages.post("/sign-out")
@anyone
def sign_out() -> Response:
    if current_user.is_authenticated:
        end_this_session(current_user)
    logout_user()
    session.clear()
    flash(_("You are signed out."))
    return redirect(url_for("consultations.home"))


def _let_in(account: Account, target: str | None) -> Response:
    # A new session for the signed-in person: whoever knew the old one does not get in with it.
    session.clear()
    start_session(account, describe(request.user_agent.string))
    login_user(account)
    return redirect(way_back(target, otherwise=url_for("consultations.desk")))
