"""The sections of the report, in their order. Each says what the facts hold, in the language of the moment.

A section is a file with a `KEY`, a `title()`, and `say(facts, language)`: a pure function that gives blocks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from participation.outcomes.sections import (
    ai_use,
    annexes,
    common_ground,
    disagreement,
    dossier,
    groups,
    mandate,
    method,
    minority,
    moderation,
    next_steps,
    numbers,
    response,
    rights,
    summary,
    taking_part,
    who,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts


class Section(Protocol):
    """What a file of this folder is."""

    KEY: str

    def title(self) -> str:
        """Its heading."""

    def say(self, facts: Facts, language: str) -> Iterator[Block]:
        """What it says."""


#: Their places are their numbers, from 0 to 16.
SECTIONS: tuple[Section, ...] = (
    summary,
    mandate,
    dossier,
    taking_part,
    numbers,
    who,
    common_ground,
    groups,
    disagreement,
    minority,
    rights,
    moderation,
    method,
    ai_use,
    response,
    next_steps,
    annexes,
)
#: Those in which the organiser may add words of their own, marked as such.
WRITABLE = tuple(section.KEY for section in SECTIONS if section not in {summary, annexes})
