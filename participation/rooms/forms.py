"""What is sent to begin a group session, and to come into one."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, NumberRange

from participation.text import one_line

MOST_STATEMENTS = 30
_HOW_MANY = _l("Please give a number from 1 to 30.")


class SessionForm(FlaskForm):
    statements = IntegerField(
        _l("How many statements?"),
        [InputRequired(_HOW_MANY), NumberRange(1, MOST_STATEMENTS, _HOW_MANY)],
        default=10,
        render_kw={"min": 1, "max": MOST_STATEMENTS, "inputmode": "numeric"},
    )


class CodeForm(FlaskForm):
    code = StringField(
        _l("The number on the screen"),
        [InputRequired(_l("Please type the six digits that stand on the screen."))],
        filters=[one_line, lambda text: text and "".join(sign for sign in text if sign.isalnum())],
        render_kw={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"},
    )
