"""What a facilitator sends to add or change first statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional, Regexp

from participation.building.seed_file import KEY, KEY_HINT, Draft, Reading, decoded, read_csv, read_lines
from participation.i18n import name_of
from participation.statements.actions import LONGEST_STATEMENT
from participation.statements.models import Leaning
from participation.text import AtMost, one_line, plain_characters

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from participation.consultations.models import Consultation
    from participation.statements.models import Statement

LEANINGS = {
    Leaning.FOR: _l("For the proposal"),
    Leaning.AGAINST: _l("Against it"),
    Leaning.NEITHER: _l("Neither"),
}


class SeedForm(FlaskForm):
    """One statement: its original, which side it takes, and a field for each other language."""

    text = TextAreaField(
        _l("The statement"),
        [InputRequired(_l("Please write the statement.")), AtMost(LONGEST_STATEMENT), plain_characters],
        filters=[one_line],
        render_kw={"rows": 3},
    )
    language = SelectField(_l("The language it is written in"))
    leaning = RadioField(_l("Which side does it take?"), validate_choice=False)
    key = StringField(
        _l("Key, if other places ask the same"),
        [Optional(), Regexp(KEY, message=KEY_HINT)],
        filters=[one_line],
    )

    def __init__(self, consultation: Consultation, saved: Statement | None = None) -> None:
        super().__init__(data=_as_data(saved, consultation.main_language))
        self.language.choices = [SelectChoice(tag, name_of(tag)) for tag in consultation.languages]
        self.leaning.choices = [SelectChoice(side.value, name) for side, name in LEANINGS.items()]
        self.translations = {
            tag: request.form.get(
                f"text-{tag}", saved.texts[tag].text if saved and tag in saved.texts else ""
            )
            for tag in consultation.languages
        }
        self.faults: dict[str, str] = {}

    def validate(self, extra_validators: None = None) -> bool:
        """Check the translations too, by the rules of an uploaded file."""
        valid = super().validate(extra_validators)
        for tag, text in self.translations.items():
            if tag != self.language.data and (faults := read_lines(one_line(text) or "", tag, ()).faults):
                self.faults[tag] = faults[0].words
        return valid and not self.faults

    def draft(self) -> Draft:
        others = {
            tag: text
            for tag, written in self.translations.items()
            if tag != self.language.data and (text := one_line(written))
        }
        return Draft(
            self.language.data,
            others | {self.language.data: self.text.data},
            read_leaning(self.leaning.data),
            self.key.data or None,
        )


class ManySeedsForm(FlaskForm):
    """Several at once: pasted, a statement on each line, or as a CSV file."""

    language = SelectField(_l("The language they are written in"))
    lines = TextAreaField(_l("Statements, one on each line"), render_kw={"rows": 8})
    file = FileField(_l("CSV file"))
    #: The text of a file that has been looked through, sent once more to be taken over.
    csv = TextAreaField(_l("What the file says"), render_kw={"rows": 8, "dir": "auto"})

    def __init__(self, consultation: Consultation) -> None:
        super().__init__(data={"language": consultation.main_language})
        self.languages = consultation.languages
        self.language.choices = [SelectChoice(tag, name_of(tag)) for tag in self.languages]

    @property
    def is_csv(self) -> bool:
        return bool(self.csv.data or self.file.data)

    def read(self, taken: Collection[str], taken_keys: Collection[str]) -> Reading:
        """What was sent, with everything that is wrong with it."""
        if self.is_csv:
            return read_csv(self.csv.data, self.languages, taken, taken_keys)
        return read_lines(self.lines.data or "", self.language.data, taken)

    def validate_file(self, field: FileField) -> None:
        """Put what the file says where it can be corrected and sent again."""
        if not field.data:
            return
        text = decoded(field.data.read())
        if text is None:
            raise ValidationError(_("This is no text in UTF-8. Save it as “CSV UTF-8” and send it again."))
        self.csv.data = text

    def validate_lines(self, field: TextAreaField) -> None:
        if not self.is_csv and not (field.data or "").strip():
            raise ValidationError(_("Please write at least one statement, or choose a file."))


def read_leaning(value: str | None) -> Leaning | None:
    return Leaning(value) if value in {side.value for side in Leaning} else None


def read_leanings(sent: Mapping[str, str]) -> dict[int, Leaning | None]:
    """By the number of the statement, from fields that are called leaning-1 and so on."""
    return {
        int(name.removeprefix("leaning-")): read_leaning(value)
        for name, value in sent.items()
        if name.removeprefix("leaning-").isdecimal()
    }


def _as_data(saved: Statement | None, main_language: str) -> dict[str, str]:
    if saved is None:
        return {"language": main_language}
    leaning = saved.leaning.value if saved.leaning else ""
    return {
        "text": saved.texts[saved.language].text,
        "language": saved.language,
        "leaning": leaning,
        "key": saved.key or "",
    }
