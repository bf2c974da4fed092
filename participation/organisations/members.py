"""Members change roles and leave, and what they were to the organisation's consultations changes with it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from participation.consultations.models import Consultation, Membership
from participation.database import db
from participation.errors import DomainError
from participation.organisations.models import Member, Organisation, Role
from participation.organisations.queries import number_of_owners
from participation.permissions import ALLOWED, Permission


class LastOwnerError(DomainError):
    message = _l("This is the only owner. Make somebody else an owner first.")


def change_role(organisation: Organisation, account_id: int, role: Role) -> None:
    """Make a member something else. Who may run its consultations no longer, runs none of them any more.

    Raises:
        LastOwnerError: nobody would be left to manage the organisation.

    """
    member = _member(organisation, account_id)
    if member:
        _keep_an_owner(organisation, member, role)
        member.role = role
        if Permission.CONSULTATION_MANAGE not in ALLOWED[role]:
            _take_out_of_consultations(member)
    db.session.commit()


def remove_member(organisation: Organisation, account_id: int) -> None:
    """End somebody's membership, also in each of its consultations; their account stays.

    Raises:
        LastOwnerError

    """
    member = _member(organisation, account_id)
    if member:
        _keep_an_owner(organisation, member, None)
        _take_out_of_consultations(member)
        db.session.delete(member)
    db.session.commit()


def _take_out_of_consultations(member: Member) -> None:
    """Whoever creates a consultation is its facilitator in person; the organisation's it stays."""
    of_organisation = select(Consultation.id).where(Consultation.organisation_id == member.organisation_id)
    db.session.execute(
        delete(Membership).where(
            Membership.account_id == member.account_id, Membership.consultation_id.in_(of_organisation)
        )
    )


def _member(organisation: Organisation, account_id: int) -> Member | None:
    # Takes turns with others: two owners who remove each other at once must not both succeed.
    db.session.execute(select(Organisation).where(Organisation.id == organisation.id).with_for_update())
    return db.session.get(Member, (organisation.id, account_id), populate_existing=True)


def _keep_an_owner(organisation: Organisation, member: Member, role: Role | None) -> None:
    if member.role is Role.OWNER and role is not Role.OWNER and number_of_owners(organisation.id) == 1:
        db.session.rollback()
        raise LastOwnerError
