"""What a person who follows sends."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.fields import SelectChoice

from participation.i18n import LANGUAGES
from participation.mail.forms import AddressForm


class FollowForm(AddressForm):
    """An address, and whether it wants a reminder."""

    wants_reminder = BooleanField(_l("Also remind me three days before it closes"))


class SettingsForm(FlaskForm):
    """What a follower can change."""

    language = SelectField(
        _l("Language of the mails"),
        choices=[SelectChoice(language.tag, language.name) for language in LANGUAGES.values()],
    )
    wants_reminder = BooleanField(_l("Also remind me three days before it closes"))
