"""`flask organisation`: organisations and their first people, for operators."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import click
from flask import url_for
from flask.cli import AppGroup

from participation.errors import DomainError
from participation.i18n import LANGUAGES
from participation.mail.address import normal_address
from participation.mail.letter import writing_in
from participation.mail.queries import settings_here
from participation.organisations.inviting import Handing, invite, open_organisation
from participation.organisations.models import Kind, Role
from participation.organisations.queries import organisation_by_slug, organisation_called

if TYPE_CHECKING:
    from participation.organisations.inviting import Offer

organisation_group = AppGroup("organisation", help="Organisations, and who belongs to them.")

in_language = click.option(
    "--language", type=click.Choice(list(LANGUAGES)), default="en", show_default=True, help="Of the letter."
)


@organisation_group.command("create")
@click.argument("name")
@click.argument("email")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), default=Kind.CITY.value)
@click.option("--country", required=True, help="Whose law applies, as ISO 3166-1: two letters such as KE.")
@in_language
def create(name: str, email: str, kind: str, country: str, language: str) -> None:
    """Add an organisation, and invite its first owner by an e-mail address."""
    if not (len(country) == 2 and country.isascii() and country.isalpha()):  # noqa: PLR2004 - ISO 3166-1 alpha-2
        _stop(f"{country!r} is no country. Write two letters such as KE, FI or SI.")
    if twin := organisation_called(name):
        _stop(
            f"An organisation called {name} is there already, as {twin.slug}. "
            f"To invite somebody to it: flask organisation invite {twin.slug} {email} owner"
        )
    organisation, offer = open_organisation(
        _address(email),
        name=name,
        kind=Kind(kind),
        country=country.upper(),
        language=language,
        handing=_handing(),
    )
    click.echo(f"{name} is there, as {organisation.slug}.")
    _tell(offer)


@organisation_group.command("invite")
@click.argument("slug")
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in Role]))
@in_language
def invite_(slug: str, email: str, role: str, language: str) -> None:
    """Invite somebody to an organisation, for example because its only owner has left."""
    organisation = organisation_by_slug(slug)
    if organisation is None:
        _stop(f"There is no organisation called {slug}.")
    try:
        offers = invite(organisation, [_address(email)], Role(role), language=language, handing=_handing())
    except DomainError as error:
        _stop(str(error.message))
    _tell(*offers)


def _tell(offer: Offer) -> None:
    invitation, token = offer
    settings = settings_here()
    with writing_in(
        invitation.language, settings.base_url if settings else "http://the-address-of-your-site"
    ):
        link = url_for("invitations.show", token=token, _external=True)
    if settings:
        click.echo(f"The worker sends this link to {invitation.email}; you can hand it over too:")
    else:
        click.echo(f"This installation sends no mail. Hand this link over to {invitation.email}:")
    click.echo(f"    {link}")


def _handing() -> Handing:
    return Handing(by_mail=settings_here() is not None)


def _address(email: str) -> str:
    address = normal_address(email)
    if address is None:
        _stop(f"{email} is no e-mail address.")
    return address


def _stop(message: str) -> NoReturn:
    raise click.ClickException(message)
