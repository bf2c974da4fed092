"""The letter that invites somebody, in the language that whoever invites them chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from participation.mail.letter import Letter, Link, writing_in
from participation.mail.queries import base_url
from participation.organisations.queries import INVITATION_LASTS
from participation.organisations.words import ROLES

if TYPE_CHECKING:
    from participation.organisations.models import Invitation, Organisation


def invitation_letter(
    organisation: Organisation, invitation: Invitation, token: str, inviter: str | None
) -> Letter:
    """The link with which somebody joins.

    Args:
        inviter: the name of whoever invites them; None for the people who run the site.

    """
    with writing_in(invitation.language, base_url()):
        days = INVITATION_LASTS.days
        return Letter(
            subject=_("You are invited to join"),
            about=(organisation.name, invitation.language),
            paragraphs=(
                _("%(inviter)s invites you.", inviter=inviter)
                if inviter
                else _("The people who run this site invite you."),
                _("Your role: %(role)s", role=ROLES[invitation.role]),
                ngettext(
                    "The link works once, only for this address, and for %(days)s day.",
                    "The link works once, only for this address, and for %(days)s days.",
                    days,
                    days=format_decimal(days),
                ),
            ),
            action=Link(
                _("Look at the invitation"), url_for("invitations.show", token=token, _external=True)
            ),
            footnote=_(
                "You get this mail because somebody gave your address. If you do not know them, do nothing: "
                "it is forgotten by itself."
            ),
        )
