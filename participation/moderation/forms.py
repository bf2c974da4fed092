"""What a facilitator sends to decide about a statement."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from participation.moderation.models import Reason, Verdict
from participation.text import AtMost, one_line, plain_characters

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


class DecisionForm(FlaskForm):
    verdict = SelectField(
        _l("Decision"), choices=[SelectChoice(verdict.value) for verdict in Verdict], coerce=Verdict
    )
    reason = SelectField(
        _l("Reason for not publishing"),
        [Optional()],
        choices=[
            SelectChoice("", _l("Choose a reason")),
            *(SelectChoice(reason.value, text) for reason, text in REASONS.items()),
        ],
        coerce=lambda value: Reason(value) if value else None,
    )
    note = StringField(
        _l("Note to the author, if it helps"), [AtMost(300), plain_characters], filters=[one_line]
    )
