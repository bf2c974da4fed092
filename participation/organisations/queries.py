"""Questions about organisations and the people in them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from participation.accounts.models import Account
from participation.database import db, now
from participation.mail.queries import states_of
from participation.organisations.models import Invitation, Member, Organisation, Role
from participation.tokens import hash_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement

    from participation.mail.models import State

INVITATION_LASTS = timedelta(days=14)


def organisation_by_slug(slug: str) -> Organisation | None:
    return db.session.scalar(select(Organisation).where(Organisation.slug == slug))


def organisation_called(name: str) -> Organisation | None:
    return db.session.scalars(select(Organisation).where(Organisation.name == name).limit(1)).first()


def memberships_of(account_id: int) -> Sequence[Member]:
    """Where somebody is a member and as what, by the organisations' names."""
    return db.session.scalars(
        select(Member)
        .join(Organisation)
        .where(Member.account_id == account_id)
        .order_by(Organisation.name, Organisation.id)
        .options(joinedload(Member.organisation))
    ).all()


def members_of(organisation_id: int) -> Sequence[Member]:
    """Everybody in an organisation, by name."""
    return db.session.scalars(
        select(Member)
        .join(Account)
        .where(Member.organisation_id == organisation_id)
        .order_by(Account.name, Account.id)
        .options(joinedload(Member.account))
    ).all()


def role_at(organisation_id: int, account_id: int) -> Role | None:
    return db.session.scalar(
        select(Member.role).where(Member.organisation_id == organisation_id, Member.account_id == account_id)
    )


def number_of_owners(organisation_id: int) -> int:
    return (
        db.session.scalar(
            select(func.count()).where(Member.organisation_id == organisation_id, Member.role == Role.OWNER)
        )
        or 0
    )


def is_over() -> ColumnElement[bool]:
    """Invitations that nobody can take up any more."""
    return Invitation.invited_at <= now() - INVITATION_LASTS


def invitations_of(organisation_id: int) -> Sequence[Invitation]:
    """What has been offered and not taken up yet, the latest first."""
    return db.session.scalars(
        select(Invitation)
        .where(Invitation.organisation_id == organisation_id, ~is_over())
        .order_by(Invitation.invited_at.desc(), Invitation.id.desc())
    ).all()


def key_of_letter(invitation: Invitation) -> str:
    """What the outbox calls the letter with an invitation's link. A new link has a new letter."""
    return f"invitation {invitation.token_hash.hex()}"


def letters_of(invitations: Iterable[Invitation]) -> dict[int, State]:
    """What became of their letters, by the number of the invitation. Without a letter it is not in it."""
    keys = {key_of_letter(invitation): invitation.id for invitation in invitations}
    return {keys[key]: state for key, state in states_of(keys).items()}


def invitation_by_token(token: str) -> Invitation | None:
    """What a link offers; None if it was taken up or back, or is too old."""
    return db.session.scalar(
        select(Invitation)
        .where(Invitation.token_hash == hash_of(token), ~is_over())
        .options(joinedload(Invitation.organisation))
    )
