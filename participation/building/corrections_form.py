"""What a facilitator sends to correct published texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired

from participation.building.texts_form import TextsForm
from participation.consultations.models import TEXT_FIELDS
from participation.editions import number_seen
from participation.text import AtMost, one_line, plain_characters

if TYPE_CHECKING:
    from participation.consultations.models import Consultation


class CorrectionForm(FlaskForm):
    """The main language's texts, and why they are changed."""

    reason = StringField(
        _l("Why you change this, for everybody to read"),
        [InputRequired(_l("Please say why: everybody can read it.")), AtMost(250), plain_characters],
        filters=[one_line],
    )
    #: Which edition was being corrected.
    edition = HiddenField()

    def __init__(self, consultation: Consultation) -> None:
        super().__init__(data={"edition": str(consultation.edition)})
        self.saved = consultation.texts[consultation.main_language]
        self.texts = TextsForm(request.form if self.is_submitted() else None, obj=self.saved)
        del self.texts.take_out

    def validate(self, extra_validators: None = None) -> bool:
        """Check everything, so that all errors show at once. What was said may not be left unsaid now."""
        checks = [super().validate(extra_validators), self.texts.validate()]
        for name in TEXT_FIELDS:
            if getattr(self.saved, name) and not self.texts[name].data:
                self.texts[name].errors = [_("People have read a text here, so it cannot be empty now.")]
                checks.append(False)
        return all(checks)

    def words(self) -> dict[str, str]:
        return {name: self.texts[name].data or "" for name in TEXT_FIELDS}

    def read_edition(self) -> int:
        return number_seen(self.edition.data)

    def differences(self) -> dict[str, str]:
        """What stands there now where that differs from what was typed, by name."""
        return {
            name: getattr(self.saved, name)
            for name, words in self.words().items()
            if words != getattr(self.saved, name)
        }
