"""Those who are invited join, with an account that is there or with a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from participation.accounts.actions import add_account
from participation.accounts.queries import account_by_email
from participation.database import db
from participation.errors import DomainError
from participation.organisations.inviting import InvitationGoneError, forget_letter
from participation.organisations.models import Invitation, Member

if TYPE_CHECKING:
    from participation.accounts.models import Account


class InvitationForAnotherError(DomainError):
    message = _l(
        "This invitation is for another e-mail address. Sign out and open the link again, "
        "or ask for an invitation to your own address."
    )
    status = 403


class HasAccountError(DomainError):
    message = _l("You have an account already. Please sign in, then open the link of the invitation again.")


def accept_invitation(invitation: Invitation, account: Account) -> None:
    """Join with an account that is there. A link that was passed on lets nobody else in.

    Raises:
        InvitationForAnotherError, InvitationGoneError

    """
    if account.email != invitation.email:
        raise InvitationForAnotherError
    _join(invitation, account)
    db.session.commit()


def accept_with_new_account(invitation: Invitation, name: str, password: str) -> Account:
    """Join as somebody who had no account.

    Whoever invites somebody vouches for the address: the link is theirs to hand over.

    Raises:
        HasAccountError, InvitationGoneError, PasswordTooShortError, PasswordTooCommonError

    """
    if account_by_email(invitation.email):
        raise HasAccountError
    account = add_account(invitation.email, name, password)
    _join(invitation, account)
    db.session.commit()
    return account


def _join(invitation: Invitation, account: Account) -> None:
    """Use an invitation up. Of two browsers that use it at once, the second finds it gone."""
    used = db.session.execute(
        delete(Invitation).where(Invitation.id == invitation.id).returning(Invitation.id)
    )
    if used.first() is None:
        db.session.rollback()
        raise InvitationGoneError
    forget_letter(invitation)
    db.session.merge(
        Member(organisation_id=invitation.organisation_id, account_id=account.id, role=invitation.role)
    )
