"""The one kind of form field that takes an e-mail address, and the form of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField
from wtforms.validators import InputRequired, ValidationError

from participation.mail.address import LONGEST_ADDRESS, normal_address

if TYPE_CHECKING:
    from flask_babel import LazyString
    from wtforms import Form


class AddressField(EmailField):
    """An address that mail can be sent to. What was typed stays in `data`, as it was typed."""

    def __init__(self, label: LazyString, *, autocomplete: str = "email", **bound: Any) -> None:  # noqa: ANN401 - what WTForms binds a field with
        super().__init__(
            label,
            [InputRequired(_l("Please write your e-mail address."))],
            render_kw={"autocomplete": autocomplete, "dir": "ltr", "maxlength": LONGEST_ADDRESS},
            **bound,
        )

    def post_validate(self, form: Form, validation_stopped: bool) -> None:  # noqa: ARG002, FBT001 - WTForms calls it
        if self.data and normal_address(self.data) is None:
            raise ValidationError(
                _("We cannot send to this address. Please check it: it should look like name@example.org.")
            )

    @property
    def address(self) -> str:
        """The address as it is kept; only after the form was found valid."""
        return normal_address(self.data or "") or ""


class AddressForm(FlaskForm):
    """Asks for an address to write to."""

    email = AddressField(_l("Your e-mail address"))
