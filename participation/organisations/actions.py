"""What changes organisations: they are founded, people are invited, join, change roles and leave."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from participation.accounts.actions import add_account
from participation.accounts.queries import account_by_email
from participation.database import db
from participation.errors import DomainError
from participation.organisations.models import Invitation, Kind, Member, Organisation, Role
from participation.organisations.queries import number_of_owners, organisation_by_slug, role_at
from participation.slugs import free_slug
from participation.tokens import hash_of

if TYPE_CHECKING:
    from participation.accounts.models import Account


class LastOwnerError(DomainError):
    message = _l("This is the only owner. Make somebody else an owner first.")


class AlreadyMemberError(DomainError):
    message = _l("Somebody with this e-mail address is a member already. You can change their role.")


class InvitationForAnotherError(DomainError):
    message = _l(
        "This invitation is for another e-mail address. Sign out and open the link again, "
        "or ask for an invitation to your own address."
    )
    status = 403


class InvitationGoneError(DomainError):
    message = _l("This invitation has been used, taken back, or is too old. Please ask for a new one.")
    status = 410


class HasAccountError(DomainError):
    message = _l("You have an account already. Please sign in, then open the link of the invitation again.")


def found_organisation(owner: Account, *, name: str, kind: Kind, country: str) -> Organisation:
    """Add an organisation that its founder owns. The caller's transaction: it is not committed here."""
    organisation = Organisation(
        slug=free_slug([name], otherwise="organisation", is_taken=organisation_by_slug),
        name=name,
        kind=kind,
        country=country,
    )
    db.session.add(organisation)
    db.session.flush()
    db.session.add(Member(organisation_id=organisation.id, account_id=owner.id, role=Role.OWNER))
    return organisation


def create_organisation(owner: Account, *, name: str, kind: Kind, country: str) -> Organisation:
    """As `found_organisation`, and keep it."""
    organisation = found_organisation(owner, name=name, kind=kind, country=country)
    db.session.commit()
    return organisation


def invite(organisation: Organisation, email: str, role: Role) -> tuple[Invitation, str]:
    """Offer a role; returns the secret of the link, which is kept nowhere. A second offer replaces the first.

    Raises:
        AlreadyMemberError

    """
    email = email.strip().lower()
    account = account_by_email(email)
    if account and role_at(organisation.id, account.id):
        raise AlreadyMemberError
    token = secrets.token_urlsafe(24)
    db.session.execute(
        delete(Invitation).where(Invitation.organisation_id == organisation.id, Invitation.email == email)
    )
    invitation = Invitation(
        organisation_id=organisation.id, email=email, role=role, token_hash=hash_of(token)
    )
    db.session.add(invitation)
    db.session.commit()
    return invitation, token


def take_back_invitation(organisation: Organisation, invitation_id: int) -> None:
    db.session.execute(
        delete(Invitation).where(
            Invitation.id == invitation_id, Invitation.organisation_id == organisation.id
        )
    )
    db.session.commit()


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


def change_role(organisation: Organisation, account_id: int, role: Role) -> None:
    """Make a member something else.

    Raises:
        LastOwnerError: nobody would be left to manage the organisation.

    """
    member = _member(organisation, account_id)
    if member:
        _keep_an_owner(organisation, member, role)
        member.role = role
    db.session.commit()


def remove_member(organisation: Organisation, account_id: int) -> None:
    """End somebody's membership; their account stays.

    Raises:
        LastOwnerError

    """
    member = _member(organisation, account_id)
    if member:
        _keep_an_owner(organisation, member, None)
        db.session.delete(member)
    db.session.commit()


def _member(organisation: Organisation, account_id: int) -> Member | None:
    # Takes turns with others: two owners who remove each other at once must not both succeed.
    db.session.execute(select(Organisation).where(Organisation.id == organisation.id).with_for_update())
    return db.session.get(Member, (organisation.id, account_id), populate_existing=True)


def _keep_an_owner(organisation: Organisation, member: Member, role: Role | None) -> None:
    if member.role is Role.OWNER and role is not Role.OWNER and number_of_owners(organisation.id) == 1:
        db.session.rollback()
        raise LastOwnerError


def _join(invitation: Invitation, account: Account) -> None:
    """Use an invitation up. Of two browsers that use it at once, the second finds it gone."""
    used = db.session.execute(
        delete(Invitation).where(Invitation.id == invitation.id).returning(Invitation.id)
    )
    if used.first() is None:
        db.session.rollback()
        raise InvitationGoneError
    db.session.merge(
        Member(organisation_id=invitation.organisation_id, account_id=account.id, role=invitation.role)
    )
