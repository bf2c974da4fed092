"""What people send who found an organisation, invite others, or join."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from participation.accounts.passwords import LONGEST_PASSWORD
from participation.i18n import current_language
from participation.organisations.models import Kind, Role
from participation.text import AtMost, one_line, plain_characters

KINDS = {
    Kind.CITY: _l("City or municipality"),
    Kind.MINISTRY: _l("Ministry"),
    Kind.AGENCY: _l("Agency or other public body"),
    Kind.CIVIL_SOCIETY: _l("Civil-society organisation"),
}
ROLES = {
    Role.OWNER: _l("Owner: everything, and who belongs to the organisation"),
    Role.FACILITATOR: _l("Facilitator: runs consultations, moderates and translates"),
    Role.MODERATOR: _l("Moderator: decides about statements"),
    Role.TRANSLATOR: _l("Translator: translates texts and statements"),
    Role.OFFICIAL: _l("Official: answers what a consultation has found"),
    Role.AUDITOR: _l("Auditor: reads everything but who voted what"),
}
ROLE_NAMES = {
    Role.OWNER: _l("Owner"),
    Role.FACILITATOR: _l("Facilitator"),
    Role.MODERATOR: _l("Moderator"),
    Role.TRANSLATOR: _l("Translator"),
    Role.OFFICIAL: _l("Official"),
    Role.AUDITOR: _l("Auditor"),
}
_NEEDED = InputRequired(_l("Please fill this in."))


def _roles() -> SelectField:
    return SelectField(
        _l("Role"),
        choices=[SelectChoice(role.value, label) for role, label in ROLES.items()],
        default=Role.FACILITATOR.value,
    )


class OrganisationForm(FlaskForm):
    name = StringField(_l("Name"), [_NEEDED, AtMost(120), plain_characters], filters=[one_line])
    kind = SelectField(
        _l("What it is"), choices=[SelectChoice(kind.value, label) for kind, label in KINDS.items()]
    )
    country = SelectField(_l("Country"))

    def __init__(self) -> None:
        super().__init__()
        # The countries of CLDR, without regions of the world (digits) and codes that are no country.
        names = {
            code: name
            for code, name in current_language().locale.territories.items()
            if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}  # noqa: PLR2004 - ISO 3166-1 alpha-2
        }
        by_name = sorted(names.items(), key=lambda pair: pair[1])
        self.country.choices = [SelectChoice(code, name) for code, name in by_name]


class InvitationForm(FlaskForm):
    email = EmailField(
        _l("E-mail address"),
        [_NEEDED, AtMost(254), Regexp(r"[^@\s]+@[^@\s]+$", message=_l("This is not an e-mail address."))],
        filters=[one_line],
    )
    role = _roles()


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
