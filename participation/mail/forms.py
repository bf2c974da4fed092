"""A form that asks for an e-mail address."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, ValidationError
from wtforms.validators import InputRequired

from participation.mail.address import normal_address


class AddressForm(FlaskForm):
    email = EmailField(
        _l("Your e-mail address"),
        [InputRequired(_l("Please write your e-mail address."))],
        render_kw={"autocomplete": "email", "dir": "ltr", "maxlength": 254},
    )

    def validate_email(self, field: EmailField) -> None:
        if normal_address(field.data) is None:
            raise ValidationError(
                _("We cannot send to this address. Please check it: it should look like name@example.org.")
            )

    def address(self) -> str:
        """The address as it is kept, or written to."""
        return normal_address(self.email.data or "") or ""
