"""The page behind the link of an invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user, login_user

from participation.accounts.actions import start_session
from participation.accounts.browsers import describe
from participation.accounts.passwords import PasswordTooCommonError, PasswordTooShortError
from participation.accounts.queries import account_by_email
from participation.extensions import limiter
from participation.organisations.forms import JoinForm
from participation.organisations.inviting import InvitationGoneError
from participation.organisations.joining import accept_invitation, accept_with_new_account
from participation.organisations.queries import invitation_by_token
from participation.organisations.words import ROLES
from participation.permissions import anyone, signed_in

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from participation.organisations.models import Invitation

pages = Blueprint("invitations", __name__, url_prefix="/<language>/invitations/<token>")


@pages.get("")
@limiter.limit("60 per hour")
@anyone
def show(token: str) -> str:
    """What is offered. Opening the link accepts nothing: programs that scan mail open links too."""
    return _page(_invitation(token), JoinForm(), token)


@pages.post("/accept")
@limiter.limit("20 per hour")
@signed_in
def accept(token: str) -> Response:
    """Join with the account that is signed in."""
    accept_invitation(_invitation(token), current_user)
    flash(_("Welcome. You are a member now."))
    return redirect(url_for("consultations.desk"))


@pages.post("/join")
@limiter.limit("20 per hour")
@anyone
def join(token: str) -> str | Response | tuple[str, int]:
    """Join and get an account."""
    invitation, form = _invitation(token), JoinForm()
    if not form.validate_on_submit():
        return _page(invitation, form, token), 400
    try:
        account = accept_with_new_account(invitation, str(form.name.data), str(form.password.data))
    except (PasswordTooShortError, PasswordTooCommonError) as error:
        form.password.errors = [error.message]
        return _page(invitation, form, token), error.status
    session.clear()
    start_session(account, describe(request.user_agent.string))
    login_user(account)
    flash(_("Welcome. You are a member now."))
    return redirect(url_for("consultations.desk"))


def _invitation(token: str) -> Invitation:
    invitation = invitation_by_token(token)
    if invitation is None:
        raise InvitationGoneError
    return invitation


def _page(invitation: Invitation, form: JoinForm, token: str) -> str:
    return render_template(
        "organisations/invitation.html",
        invitation=invitation,
        role=ROLES[invitation.role],
        form=form,
        token=token,
        has_account=account_by_email(invitation.email) is not None,
    )
