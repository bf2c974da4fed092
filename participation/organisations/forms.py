"""What people send who found an organisation, invite others, or join."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypedDict

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from participation.accounts.passwords import LONGEST_PASSWORD
from participation.formatting import number
from participation.i18n import LANGUAGES, countries, current_language
from participation.mail.address import normal_address
from participation.organisations.models import Kind, Role
from participation.organisations.words import KINDS, ROLES
from participation.text import AtMost, one_line, plain_characters

if TYPE_CHECKING:
    from participation.organisations.models import Organisation

#: More at once is a list that somebody pasted by mistake.
MOST_AT_ONCE = 50
BETWEEN_ADDRESSES = re.compile(r"[\s,;]+")
# Of what is left without spaces; InputRequired would take a space for a name.
_NEEDED = DataRequired(_l("Please fill this in."))


def _roles() -> RadioField:
    return RadioField(
        _l("Role"),
        choices=[SelectChoice(role.value, label) for role, label in ROLES.items()],
        default=Role.FACILITATOR.value,
    )


class Facts(TypedDict):
    """What an organisation is."""

    name: str
    kind: Kind
    country: str


class OrganisationForm(FlaskForm):
    name = StringField(_l("Name"), [_NEEDED, AtMost(120), plain_characters], filters=[one_line])
    kind = SelectField(
        _l("What it is"), choices=[SelectChoice(kind.value, label) for kind, label in KINDS.items()]
    )
    country = SelectField(_l("Country"))
    #: The description that it was filled in from; not for a new one.
    seen = HiddenField()

    def __init__(self, organisation: Organisation | None = None) -> None:
        super().__init__(
            data={
                "name": organisation.name,
                "kind": organisation.kind.value,
                "country": organisation.country,
                "seen": organisation.description,
            }
            if organisation
            else None
        )
        self.country.choices = [SelectChoice(code, name) for code, name in countries()]

    def facts(self) -> Facts:
        return {
            "name": str(self.name.data),
            "kind": Kind(self.kind.data),
            "country": self.country.data,
        }


class InvitationForm(FlaskForm):
    """One or several people, who get the same role."""

    emails = TextAreaField(
        _l("E-mail addresses"),
        [InputRequired(_l("Please write an e-mail address."))],
        render_kw={"rows": 3, "dir": "ltr", "autocomplete": "off", "spellcheck": "false"},
    )
    role = _roles()
    language = SelectField(
        _l("Language of the invitation"),
        choices=[SelectChoice(language.tag, language.name) for language in LANGUAGES.values()],
        default=lambda: current_language().tag,
    )

    def validate_emails(self, _field: TextAreaField) -> None:
        typed = self._typed()
        if wrong := [text for text in typed if normal_address(text) is None]:
            raise ValidationError(
                ngettext(
                    "We cannot send to this address: %(addresses)s. It should look like name@example.org.",
                    "We cannot send to these addresses: %(addresses)s. They should look like name@example.org.",
                    len(wrong),
                    addresses=" · ".join(wrong),
                )
            )
        if not typed:
            raise ValidationError(_("Please write an e-mail address."))
        if len(typed) > MOST_AT_ONCE:
            raise ValidationError(
                _("Please invite at most %(most)s people at once.", most=number(MOST_AT_ONCE))
            )

    @property
    def addresses(self) -> list[str]:
        """As they are kept; only after the form was found valid."""
        return [address for address in map(normal_address, self._typed()) if address]

    def _typed(self) -> list[str]:
        return [text for text in BETWEEN_ADDRESSES.split(self.emails.data or "") if text]


class RoleForm(FlaskForm):
    role = _roles()


class JoinForm(FlaskForm):
    """For somebody who has no account yet."""

    name = StringField(
        _l("Your name"),
        [_NEEDED, AtMost(120), plain_characters],
        filters=[one_line],
        render_kw={"autocomplete": "name"},
    )
    password = PasswordField(
        _l("Choose a password"),
        [InputRequired(_l("Please write your password.")), Length(max=LONGEST_PASSWORD)],
        render_kw={"autocomplete": "new-password"},
    )
