"""What a writer is shown before a statement is sent: advice, nearly the same statements, another language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from participation.statements.advice import WORDS, advice_on
from participation.statements.languages import likely_language
from participation.statements.similar import NEARLY_THE_SAME, index_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from flask_babel import LazyString

    from participation.statements.models import Wording
    from participation.votes.deck import Deck

MOST_SHOWN = 3


@dataclass(frozen=True)
class Similar:
    """A statement that nearly says what somebody has just written."""

    statement_id: int
    number: int
    wording: Wording


@dataclass(frozen=True)
class Review:
    """`language`: what the text seems to be written in, if not in what its writer said."""

    advice: Sequence[LazyString]
    similar: Sequence[Similar]
    language: str | None

    def __bool__(self) -> bool:
        return bool(self.advice or self.similar or self.language)


def review(text: str, language: str, *, languages: Collection[str], deck: Deck, reader: str) -> Review:
    """Look at a text before it is sent.

    Args:
        language: what its writer says it is written in.
        languages: what it may be written in.
        deck: what is put to the vote; nothing else may be shown.
        reader: the language in which the writer reads.

    """
    likely = likely_language(text, languages)
    return Review(
        advice=[WORDS[advice] for advice in advice_on(text, likely or language)],
        similar=similar_in(deck, text, reader),
        language=likely if likely != language else None,
    )


def similar_in(deck: Deck, text: str, reader: str) -> list[Similar]:
    """The statements that nearly say this, in any of their languages, the nearest first."""
    rows = [(index, wording.text) for index, texts in enumerate(deck.wordings) for wording in texts.values()]
    likeness = index_of(tuple(said for _index, said in rows)).likeness(text)
    nearest: list[int] = []
    for row in np.argsort(-likeness, kind="stable").tolist():
        if likeness[row] < NEARLY_THE_SAME or len(nearest) == MOST_SHOWN:
            break
        if rows[row][0] not in nearest:
            nearest.append(rows[row][0])
    return [
        Similar(int(deck.ids[index]), deck.numbers[index], deck.wording(index, reader)) for index in nearest
    ]
