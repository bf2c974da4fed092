"""What a facilitator sends to create a consultation, turned into texts, dates and statements."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Form,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from participation.consultations.models import TEXT_FIELDS, ConsultationText
from participation.i18n import LANGUAGES, count_characters, current_language
from participation.statements.actions import LONGEST_STATEMENT
from participation.text import AtMost, one_line, paragraphs, plain_characters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from participation.deployments.models import DossierVersion
    from participation.organisations.models import Organisation

# A year beyond this is a slip of the finger.
LATEST_YEAR = 2100
LANGUAGE_CHOICES = [SelectChoice(language.tag, language.name) for language in LANGUAGES.values()]


class TextsForm(Form):
    """What the consultation says of itself in one language: all of it, or nothing."""

    title = StringField(_l("Title"), [AtMost(90), plain_characters], filters=[one_line])
    question = StringField(
        _l("The question, in one sentence"), [AtMost(200), plain_characters], filters=[one_line]
    )
    summary = TextAreaField(
        _l("What is proposed, in plain words"), [AtMost(8000), plain_characters], filters=[paragraphs]
    )
    decision_maker = StringField(_l("Who decides"), [AtMost(200), plain_characters], filters=[one_line])
    still_open = TextAreaField(
        _l("What can still change, and what cannot"), [AtMost(400), plain_characters], filters=[one_line]
    )
    use_of_answers = TextAreaField(
        _l("How the answers will be used"), [AtMost(400), plain_characters], filters=[one_line]
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

    languages = SelectMultipleField(
        _l("Languages that you will write in"),
        choices=LANGUAGE_CHOICES,
    )
    show_languages = SubmitField(_l("Show the fields of these languages"))
    main_language = SelectField(
        _l("Main language"),
        choices=LANGUAGE_CHOICES,
        default=lambda: current_language().tag,
    )
    opens_on = DateField(_l("First day"), [InputRequired(_l("Please give the first day."))])
    closes_on = DateField(_l("Last day"), [InputRequired(_l("Please give the last day."))])
    responds_by = DateField(_l("Answer promised by"), [Optional()])
    organisation = SelectField(_l("Who runs it"), default="")
    dossier = SelectField(_l("Dossier of the AI system"), default="")
    shows_interim_results = BooleanField(_l("Show results while people vote"), default=True)
    seeds = TextAreaField(_l("First statements, one on each line"), [plain_characters], filters=[paragraphs])

    def __init__(
        self, organisations: Sequence[Organisation] = (), dossiers: Sequence[DossierVersion] = ()
    ) -> None:
        super().__init__()
        self.organisations = {organisation.slug: organisation for organisation in organisations}
        self.organisation.choices = [
            *(SelectChoice(slug, organisation.name) for slug, organisation in self.organisations.items()),
            *([] if organisations else [SelectChoice("", _("None"))]),
        ]
        self.dossiers = {str(version.id): version for version in dossiers}
        self.dossier.choices = [
            SelectChoice("", _("None")),
            *(SelectChoice(key, version.deployment.slug) for key, version in self.dossiers.items()),
        ]
        sent = request.form if self.is_submitted() else None
        self.by_language = {tag: TextsForm(sent, prefix=f"{tag}-") for tag in LANGUAGES}

    @property
    def shown(self) -> dict[str, TextsForm]:
        """The texts of the languages that were chosen or written in, the main one first."""
        main = self.main_language.data
        chosen = {main, *(self.languages.data or ())}
        tags = [tag for tag, texts in self.by_language.items() if tag in chosen or not texts.is_empty()]
        return {tag: self.by_language[tag] for tag in sorted(tags, key=lambda tag: tag != main)}

    def only_chooses_languages(self) -> bool:
        """Whether nothing is to be saved yet, only fields to be shown. What was typed is kept."""
        return bool(self.show_languages.data)

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

    def validate_responds_by(self, field: DateField) -> None:
        if (
            field.data
            and self.closes_on.data
            and not self.closes_on.data < field.data < date(LATEST_YEAR, 1, 1)
        ):
            raise ValidationError(_("The answer can only come after the last day."))

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
            tag: ConsultationText(language=tag, **{name: form[name].data for name in TEXT_FIELDS})
            for tag, form in self.by_language.items()
            if not form.is_empty()
        }

    def run_by(self) -> Organisation | None:
        return self.organisations.get(self.organisation.data)

    def dossier_version(self) -> DossierVersion | None:
        return self.dossiers.get(self.dossier.data)

    def opens_at(self) -> datetime:
        """The first moment of the first day, in UTC."""
        return datetime.combine(self.opens_on.data or date.min, time.min, tzinfo=UTC)

    def closes_at(self) -> datetime:
        """The first moment after the last day, in UTC."""
        return datetime.combine((self.closes_on.data or date.min) + timedelta(days=1), time.min, tzinfo=UTC)
