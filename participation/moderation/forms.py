"""What those who decide about statements send, and what authors send back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from participation.i18n import count_characters
from participation.moderation.models import Outcome, Reason, Verdict
from participation.statements.actions import LONGEST_STATEMENT
from participation.text import AtMost, one_line, paragraphs, plain_characters

if TYPE_CHECKING:
    from participation.consultations.models import Consultation

# The rules for a good statement, as authors and facilitators read them.
REASONS = {
    Reason.SEVERAL_IDEAS: _l("It says more than one thing: a vote on it could not be understood."),
    Reason.NOT_UNDERSTANDABLE: _l("It cannot be understood alone, without the other statements."),
    Reason.QUESTION: _l("It is a question: nobody can agree or disagree with it."),
    Reason.OFF_TOPIC: _l("It is about something else than the question of this consultation."),
    Reason.DUPLICATE: _l("Another statement already says this."),
    Reason.PERSONAL_DATA: _l("It contains personal data, or is about a person who can be recognised."),
    Reason.UNLAWFUL: _l("It is insulting, threatening or unlawful."),
}
VERDICTS = {
    Verdict.ACCEPT: _l("Published"),
    Verdict.REJECT: _l("Not published"),
    Verdict.REWORD: _l("Sent back for other words"),
    Verdict.MERGE: _l("Closed as a duplicate"),
    Verdict.SPLIT: _l("Split into several"),
}
OUTCOMES = {
    Outcome.UPHELD: _l("The decision stands"),
    Outcome.OVERTURNED: _l("The author was right: publish it"),
}
OUTCOMES_AFTER_CLOSING = OUTCOMES | {
    Outcome.OVERTURNED: _l("The author was right, though it is too late for votes"),
}


def _reason_choices() -> list[SelectChoice]:
    return [
        SelectChoice("", _l("Choose a reason")),
        *(SelectChoice(reason.value, text) for reason, text in REASONS.items()),
    ]


def _as_reason(value: Any) -> Reason | None:  # noqa: ANN401 - whatever was sent
    return Reason(value) if value else None


def _as_id(value: Any) -> int | None:  # noqa: ANN401 - whatever was sent
    return int(value) if value else None


class DecisionForm(FlaskForm):
    verdict = SelectField(
        _l("Decision"), choices=[SelectChoice(verdict.value) for verdict in Verdict], coerce=Verdict
    )
    reason = SelectField(
        _l("Reason for not publishing"), [Optional()], choices=_reason_choices(), coerce=_as_reason
    )
    note = StringField(
        _l("Note to the author, if it helps"), [AtMost(300), plain_characters], filters=[one_line]
    )
    into = IntegerField(_l("Number of the published statement that says it already"), [Optional()])
    parts = TextAreaField(
        _l("The new statements, one on each line"),
        [plain_characters],
        filters=[paragraphs],
        render_kw={"rows": 4},
    )
    #: The decision that held when the decider looked.
    seen = HiddenField(filters=[_as_id])

    def validate_parts(self, _field: TextAreaField) -> None:
        if any(count_characters(part) > LONGEST_STATEMENT for part in self.lines()):
            raise ValidationError(
                _("Each statement has at most %(limit)s characters.", limit=LONGEST_STATEMENT)
            )

    def lines(self) -> list[str]:
        """The parts of a statement that is split."""
        return [line for each in (self.parts.data or "").splitlines() if (line := one_line(each))]


class SeveralForm(FlaskForm):
    """One decision about several statements."""

    verdict = SelectField(
        _l("Decision"),
        choices=[SelectChoice(verdict.value) for verdict in (Verdict.ACCEPT, Verdict.REJECT)],
        coerce=Verdict,
    )
    reason = SelectField(
        _l("Reason for not publishing"), [Optional()], choices=_reason_choices(), coerce=_as_reason
    )

    def ticked(self) -> list[tuple[int, int | None]]:
        """The ids of the statements, each with that of the decision that held when the page was made."""
        pairs = (value.partition("-")[::2] for value in request.form.getlist("ticked"))
        return [
            (int(statement), int(seen) if seen.isdecimal() else None)
            for statement, seen in pairs
            if statement.isdecimal()
        ]


class AppealForm(FlaskForm):
    words = TextAreaField(
        _l("Why should it be published?"),
        [InputRequired(_l("Please say why.")), AtMost(500), plain_characters],
        filters=[paragraphs],
        render_kw={"rows": 5, "maxlength": 2000, "data-limit": 500},
    )


class AnswerForm(FlaskForm):
    outcome = SelectField(_l("Your answer"), coerce=Outcome)
    answer = TextAreaField(
        _l("Your reasons, for the author"),
        [InputRequired(_l("Please give the author your reasons.")), AtMost(500), plain_characters],
        filters=[paragraphs],
        render_kw={"rows": 4},
    )

    def __init__(self, consultation: Consultation, **how: Any) -> None:  # noqa: ANN401 - whatever FlaskForm takes
        super().__init__(**how)
        words = OUTCOMES_AFTER_CLOSING if consultation.is_closed else OUTCOMES
        self.outcome.choices = [SelectChoice(outcome.value, label) for outcome, label in words.items()]


class RewordForm(FlaskForm):
    text = TextAreaField(
        _l("Your statement in other words"),
        [InputRequired(_l("Please write your statement.")), AtMost(LONGEST_STATEMENT), plain_characters],
        filters=[one_line],
        render_kw={"rows": 4, "maxlength": LONGEST_STATEMENT * 4, "data-limit": LONGEST_STATEMENT},
    )
