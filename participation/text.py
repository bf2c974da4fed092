"""What people may write: cleaned so that equal texts are equal, and free of characters that deceive."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms.validators import ValidationError

from participation.i18n import count_characters

if TYPE_CHECKING:
    from wtforms import Field, Form

# Embeddings, overrides and isolates can make a text read as something else than it says. The
# joiners U+200C and U+200D and the marks U+200E and U+200F stay: several scripts need them.
BREAKING_SPACES = re.compile(r"[ \t\r\n\f\v]+")
BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def one_line(text: str | None) -> str | None:
    """NFC, with every run of white space as one space. A filter for WTForms.

    No-break spaces stay: French typography needs them.
    """
    return text and BREAKING_SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")


def paragraphs(text: str | None) -> str | None:
    """NFC, with uniform line ends and nothing around it. A filter for WTForms."""
    return text and unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()


def has_deceptive_characters(text: str) -> bool:
    """Whether a text has control characters, bidi overrides or unpaired surrogates."""
    return bool(BIDI_CONTROLS.search(text)) or any(
        unicodedata.category(character) in {"Cc", "Cs"} and character not in "\n\t" for character in text
    )


def plain_characters(_form: Form, field: Field) -> None:
    """Refuse characters that cannot be seen and change how a text reads. A validator for WTForms."""
    if has_deceptive_characters(field.data or ""):
        raise ValidationError(
            _("This text contains invisible control characters. Please type it again instead of pasting it.")
        )


class AtMost:
    """Refuse texts over a number of characters, as a reader counts them. A validator for WTForms."""

    def __init__(self, characters: int) -> None:
        self.characters = characters

    def __call__(self, _form: Form, field: Any) -> None:  # noqa: ANN401 - any text field
        over = count_characters(field.data or "") - self.characters
        if over > 0:
            raise ValidationError(
                ngettext(
                    "Please shorten this text by %(num)s character.",
                    "Please shorten this text by %(num)s characters.",
                    over,
                )
            )
