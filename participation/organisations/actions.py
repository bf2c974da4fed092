"""What changes organisations: they are founded and described anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from participation.database import db
from participation.errors import DomainError
from participation.organisations.models import Member, Organisation, Role
from participation.organisations.queries import organisation_by_slug
from participation.slugs import free_slug

if TYPE_CHECKING:
    from participation.accounts.models import Account
    from participation.organisations.models import Kind


class DescribedMeanwhileError(DomainError):
    message = _l("Somebody else has changed this since you opened it. Compare the two, then save again.")


def add_organisation(*, name: str, kind: Kind, country: str) -> Organisation:
    """Add an organisation without members. The caller's transaction: it is not committed here."""
    organisation = Organisation(
        slug=free_slug([name], otherwise="organisation", is_taken=organisation_by_slug),
        name=name,
        kind=kind,
        country=country,
    )
    db.session.add(organisation)
    db.session.flush()
    return organisation


def found_organisation(owner: Account, *, name: str, kind: Kind, country: str) -> Organisation:
    """As `add_organisation`, with its founder as owner."""
    organisation = add_organisation(name=name, kind=kind, country=country)
    db.session.add(Member(organisation_id=organisation.id, account_id=owner.id, role=Role.OWNER))
    return organisation


def create_organisation(owner: Account, *, name: str, kind: Kind, country: str) -> Organisation:
    """As `found_organisation`, and keep it."""
    organisation = found_organisation(owner, name=name, kind=kind, country=country)
    db.session.commit()
    return organisation


def describe_organisation(
    organisation: Organisation, *, name: str, kind: Kind, country: str, seen: str
) -> None:
    """Change what an organisation is called and is. Its address on the site stays.

    Args:
        seen: the description that somebody had before them.

    Raises:
        DescribedMeanwhileError

    """
    db.session.refresh(organisation, with_for_update=True)
    before = organisation.description
    organisation.name, organisation.kind, organisation.country = name, kind, country
    if before not in {seen, organisation.description}:
        db.session.rollback()
        raise DescribedMeanwhileError
    db.session.commit()
