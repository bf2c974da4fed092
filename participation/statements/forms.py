"""What a participant sends to add a statement."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, TextAreaField
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
    #: The mark of the text that its writer has had reviewed: the same text again is sent as it is.
    reviewed = HiddenField()

    def __init__(self, consultation: Consultation) -> None:
        languages = consultation.languages
        super().__init__(data={"language": best_of(languages, otherwise=consultation.main_language)})
        self.language.choices = [SelectChoice(tag, _own_name(tag)) for tag in languages]

    @property
    def is_reviewed(self) -> bool:
        """Whether the writer has seen what there is to say about this very text."""
        return bool(self.reviewed.data == _mark_of(self.text.data))

    def remember_review(self) -> None:
        self.reviewed.data = _mark_of(self.text.data)


def _mark_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _own_name(tag: str) -> str:
    return LANGUAGES[tag].name if tag in LANGUAGES else name_of(tag)
