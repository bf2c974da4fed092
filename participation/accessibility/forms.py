"""What the organiser declares about the accessibility of the site."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    IntegerField,
    RadioField,
    StringField,
    TelField,
    TextAreaField,
    URLField,
    ValidationError,
)
from wtforms.fields import SelectChoice
from wtforms.validators import URL, InputRequired, NumberRange, Optional

from participation.accessibility.models import AssessedBy, Conformance
from participation.database import now
from participation.mail.forms import AddressField
from participation.text import AtMost, one_line, paragraphs, plain_characters

LONGEST_WAIT_IN_DAYS = 60
CONFORMANCE = {
    Conformance.FULL: _l("It meets the standard in full."),
    Conformance.PARTIAL: _l("It meets the standard in part."),
    Conformance.NONE: _l("It does not meet the standard."),
}
ASSESSED_BY = {
    AssessedBy.ORGANISER: _l("We examined it ourselves."),
    AssessedBy.THIRD_PARTY: _l("An independent body examined it."),
}
FACTS = (
    *("conformance", "assessed_by", "assessed_on"),
    *("contact_email", "contact_phone", "answers_within_days", "enforcement_url"),
)
TEXTS = ("organiser", "law", "shortcomings", "burdens", "out_of_scope", "enforcement_body")
_NEEDED = InputRequired(_l("Please fill this in."))


def _line(label: str, longest: int, *, needed: bool = False) -> StringField:
    checks = [AtMost(longest), plain_characters]
    return StringField(label, [_NEEDED, *checks] if needed else checks, filters=[one_line])


def _paragraphs(label: str) -> TextAreaField:
    return TextAreaField(label, [AtMost(4000), plain_characters], filters=[paragraphs])


class AccessibilityForm(FlaskForm):
    """The facts, and the texts in the language of the page."""

    organiser = _line(_l("Who is responsible for this site"), 200, needed=True)
    law = _line(_l("The law that asks for this statement"), 300, needed=True)
    conformance = RadioField(
        _l("How far the site meets WCAG 2.2, level AA"),
        [_NEEDED],
        choices=[SelectChoice(level.value, label) for level, label in CONFORMANCE.items()],
    )
    shortcomings = _paragraphs(_l("What is not accessible yet, and another way to get it"))
    burdens = _paragraphs(_l("What would be a disproportionate burden, and why"))
    out_of_scope = _paragraphs(_l("What the law does not cover"))
    assessed_by = RadioField(
        _l("Who examined the site"),
        [_NEEDED],
        choices=[SelectChoice(who.value, label) for who, label in ASSESSED_BY.items()],
    )
    assessed_on = DateField(_l("When it was last examined"), [_NEEDED])
    contact_email = AddressField(_l("E-mail address for reports of barriers"))
    contact_phone = TelField(_l("Telephone number"), [AtMost(40), plain_characters], filters=[one_line])
    answers_within_days = IntegerField(
        _l("You answer within how many days"),
        [_NEEDED, NumberRange(1, LONGEST_WAIT_IN_DAYS, _l("Please choose between 1 and 60 days."))],
        default=14,
    )
    enforcement_body = _line(_l("Who hears complaints about your answer"), 200)
    enforcement_url = URLField(
        _l("Its web page"), [Optional(), AtMost(500), URL(message=_l("This is not a web address."))]
    )

    def validate_assessed_on(self, field: DateField) -> None:
        if field.data and field.data > now().date() + timedelta(days=1):
            raise ValidationError(_("This day is in the future."))

    def validate_shortcomings(self, field: Field) -> None:
        """A site that falls short says where: otherwise nobody is helped by the statement."""
        falls_short = self.conformance.data in {Conformance.PARTIAL.value, Conformance.NONE.value}
        if falls_short and not (field.data or self.burdens.data or self.out_of_scope.data):
            raise ValidationError(_("Please say what is not accessible, or choose that the standard is met."))

    def facts(self) -> dict[str, object]:
        """What holds in every language."""
        values = {name: self[name].data or "" for name in FACTS}
        kinds = {"conformance": Conformance, "assessed_by": AssessedBy}
        return values | {name: kind(self[name].data) for name, kind in kinds.items()}

    def text(self) -> dict[str, str]:
        """What is said in the language of the page."""
        return {name: self[name].data or "" for name in TEXTS}
