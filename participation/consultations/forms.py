"""What a facilitator sends to create a consultation, turned into texts, dates and statements."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, Form, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from participation.consultations.models import ConsultationText
from participation.i18n import LANGUAGES, count_characters, current_language
from participation.statements.actions import LONGEST_STATEMENT
from participation.text import AtMost, one_line, paragraphs, plain_characters

# A year beyond this is a slip of the finger.
LATEST_YEAR = 2100


class TextsForm(Form):
    """What the consultation says of itself in one language: all of it, or nothing."""

    title = StringField(_l("Title"), [AtMost(90), plain_characters], filters=[one_line])
    question = StringField(
        _l("The question, in one sentence"), [AtMost(200), plain_characters], filters=[one_line]
    )
    summary = TextAreaField(
        _l("What is proposed, in plain words"), [AtMost(8000), plain_characters], filters=[paragraphs]
    )

    def is_empty(self) -> bool:
        return not any(field.data for field in self)

    def is_complete(self, *, required: bool) -> bool:
        """Check the fields, and that a language which has one of these texts has them all."""
        valid = bool(self.validate())
        if not required and self.is_empty():
            return valid
        for field in self:
            if not field.data:
                field.errors = [*field.errors, _("Please write this text too, in this language.")]
                valid = False
        return valid


class ConsultationForm(FlaskForm):
    """Dates, main language, the texts of each language, and seed statements."""

    main_language = SelectField(
        _l("Main language"),
        choices=[SelectChoice(language.tag, language.name) for language in LANGUAGES.values()],
        default=lambda: current_language().tag,
    )
    opens_on = DateField(_l("First day"), [InputRequired(_l("Please give the first day."))])
    closes_on = DateField(_l("Last day"), [InputRequired(_l("Please give the last day."))])
    shows_interim_results = BooleanField(_l("Show results while people vote"), default=True)
    seeds = TextAreaField(_l("First statements, one on each line"), [plain_characters], filters=[paragraphs])

    def __init__(self) -> None:
        super().__init__()
        sent = request.form if self.is_submitted() else None
        self.by_language = {tag: TextsForm(sent, prefix=f"{tag}-") for tag in LANGUAGES}

    def validate(self, extra_validators: None = None) -> bool:
        """Check everything, so that all errors show at once."""
        checks = [super().validate(extra_validators)]
        for tag, texts in self.by_language.items():
            checks.append(texts.is_complete(required=tag == self.main_language.data))
        return all(checks)

    def validate_closes_on(self, field: DateField) -> None:
        if field.data and field.data.year > LATEST_YEAR:
            raise ValidationError(_("Please check the year."))
        if self.opens_on.data and field.data and field.data < self.opens_on.data:
            raise ValidationError(_("The last day must not be before the first day."))

    def validate_seeds(self, field: TextAreaField) -> None:
        """Name every line that is too long or stands there twice."""
        lines = self.seed_texts()
        for number, line in enumerate(lines, start=1):
            if count_characters(line) > LONGEST_STATEMENT:
                field.errors = [
                    *field.errors,
                    _(
                        "Statement %(number)s is longer than %(limit)s characters: “%(start)s…”",
                        number=number,
                        limit=LONGEST_STATEMENT,
                        start=line[:40],
                    ),
                ]
            if line in lines[: number - 1]:
                field.errors = [*field.errors, _("Statement %(number)s stands there twice.", number=number)]
        if field.errors:
            raise ValidationError(_("Please correct the statements below."))

    def seed_texts(self) -> list[str]:
        return [text for line in (self.seeds.data or "").splitlines() if (text := one_line(line))]

    def texts(self) -> dict[str, ConsultationText]:
        """The texts of every language that was filled in."""
        return {
            tag: ConsultationText(
                language=tag, title=form.title.data, question=form.question.data, summary=form.summary.data
            )
            for tag, form in self.by_language.items()
            if not form.is_empty()
        }

    def opens_at(self) -> datetime:
        """The first moment of the first day, in UTC."""
        return datetime.combine(self.opens_on.data or date.min, time.min, tzinfo=UTC)

    def closes_at(self) -> datetime:
        """The first moment after the last day, in UTC."""
        return datetime.combine((self.closes_on.data or date.min) + timedelta(days=1), time.min, tzinfo=UTC)
