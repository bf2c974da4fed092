"""What an organiser sends to say what the population looks like."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import StringField
from wtforms.validators import InputRequired, ValidationError

from participation.i18n import LANGUAGES
from participation.text import AtMost, one_line, plain_characters

if TYPE_CHECKING:
    from wtforms import Field

    from participation.monitoring.models import Margin
    from participation.questions.models import QuestionText

# Shares that were rounded need not add up to a hundred to the last digit.
ROUNDING = 1.0
PER_CENT = 100
# As people write numbers: with a comma, the Arabic signs for the decimal point and per cent, a no-break space.
_AS_IN_PYTHON = str.maketrans({",": ".", "\u066b": ".", "%": None, "\u066a": None, " ": None, "\u00a0": None})


def read_number(text: str) -> float | None:
    """A number above 0 as people write it, in whatever digits; None for anything else."""
    try:
        value = float(text.translate(_AS_IN_PYTHON))
    except ValueError:
        return None
    return value if isfinite(value) and value > 0 else None


def positive(_form: object, field: Field) -> None:
    if read_number(field.data or "") is None:
        raise ValidationError(
            _("Please give a number above 0, such as 12.5. A part that nobody belongs to cannot be compared.")
        )


class MarginForm(FlaskForm):
    """The source; a form for one question has a field for each choice besides. See `margin_form`."""

    source = StringField(
        _l("Where the figures come from"),
        [
            InputRequired(_l("Please say where the figures come from, so that others can check them.")),
            AtMost(200),
            plain_characters,
        ],
        filters=[one_line],
    )

    def shares(self) -> list[float]:
        """In per cent, in the order of the choices; only of a form that is valid."""
        return [read_number(field.data) or 0.0 for field in self.of_choices()]

    def of_choices(self) -> list[Any]:
        return [field for field in self if field.name.startswith("share-")]

    def validate(self, extra_validators: None = None) -> bool:
        if not super().validate(extra_validators):
            return False
        total = sum(self.shares())
        if abs(total - PER_CENT) > ROUNDING:
            self.form_errors.append(
                _(
                    "Together the shares make %(total)s per cent. Please correct them, so that they make 100.",
                    total=round(total, 1),
                )
            )
            return False
        return True


def margin_form(asked: QuestionText, margin: Margin | None) -> MarginForm:
    """A form with a field for each choice of a question, filled with what was said before."""

    class FormOfQuestion(MarginForm):
        pass

    shares = (
        [round(share * PER_CENT, 2) for share in margin.shares] if margin else [None] * len(asked.choices)
    )
    direction = LANGUAGES[asked.language].direction
    for place, (choice, share) in enumerate(zip(asked.choices, shares, strict=True)):
        label = Markup('<span lang="{}" dir="{}">{}</span>').format(asked.language, direction, choice)
        field = StringField(
            label,
            [positive],
            default=None if share is None else f"{share:g}",
            render_kw={"inputmode": "decimal"},
        )
        setattr(FormOfQuestion, f"share-{place}", field)
    return FormOfQuestion(data={"source": margin.source} if margin else None)
