"""What often makes a statement hard to vote on, seen from its text alone. It advises and forbids nothing.

The patterns mean the same in Python and JavaScript: the page hands them to the script that shows
the same advice while people write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from flask_babel import lazy_gettext as _l


class Advice(Enum):
    """What may be the matter with a text."""

    QUESTION = "question"
    SEVERAL_IDEAS = "several-ideas"
    SHORT = "short"
    PERSONAL_DATA = "personal-data"


WORDS = {
    Advice.QUESTION: _l(
        "This reads like a question. Nobody can agree or disagree with a question: "
        "write what you think should happen."
    ),
    Advice.SEVERAL_IDEAS: _l(
        "This may hold more than one idea. People who agree with one half only could not vote on it. "
        "Send each idea as a statement of its own."
    ),
    Advice.SHORT: _l("This is very short. Can people understand it who have read nothing else here?"),
    Advice.PERSONAL_DATA: _l(
        "This seems to hold a link, an e-mail address or a telephone number. "
        "Personal data and advertising are not published."
    ),
}


@dataclass(frozen=True)
class Sign:
    """A pattern that gives a piece of advice, in any language or in one."""

    advice: Advice
    pattern: str
    language: str | None = None


# Twice "and" strings ideas together. Arabic writes it as a part of the next word, where it cannot be told.
AND = {
    "de": "und",
    "en": "and",
    "es": "y",
    "fi": "ja",
    "fr": "et",
    "hi": "और",
    "it": "e",
    "sl": "in",
    "sv": "och",
    "sw": "na",
}
SIGNS = (
    # Also the question mark of full width, and those of Arabic, Hindi and Urdu sentences.
    Sign(Advice.QUESTION, r"[?\uff1f\u061f]"),
    # A sentence ends behind a word of some length, not behind "Art." or "z. B.", and two words follow.
    Sign(Advice.SEVERAL_IDEAS, r"([^\s.]{4,}[.!?\u061f\u06d4]+|\u0964)[\"\u201d\u00bb)]*\s+\S+\s+\S"),
    *(Sign(Advice.SEVERAL_IDEAS, rf"\s{word}\s.*\s{word}\s", tag) for tag, word in AND.items()),
    Sign(Advice.SHORT, r"^\s*\S+(\s+\S+)?\s*$"),
    Sign(Advice.PERSONAL_DATA, r"[^\s@]@[^\s@]+\.[^\s@]{2}|https?:|www\."),
    # Seven digits or more, unless commas, points or spaces set them in threes, as in an amount of money.
    Sign(Advice.PERSONAL_DATA, r"(^|[^\d.,])(?!\d{1,3}([\s.,]\d{3})+($|[^\d]))\+?\d([\s.()-]?\d){6}"),
)


def advice_on(text: str, language: str) -> list[Advice]:
    """What may be the matter with a text in this language, each thing once."""
    found = {
        sign.advice
        for sign in SIGNS
        if sign.language in {None, language} and re.search(sign.pattern, text, re.IGNORECASE)
    }
    return [advice for advice in Advice if advice in found]
