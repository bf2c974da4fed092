"""What a consultation says of itself in one language, as people send it."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, StringField, TextAreaField

from participation.consultations.models import TEXT_FIELDS, ConsultationText
from participation.text import AtMost, one_line, paragraphs, plain_characters


class TextsForm(Form):
    """A draft needs a title to be called by; the other texts may come later, and must be there to publish."""

    title = StringField(_l("Title"), [AtMost(90), plain_characters], filters=[one_line])
    question = StringField(
        _l("The question, in one sentence"), [AtMost(200), plain_characters], filters=[one_line]
    )
    summary = TextAreaField(
        _l("What is proposed, in plain words"),
        [AtMost(8000), plain_characters],
        filters=[paragraphs],
        render_kw={"rows": 12},
    )
    decision_maker = StringField(_l("Who decides"), [AtMost(200), plain_characters], filters=[one_line])
    still_open = TextAreaField(
        _l("What can still change, and what cannot"),
        [AtMost(400), plain_characters],
        filters=[one_line],
        render_kw={"rows": 4},
    )
    use_of_answers = TextAreaField(
        _l("How the answers will be used"),
        [AtMost(400), plain_characters],
        filters=[one_line],
        render_kw={"rows": 4},
    )
    moderation = TextAreaField(
        _l("Which statements are not published, and who decides that"),
        [AtMost(4000), plain_characters],
        filters=[paragraphs],
        render_kw={"rows": 8},
    )
    take_out = BooleanField(_l("Take this language out, and delete its texts"))

    def is_empty(self) -> bool:
        return not any(self[name].data for name in TEXT_FIELDS)

    def is_left_out(self, *, is_main: bool) -> bool:
        return not is_main and (self.take_out.data or self.is_empty())

    def is_right(self, *, is_main: bool, was_there: bool) -> bool:
        """Check the fields. A language that had texts does not go by emptying them, but only on purpose."""
        valid = bool(self.validate())
        if self.is_left_out(is_main=is_main):
            if was_there and not self.take_out.data:
                self.title.errors = [
                    _("These texts are saved. To take the language out, tick the box below them.")
                ]
                return False
            return valid
        if not self.title.data:
            self.title.errors = [*self.title.errors, _("Please write this text too, in this language.")]
            return False
        return valid

    def text(self, tag: str) -> ConsultationText:
        return ConsultationText(language=tag, **{name: self[name].data or "" for name in TEXT_FIELDS})
