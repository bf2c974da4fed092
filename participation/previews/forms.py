"""What an organiser sends to make a preview link, and what its readers send."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired

from participation.text import AtMost, one_line, paragraphs, plain_characters


class LinkForm(FlaskForm):
    recipient = StringField(
        _l("Whom is it for?"),
        [
            InputRequired(_l("Please say whom it is for, so that you know which link to take back.")),
            AtMost(100),
            plain_characters,
        ],
        filters=[one_line],
    )


class CommentForm(FlaskForm):
    name = StringField(
        _l("Your name"),
        [
            InputRequired(_l("Please give your name: those who run it must know whom to ask.")),
            AtMost(80),
            plain_characters,
        ],
        filters=[one_line],
    )
    text = TextAreaField(
        _l("Your comment"),
        [InputRequired(_l("Please write your comment.")), AtMost(3000), plain_characters],
        filters=[paragraphs],
        render_kw={"rows": 6},
    )
