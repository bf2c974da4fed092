"""The pages behind the links in mails about an account, and where somebody asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from participation.accounts.actions import EmailTakenError, WrongPasswordError
from participation.accounts.forms import ForgottenForm, NewAddressForm, NewPasswordForm
from participation.accounts.passwords import PasswordTooCommonError, PasswordTooShortError
from participation.accounts.recovery import (
    account_with_link,
    ask_for_new_address,
    ask_for_new_password,
    choose_new_password,
    take_new_address,
)
from participation.accounts.tokens import Purpose
from participation.extensions import limiter, rate_limit_key
from participation.i18n import current_language
from participation.mail.address import normal_address
from participation.mail.queries import settings_here
from participation.permissions import anyone, signed_in

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

pages = Blueprint("recovery", __name__, url_prefix="/<language>")


def _address_given() -> str:
    """Counts how often one address is given from anywhere, so that nobody's mailbox can be filled."""
    return rate_limit_key(f"forgotten {normal_address(request.form.get('email', ''))}")


@pages.route("/forgotten-password", methods=["GET", "POST"])
@limiter.limit("10 per 10 minutes", methods=["POST"])
@limiter.limit("5 per hour", methods=["POST"], key_func=_address_given)
@anyone
def forgotten() -> str:
    """Where somebody asks for the link. The answer never says whether the address was known."""
    form = ForgottenForm()
    can_write = settings_here() is not None
    is_sent = can_write and form.validate_on_submit()
    if is_sent:
        ask_for_new_password(form.email.address, language=current_language().tag)
    return render_template("accounts/forgotten.html", form=form, can_write=can_write, is_sent=is_sent)


@pages.route("/new-password/<token>", methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"])
@anyone
def new_password(token: str) -> str | Response | tuple[str, int]:
    """Opening the link changes nothing: programs that look through mail follow links too."""
    account, _link = account_with_link(Purpose.NEW_PASSWORD, token)
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            choose_new_password(token, str(form.password.data))
        except (PasswordTooShortError, PasswordTooCommonError) as error:
            form.password.errors = [error.message]
        else:
            flash(_("Your password is changed, and you are signed out everywhere. Sign in with the new one."))
            return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/new_password.html", form=form, email=account.email)


@pages.route("/account/address", methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"])
@signed_in
def address() -> str | Response:
    """Ask for another e-mail address."""
    form = NewAddressForm()
    can_write = settings_here() is not None
    if can_write and form.validate_on_submit():
        try:
            ask_for_new_address(
                current_user,
                str(form.password.data),
                form.email.address,
                language=current_language().tag,
            )
        except WrongPasswordError as error:
            form.password.errors = [error.message]
        except EmailTakenError as error:
            form.email.errors = [error.message]
        else:
            flash(
                _(
                    "We have written to %(address)s. Until you press the link in that mail, you sign in as before.",
                    address=form.email.address,
                )
            )
            return redirect(url_for("own_account.show"))
    return render_template("accounts/address.html", form=form, can_write=can_write)


@pages.route("/new-address/<token>", methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"])
@anyone
def new_address(token: str) -> str | Response:
    """The link in that mail: a page with a button, for the reason above."""
    _account, link = account_with_link(Purpose.NEW_ADDRESS, token)
    if request.method == "GET":
        return render_template("accounts/new_address.html", address=link.address)
    take_new_address(token, language=current_language().tag)
    flash(_("From now on you sign in with %(address)s. Please do it once now.", address=link.address))
    return redirect(url_for("accounts.sign_in"))
