"""What a person who signs in sends."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from participation.accounts.actions import LONGEST_PASSWORD
from participation.text import plain_characters


class SignInForm(FlaskForm):
    email = EmailField(
        _l("E-mail address"),
        [InputRequired(_l("Please write your e-mail address.")), Length(max=254), plain_characters],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Please write your password.")), Length(max=LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )
