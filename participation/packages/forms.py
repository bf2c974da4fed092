"""What a researcher sends to ask for single votes, and what an organiser sends to decide about it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from participation.editions import number_seen
from participation.packages.models import StepKind
from participation.text import one_line, paragraphs, plain_characters

SHORTEST_PURPOSE, LONGEST_PURPOSE = 20, 2000


class RequestForm(FlaskForm):
    name = StringField(
        _l("Your name"),
        [
            DataRequired(_l("Please give your name.")),
            plain_characters,
            Length(max=120, message=_l("Please use at most 120 characters.")),
        ],
        filters=[one_line],
        render_kw={"autocomplete": "name"},
    )
    affiliation = StringField(
        _l("Where you work or study"),
        [
            DataRequired(_l("Please say where you work or study, or that you do this on your own.")),
            plain_characters,
            Length(max=200, message=_l("Please use at most 200 characters.")),
        ],
        filters=[one_line],
        render_kw={"autocomplete": "organization"},
    )
    purpose = TextAreaField(
        _l("What you want to find out"),
        [
            DataRequired(_l("Please say what you want to find out.")),
            plain_characters,
            Length(
                SHORTEST_PURPOSE,
                LONGEST_PURPOSE,
                _l("Please write a sentence or two, at most 2000 characters."),
            ),
        ],
        filters=[paragraphs],
        render_kw={"rows": 6},
    )
    accepted = BooleanField(
        _l("I accept these terms"),
        [InputRequired(_l("The votes are given out on these terms only. Please accept them, or leave it."))],
    )


class DecisionForm(FlaskForm):
    decision = RadioField(
        _l("Your decision"),
        [InputRequired(_l("Please choose one."))],
        choices=[
            SelectChoice(StepKind.GRANTED.value, _l("Give out the votes")),
            SelectChoice(StepKind.REFUSED.value, _l("Refuse")),
        ],
    )
    reason = TextAreaField(
        _l("Why"),
        [
            DataRequired(_l("Please say why. Whoever asked reads it.")),
            plain_characters,
            Length(max=LONGEST_PURPOSE, message=_l("Please use at most 2000 characters.")),
        ],
        filters=[paragraphs],
        render_kw={"rows": 3},
    )
    #: The latest step that whoever decides has seen.
    seen = HiddenField()

    def read_seen(self) -> int:
        return number_seen(self.seen.data)
