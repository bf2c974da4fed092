"""What a facilitator sends to create or change a draft, turned into texts, moments and statements."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    SubmitField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from participation.building.drafts import Plan
from participation.building.ready_made import READY_MADE
from participation.building.texts_form import TextsForm
from participation.consultations.models import TEXT_FIELDS
from participation.database import now
from participation.editions import number_seen
from participation.i18n import LANGUAGES, count_characters, current_language
from participation.statements.actions import LONGEST_STATEMENT
from participation.text import one_line, paragraphs, plain_characters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from participation.building.ready_made import ReadyMade
    from participation.consultations.models import Consultation
    from participation.deployments.models import DossierVersion
    from participation.organisations.models import Organisation

T = TypeVar("T")

# A year beyond this is a slip of the finger.
LATEST_YEAR = 2100
LANGUAGE_CHOICES = [SelectChoice(language.tag, language.name) for language in LANGUAGES.values()]


@cache
def time_zones() -> list[SelectChoice]:
    """UTC, and the zones that are called after a place."""
    places = (name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "US/")))
    return [SelectChoice(name, name.replace("_", " ")) for name in ("UTC", *sorted(places))]


class ConsultationForm(FlaskForm):
    """Dates, main language and the texts of each language; of a new consultation also its first statements."""

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
    time_zone = SelectField(_l("Time zone"), choices=time_zones, default="UTC")
    opens_on = DateField(_l("First day"), [InputRequired(_l("Please give the first day."))])
    writes_until = DateField(_l("Last day for new statements"), [Optional()])
    closes_on = DateField(_l("Last day"), [InputRequired(_l("Please give the last day."))])
    responds_by = DateField(_l("Answer promised by"), [Optional()])
    organisation = SelectField(_l("Who runs it"), default="")
    dossier = SelectField(_l("Dossier of the AI system"), default="")
    shows_interim_results = BooleanField(_l("Show results while people vote"), default=True)
    publishes_votes = BooleanField(_l("Publish the single votes after the last day, under random numbers"))
    seeds = TextAreaField(_l("First statements, one on each line"), [plain_characters], filters=[paragraphs])
    #: Which edition of the draft was being changed.
    edition = HiddenField()
    #: The template that it was begun from; languages that are added begin with its texts too.
    template = HiddenField()

    def __init__(
        self,
        organisations: Sequence[Organisation] = (),
        dossiers: Sequence[DossierVersion] = (),
        *,
        saved: Consultation | None = None,
    ) -> None:
        self.ready_made = None if saved else READY_MADE.get(request.values.get("template", ""))
        super().__init__(data=_as_data(saved) if saved else self._begun())
        self.saved = saved
        if saved:
            del self.seeds, self.template
            organisations = _with(organisations, saved.organisation)
            dossiers = _with(dossiers, saved.dossier_version)
        else:
            del self.edition
        self.organisations = {organisation.slug: organisation for organisation in organisations}
        has_nobody = not organisations or (saved and not saved.organisation)
        self.organisation.choices = [
            *(SelectChoice(slug, organisation.name) for slug, organisation in self.organisations.items()),
            *([SelectChoice("", _("None"))] if has_nobody else []),
        ]
        self.dossiers = {str(version.id): version for version in dossiers}
        self.dossier.choices = [
            SelectChoice("", _("None")),
            *(SelectChoice(key, version.deployment.slug) for key, version in self.dossiers.items()),
        ]
        sent = request.form if self.is_submitted() else None
        self.by_language = {
            tag: TextsForm(sent, prefix=f"{tag}-", obj=saved.texts.get(tag) if saved else None)
            for tag in LANGUAGES
        }
        if self.ready_made and (sent is None or self.only_chooses_languages()):
            self._fill_what_is_empty(self.ready_made)

    def _begun(self) -> dict[str, object] | None:
        """What a template says of days and results."""
        if self.ready_made is None:
            return None
        return {
            "template": request.values["template"],
            "shows_interim_results": self.ready_made.shows_interim_results,
            **self.ready_made.days(now().date()),
        }

    def _fill_what_is_empty(self, ready_made: ReadyMade) -> None:
        for tag, texts in self.shown.items():
            if texts.is_empty():
                for name, words in ready_made.words(tag).items():
                    texts[name].data = words

    @property
    def shown(self) -> dict[str, TextsForm]:
        """The texts of the languages that were chosen or written in, the main one first."""
        main = self.main_language.data
        chosen = {main, *(self.languages.data or ()), *self.saved_languages}
        tags = [tag for tag, texts in self.by_language.items() if tag in chosen or not texts.is_empty()]
        return {tag: self.by_language[tag] for tag in sorted(tags, key=lambda tag: tag != main)}

    @property
    def saved_languages(self) -> frozenset[str]:
        return frozenset(self.saved.texts if self.saved else ())

    def only_chooses_languages(self) -> bool:
        """Whether nothing is to be saved yet, only fields to be shown. What was typed is kept."""
        return bool(self.show_languages.data)

    def validate(self, extra_validators: None = None) -> bool:
        """Check everything, so that all errors show at once."""
        checks = [super().validate(extra_validators)]
        for tag, texts in self.by_language.items():
            is_main = tag == self.main_language.data
            checks.append(texts.is_right(is_main=is_main, was_there=tag in self.saved_languages))
        return all(checks)

    def validate_closes_on(self, field: DateField) -> None:
        if field.data and field.data.year > LATEST_YEAR:
            raise ValidationError(_("Please check the year."))
        if self.opens_on.data and field.data and field.data < self.opens_on.data:
            raise ValidationError(_("The last day must not be before the first day."))

    def validate_writes_until(self, field: DateField) -> None:
        first, last = self.opens_on.data, self.closes_on.data
        if field.data and first and last and not first <= field.data <= last:
            raise ValidationError(_("This day must lie between the first day and the last day."))

    def validate_responds_by(self, field: DateField) -> None:
        last = self.closes_on.data
        if field.data and last and not last < field.data < date(LATEST_YEAR, 1, 1):
            raise ValidationError(_("The answer can only come after the last day."))

    def validate_seeds(self, field: TextAreaField) -> None:
        """Name every line that is too long or stands there twice."""
        if faults := list(_faults_in(self.seed_texts())):
            field.errors = [*field.errors, *faults]
            raise ValidationError(_("Please correct the statements below."))

    def seed_texts(self) -> list[str]:
        return [text for line in (self.seeds.data or "").splitlines() if (text := one_line(line))]

    def plan(self) -> Plan:
        """What was sent, with moments in UTC. Call it after `validate`."""
        main = self.main_language.data
        writes_until, closes_on = self.writes_until.data, self.closes_on.data
        return Plan(
            main_language=main,
            texts={
                tag: form.text(tag)
                for tag, form in self.by_language.items()
                if not form.is_left_out(is_main=tag == main)
            },
            opens_at=self._midnight(self.opens_on.data),
            closes_at=self._midnight(closes_on + timedelta(days=1)),
            statements_until=(
                self._midnight(writes_until + timedelta(days=1))
                if writes_until and writes_until < closes_on
                else None
            ),
            time_zone=self.time_zone.data,
            organisation=self.organisations.get(self.organisation.data),
            responds_by=self.responds_by.data,
            dossier_version=self.dossiers.get(self.dossier.data),
            shows_interim_results=self.shows_interim_results.data,
            publishes_votes=self.publishes_votes.data,
        )

    def _midnight(self, day: Any) -> datetime:  # noqa: ANN401 - WTForms does not say what its fields hold
        return datetime.combine(day, time.min, ZoneInfo(self.time_zone.data)).astimezone(UTC)

    def read_edition(self) -> int:
        return number_seen(self.edition.data)

    def differences(self, saved: Consultation) -> dict[str, str]:
        """The texts that somebody else has saved otherwise meanwhile, by the id of their field."""
        return {
            form[name].id: getattr(saved.texts[tag], name)
            for tag, form in self.by_language.items()
            if tag in saved.texts
            for name in TEXT_FIELDS
            if (form[name].data or "") != getattr(saved.texts[tag], name)
        }


def _faults_in(lines: list[str]) -> Sequence[str]:
    faults = []
    for number, line in enumerate(lines, start=1):
        if count_characters(line) > LONGEST_STATEMENT:
            faults.append(
                _(
                    "Statement %(number)s is longer than %(limit)s characters: “%(start)s…”",
                    number=number,
                    limit=LONGEST_STATEMENT,
                    start=line[:40],
                )
            )
        if line in lines[: number - 1]:
            faults.append(_("Statement %(number)s stands there twice.", number=number))
    return faults


def _with(known: Sequence[T], chosen: T | None) -> Sequence[T]:
    """What may be chosen, and what was chosen before, also if it may not be chosen anew."""
    return known if chosen is None or chosen in known else [*known, chosen]


def _as_data(saved: Consultation) -> dict[str, object]:
    last_to_write = saved.last_moment_to_write
    return {
        "main_language": saved.main_language,
        "languages": list(saved.texts),
        "time_zone": saved.time_zone,
        "opens_on": saved.first_moment.date(),
        "writes_until": last_to_write and last_to_write.date(),
        "closes_on": saved.last_moment.date(),
        "responds_by": saved.responds_by,
        "organisation": saved.organisation.slug if saved.organisation else "",
        "dossier": str(saved.dossier_version_id or ""),
        "shows_interim_results": saved.shows_interim_results,
        "publishes_votes": saved.publishes_votes,
        "edition": str(saved.edition),
    }
