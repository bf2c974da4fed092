"""What an organiser sends to make codes, and what a person sends to enter with one."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from participation.consultations.models import Admission
from participation.mail.queries import settings_here
from participation.text import one_line

MOST_CODES = 200
WAYS = {
    Admission.OPEN: _l("Everybody. Nobody's identity is checked."),
    Admission.EMAIL: _l("People who confirm an e-mail address. Each address takes part once."),
    Admission.CODE: _l("People with an invitation code. Each code lets one person in, once."),
}


class AdmissionForm(FlaskForm):
    admission = RadioField(_l("Who may take part?"))

    def __init__(self, chosen: Admission, **how: Any) -> None:  # noqa: ANN401 - whatever FlaskForm takes
        super().__init__(data={"admission": chosen.value}, **how)
        ways = [way for way in Admission if way is not Admission.EMAIL or settings_here() or chosen is way]
        self.admission.choices = [SelectChoice(way.value, WAYS[way]) for way in ways]


class CodesForm(FlaskForm):
    number = IntegerField(
        _l("How many codes?"),
        [
            InputRequired(_l("Please give a number from 1 to 200.")),
            NumberRange(1, MOST_CODES, _l("Please give a number from 1 to 200.")),
        ],
        default=24,
        render_kw={"min": 1, "max": MOST_CODES, "inputmode": "numeric"},
    )


class EntryForm(FlaskForm):
    code = StringField(
        _l("Your invitation code"),
        [InputRequired(_l("Please type the code from your sheet or letter."))],
        filters=[one_line],
        render_kw={
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "dir": "ltr",
        },
    )


def told(admission: Admission) -> str:
    """How sure one is that each participant is a person of their own, as a sentence on pages and in the report."""
    words: dict[Admission, str] = {
        Admission.OPEN: _("Everybody may take part, without an account. Nobody's identity is checked."),
        Admission.EMAIL: _(
            "Everybody who confirms an e-mail address may take part, each address once. Whoever has several "
            "addresses could take part several times. Addresses are not kept, nor joined to votes."
        ),
        Admission.CODE: _(
            "Only people with an invitation code may take part. Each code lets one person in, once; "
            "which code somebody used is not kept."
        ),
    }
    return words[admission]
