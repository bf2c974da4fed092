"""The letters about an account, in the language of the page on which somebody asked for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from participation.accounts.tokens import LINKS_LAST_SECONDS, Purpose, sign
from participation.mail.letter import Letter, Link, writing_in
from participation.mail.queries import base_url

if TYPE_CHECKING:
    from participation.accounts.models import Account


def new_password(account: Account, language: str) -> Letter:
    """The link with which somebody chooses a new password."""
    token = sign(Purpose.NEW_PASSWORD, account)
    with writing_in(language, base_url()):
        return Letter(
            subject=_("Choose a new password"),
            about=_site(language),
            paragraphs=(
                _("Somebody said that they have forgotten the password of your account. Was it you?"),
                f"{_how_long()} {_('If it was not you, do nothing: your password stays as it is.')}",
            ),
            action=Link(
                _("Choose a new password"), url_for("recovery.new_password", token=token, _external=True)
            ),
            footnote=_("You get this mail because you have an account with this address."),
        )


def new_address(account: Account, address: str, language: str) -> Letter:
    """Asks the owner of an address whether an account may have it."""
    token = sign(Purpose.NEW_ADDRESS, account, address)
    with writing_in(language, base_url()):
        return Letter(
            subject=_("Confirm your new e-mail address"),
            about=_site(language),
            paragraphs=(
                _("Somebody wants to sign in with this address from now on. Was it you?"),
                f"{_how_long()} {_('If it was not you, do nothing.')}",
            ),
            action=Link(
                _("Yes, this is my address"), url_for("recovery.new_address", token=token, _external=True)
            ),
            footnote=_("This address is forgotten if you do not confirm it."),
        )


def address_changed(language: str) -> Letter:
    """Tells the owner of the address that an account had before."""
    with writing_in(language, base_url()):
        return Letter(
            subject=_("Your account has another e-mail address now"),
            about=_site(language),
            paragraphs=(
                _("From now on you sign in with the new address. Nothing comes to this one any more."),
                _("If it was not you who changed it, tell the people who run this site at once."),
            ),
            action=Link(_("Sign in"), url_for("accounts.sign_in", _external=True)),
            footnote=_("You get this mail because your account had this address until now."),
        )


def _how_long() -> str:
    hours = LINKS_LAST_SECONDS // 3600
    return str(
        ngettext(
            "The link works once, and for %(num)s hour.", "The link works once, and for %(num)s hours.", hours
        )
    )


def _site(language: str) -> tuple[str, str]:
    return current_app.extensions["baraza_config"].site_name, language
