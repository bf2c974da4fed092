"""What divides people, and what leaves many unsure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from participation.outcomes.blocks import Heading, Paragraph
from participation.outcomes.models import FindingKind
from participation.outcomes.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts

KEY = "disagreement"


def title() -> str:
    return str(_("Disagreement and uncertainty"))


def say(facts: Facts, language: str) -> Iterator[Block]:
    read = Reading(facts, language)
    yield Heading(_("What divides"))
    dividing = read.findings(FindingKind.DIVIDES)
    if not dividing:
        yield Paragraph(_("No statement divides people clearly. That can also mean that too few have voted."))
    for found in dividing:
        yield from read.finding(found)
        yield read.split(found["statement_id"])
    yield Heading(_("What many are unsure about"))
    unsure = read.findings(FindingKind.UNCERTAIN)
    if not unsure:
        yield Paragraph(_("There is no statement on which many passed."))
    for found in unsure:
        yield from read.finding(found)
        yield read.split(found["statement_id"])
