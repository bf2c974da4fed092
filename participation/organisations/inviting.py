"""People are invited. The link goes out by mail, or by the hand of whoever invites."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from participation.accounts.queries import account_by_email
from participation.database import db, now
from participation.errors import DomainError
from participation.mail.actions import forget_mails, write_mail
from participation.organisations.actions import add_organisation
from participation.organisations.letters import invitation_letter
from participation.organisations.models import Invitation, Role
from participation.organisations.queries import key_of_letter, role_at
from participation.tokens import hash_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from participation.organisations.models import Kind, Organisation


class Offer(NamedTuple):
    """An invitation, and the secret of its link, which is kept nowhere but in the letter."""

    invitation: Invitation
    token: str


class Handing(NamedTuple):
    """How the links of invitations reach people."""

    #: Whether a letter is written; otherwise somebody hands the link over.
    by_mail: bool
    #: The name that stands in the letter; None for the people who run the site.
    inviter: str | None = None


class AlreadyMemberError(DomainError):
    message = _l("Somebody with this e-mail address is a member already. You can change their role.")

    def __init__(self, *addresses: str) -> None:
        super().__init__(*addresses)
        self.addresses = addresses


class InvitationGoneError(DomainError):
    message = _l("This invitation has been used, taken back, or is too old. Please ask for a new one.")
    status = 410


def invite(
    organisation: Organisation, addresses: Iterable[str], role: Role, *, language: str, handing: Handing
) -> list[Offer]:
    """Offer a role to people, all of them or nobody. A second offer to an address replaces the first.

    Raises:
        AlreadyMemberError: says which.

    """
    addresses = list(dict.fromkeys(addresses))
    if members := [address for address in addresses if _is_member(organisation, address)]:
        raise AlreadyMemberError(*members)
    offers = [_offer(organisation, address, role, language, handing) for address in addresses]
    db.session.commit()
    return offers


def open_organisation(
    owner: str, *, name: str, kind: Kind, country: str, language: str, handing: Handing
) -> tuple[Organisation, Offer]:
    """Add an organisation and invite its first owner, by address."""
    organisation = add_organisation(name=name, kind=kind, country=country)
    offer = _offer(organisation, owner, Role.OWNER, language, handing)
    db.session.commit()
    return organisation, offer


def renew_invitation(organisation: Organisation, invitation_id: int, handing: Handing) -> Offer:
    """Offer the same again with a new link; the one before is then worth nothing.

    Raises:
        InvitationGoneError

    """
    invitation = db.session.scalar(
        select(Invitation)
        .where(Invitation.id == invitation_id, Invitation.organisation_id == organisation.id)
        .with_for_update()
    )
    if invitation is None:
        raise InvitationGoneError
    forget_letter(invitation)
    token = secrets.token_urlsafe(24)
    invitation.token_hash, invitation.invited_at = hash_of(token), now()
    _write_letter(organisation, invitation, token, handing)
    db.session.commit()
    return Offer(invitation, token)


def take_back_invitation(organisation: Organisation, invitation_id: int) -> None:
    """End an offer, and its letter if that is still here. Doing it twice does no more than doing it once."""
    invitation = db.session.get(Invitation, invitation_id)
    if invitation and invitation.organisation_id == organisation.id:
        forget_letter(invitation)
        db.session.execute(delete(Invitation).where(Invitation.id == invitation_id))
    db.session.commit()


def _is_member(organisation: Organisation, address: str) -> bool:
    account = account_by_email(address)
    return account is not None and role_at(organisation.id, account.id) is not None


def _offer(organisation: Organisation, address: str, role: Role, language: str, handing: Handing) -> Offer:
    earlier = select(Invitation).where(
        Invitation.organisation_id == organisation.id, Invitation.email == address
    )
    for invitation in db.session.scalars(earlier):
        forget_letter(invitation)
        db.session.delete(invitation)
    token = secrets.token_urlsafe(24)
    invitation = Invitation(
        organisation_id=organisation.id,
        email=address,
        role=role,
        language=language,
        token_hash=hash_of(token),
    )
    db.session.add(invitation)
    db.session.flush()
    _write_letter(organisation, invitation, token, handing)
    return Offer(invitation, token)


def _write_letter(organisation: Organisation, invitation: Invitation, token: str, handing: Handing) -> None:
    if handing.by_mail:
        write_mail(
            key_of_letter(invitation),
            recipient=invitation.email,
            language=invitation.language,
            letter=invitation_letter(organisation, invitation, token, handing.inviter),
        )


def forget_letter(invitation: Invitation) -> None:
    """Take its letter out of the outbox. The caller's transaction: not committed here."""
    forget_mails(key_of_letter(invitation))
