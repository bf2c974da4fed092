"""What is sent to print sheets, to begin and withdraw a batch, and to type in a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange, ValidationError

from deliberation.ballot import Choice
from participation.database import now
from participation.formatting import day
from participation.text import AtMost, one_line, paragraphs, plain_characters

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from participation.consultations.models import Consultation

MOST_SHEETS = 100
# Of the longest statements, in the script that needs most room, as many fit on one page.
MOST_ON_A_SHEET = 8
BLANK = "blank"
LONGEST_PLACE = 120
LONGEST_REASON = 500
_HOW_MANY = _l("Please give a number from 1 to 100.")
_HOW_MANY_ON_EACH = _l("Please give a number from 1 to 8.")


class SheetsForm(FlaskForm):
    number = IntegerField(
        _l("How many sheets?"),
        [InputRequired(_HOW_MANY), NumberRange(1, MOST_SHEETS, _HOW_MANY)],
        default=20,
        render_kw={"min": 1, "max": MOST_SHEETS, "inputmode": "numeric"},
    )
    on_each = IntegerField(
        _l("How many statements on each?"),
        [InputRequired(_HOW_MANY_ON_EACH), NumberRange(1, MOST_ON_A_SHEET, _HOW_MANY_ON_EACH)],
        default=8,
        render_kw={"min": 1, "max": MOST_ON_A_SHEET, "inputmode": "numeric"},
    )


class BatchForm(FlaskForm):
    """Days are those of the consultation's time zone."""

    place = StringField(
        _l("Where the sheets were collected"),
        [
            DataRequired(_l("Please say where the sheets come from.")),
            AtMost(LONGEST_PLACE),
            plain_characters,
        ],
        filters=[one_line],
        render_kw={"autocomplete": "off"},
    )
    collected_on = DateField(
        _l("On which day"),
        [InputRequired(_l("Please say on which day the sheets were collected."))],
    )

    def __init__(self, consultation: Consultation, **given: Any) -> None:  # noqa: ANN401 - what forms take
        self.first, self.today = consultation.first_moment.date(), consultation.local(now()).date()
        super().__init__(**{"collected_on": self.today, **given})

    def validate_collected_on(self, field: DateField) -> None:
        if field.data and field.data > self.today:
            raise ValidationError(_("This day is still to come. Please correct it."))
        if field.data and field.data < self.first:
            raise ValidationError(
                _(
                    "The consultation began on %(day)s. Please give that day or a later one.",
                    day=day(self.first),
                )
            )


class WithdrawalForm(FlaskForm):
    reason = TextAreaField(
        _l("Why it is withdrawn"),
        [
            DataRequired(_l("Please say why. Everybody who works on this consultation can read it.")),
            AtMost(LONGEST_REASON),
            plain_characters,
        ],
        filters=[paragraphs],
        render_kw={"rows": 3},
    )


def answer_name(line: int) -> str:
    """What the field of a line of the sheet is called; lines count from one."""
    return f"answer-{line}"


def read_answers(form: MultiDict[str, str], lines: int) -> list[int | str | None]:
    """What was typed in, line by line: the number of a choice, None for blank, "" where nothing was chosen."""
    known: dict[str, int | None] = {str(int(choice)): int(choice) for choice in Choice} | {BLANK: None}
    return [known.get(form.get(answer_name(line), ""), "") for line in range(1, lines + 1)]
