"""What a machine notices about a submitted text, so that a person looks twice. It decides nothing."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

from flask_babel import lazy_gettext as _l

from participation.statements.advice import Advice, advice_on


class Signal(Enum):
    """Something to look at twice, the gravest first."""

    PERSONAL_DATA = "personal-data"
    LINK = "link"
    MIXED_SCRIPTS = "mixed-scripts"
    REPEATED = "repeated"
    QUESTION = "question"
    SEVERAL_IDEAS = "several-ideas"
    SHORT = "short"


SIGNALS = {
    Signal.PERSONAL_DATA: _l("E-mail address or telephone number"),
    Signal.LINK: _l("Link"),
    Signal.MIXED_SCRIPTS: _l("Letters of two alphabets in one word"),
    Signal.REPEATED: _l("The same again and again"),
    Signal.QUESTION: _l("Question"),
    Signal.SEVERAL_IDEAS: _l("Several ideas"),
    Signal.SHORT: _l("Very short"),
}
LINK = re.compile(r"(https?:|www\.)\S*", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
# Five times one character, or three times a run of them ("buy now buy now buy now"). Digits are no signal: 100000.
REPEATED = re.compile(r"([^\d\s])\1{4}|(\b\w.{1,30})\2{2}", re.IGNORECASE)
# Alphabets with letters that look the same, with which words can be disguised. Others are mixed in good faith.
LOOKING_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK"})
AS_ADVICE = {
    Advice.PERSONAL_DATA: Signal.PERSONAL_DATA,
    Advice.QUESTION: Signal.QUESTION,
    Advice.SEVERAL_IDEAS: Signal.SEVERAL_IDEAS,
    Advice.SHORT: Signal.SHORT,
}


def signals_in(text: str, language: str) -> list[Signal]:
    """What is to be noticed about a text in this language, each thing once, the gravest first."""
    without_links = LINK.sub("", text)
    found = {AS_ADVICE[advice] for advice in advice_on(without_links, language)}
    if without_links != text:
        found.add(Signal.LINK)
    if any(_is_mixed(word) for word in WORD.findall(text)):
        found.add(Signal.MIXED_SCRIPTS)
    if REPEATED.search(f"{text} "):
        found.add(Signal.REPEATED)
    return [signal for signal in Signal if signal in found]


def _is_mixed(word: str) -> bool:
    scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in word}
    return len(scripts & LOOKING_ALIKE) > 1
