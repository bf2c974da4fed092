"""What a participant sends to have themselves erased."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

LEAVE, WITHDRAW = "leave", "withdraw"


class ErasureForm(FlaskForm):
    """Says that somebody means it, and what should become of statements that nobody has decided about."""

    waiting = RadioField(
        _l("Your statements that nobody has decided about yet"),
        [InputRequired(_l("Please choose what should become of your statements."))],
        choices=[
            SelectChoice(LEAVE, _l("Leave them as they are, as nobody's.")),
            SelectChoice(WITHDRAW, _l("Withdraw them: they are deleted.")),
        ],
        # An error leads to the first answer.
        id="waiting-1",
        validate_choice=False,
    )
    understood = BooleanField(
        _l("I understand that this cannot be undone."),
        [InputRequired(_l("Please tick the box if you want to be erased. Nothing has been erased yet."))],
    )

    def __init__(self, *, waiting: int) -> None:
        super().__init__()
        if not waiting:
            del self.waiting

    @property
    def answers(self) -> list[tuple[str, object]]:
        """The values and words of the answers about statements that wait."""
        return [(choice.value, choice.label) for choice in self.waiting.choices]

    @property
    def withdraws(self) -> bool:
        return "waiting" in self and self.waiting.data == WITHDRAW
