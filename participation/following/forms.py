"""What a person who follows sends."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, SelectField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from participation.i18n import LANGUAGES
from participation.mail.address import normal_address


class FollowForm(FlaskForm):
    """An address, and whether it wants a reminder."""

    email = EmailField(
        _l("Your e-mail address"),
        [InputRequired(_l("Please write your e-mail address."))],
        render_kw={"autocomplete": "email", "dir": "ltr", "maxlength": 254},
    )
    wants_reminder = BooleanField(_l("Also remind me three days before it closes"))

    def validate_email(self, field: EmailField) -> None:
        if normal_address(field.data) is None:
            raise ValidationError(
                _("We cannot send to this address. Please check it: it should look like name@example.org.")
            )

    def address(self) -> str:
        """The address as it is kept."""
        return normal_address(self.email.data or "") or ""


class SettingsForm(FlaskForm):
    """What a follower can change."""

    language = SelectField(
        _l("Language of the mails"),
        choices=[SelectChoice(language.tag, language.name) for language in LANGUAGES.values()],
    )
    wants_reminder = BooleanField(_l("Also remind me three days before it closes"))
