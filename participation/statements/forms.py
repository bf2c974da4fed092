"""What a participant sends to add a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from participation.i18n import LANGUAGES, best_of, name_of
from participation.statements.actions import LONGEST_STATEMENT
from participation.text import AtMost, one_line, plain_characters

if TYPE_CHECKING:
    from participation.consultations.models import Consultation


class StatementForm(FlaskForm):
    text = TextAreaField(
        _l("Your statement"),
        [InputRequired(_l("Please write your statement.")), AtMost(LONGEST_STATEMENT), plain_characters],
        filters=[one_line],
        render_kw={"rows": 4, "maxlength": LONGEST_STATEMENT * 4, "data-limit": LONGEST_STATEMENT},
    )
    language = SelectField(_l("The language you write in"))

    def __init__(self, consultation: Consultation) -> None:
        languages = consultation.languages
        super().__init__(data={"language": best_of(languages, otherwise=consultation.main_language)})
        self.language.choices = [SelectChoice(tag, _own_name(tag)) for tag in languages]


def _own_name(tag: str) -> str:
    return LANGUAGES[tag].name if tag in LANGUAGES else name_of(tag)
