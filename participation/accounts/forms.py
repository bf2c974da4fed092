"""What a person who signs in sends."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from participation.accounts.passwords import LONGEST_PASSWORD
from participation.mail.forms import AddressField
from participation.text import plain_characters


def _password(label: str, *checks: object, autocomplete: str = "current-password") -> PasswordField:
    return PasswordField(
        label,
        [InputRequired(_l("Please write your password.")), Length(max=LONGEST_PASSWORD), *checks],
        render_kw={"autocomplete": autocomplete},
    )


class SignInForm(FlaskForm):
    email = EmailField(
        _l("E-mail address"),
        [InputRequired(_l("Please write your e-mail address.")), Length(max=254), plain_characters],
        render_kw={"autocomplete": "username"},
    )
    password = _password(_l("Password"))


class CodeForm(FlaskForm):
    code = StringField(
        _l("Code"),
        [InputRequired(_l("Please write the code.")), Length(max=40)],
        render_kw={"autocomplete": "one-time-code", "spellcheck": "false", "dir": "ltr"},
    )


class ForgottenForm(FlaskForm):
    email = AddressField(_l("E-mail address"), autocomplete="username")


class NewPasswordForm(FlaskForm):
    password = _password(_l("New password"), autocomplete="new-password")
    repeated = _password(
        _l("New password, once more"),
        EqualTo("password", _l("The two new passwords are not the same.")),
        autocomplete="new-password",
    )


class ChangePasswordForm(NewPasswordForm):
    present = _password(_l("Your present password"))


class NewAddressForm(FlaskForm):
    email = AddressField(_l("New e-mail address"))
    password = _password(_l("Your password"))


class PasswordForm(FlaskForm):
    password = _password(_l("Your password"))
