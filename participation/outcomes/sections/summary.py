"""What a reader in a hurry must know: the question, the findings, the strongest disagreement, what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from participation.formatting import day, number
from participation.outcomes.blocks import Heading, Limit, Paragraph
from participation.outcomes.limits import limits_of
from participation.outcomes.models import FindingKind
from participation.outcomes.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts

KEY = "summary"
#: How many findings of each kind stand here, in this order: seven at most. All have their own sections.
SHOWN = (
    (FindingKind.SHARED_AGREEMENT, 3),
    (FindingKind.SHARED_DISAGREEMENT, 2),
    (FindingKind.UNCERTAIN, 1),
    (FindingKind.MINORITY, 1),
)


def title() -> str:
    return str(_("Summary"))


def say(facts: Facts, language: str) -> Iterator[Block]:
    read, counted = Reading(facts, language), facts["participation"]
    yield Paragraph(read.texts["question"])
    yield Paragraph(
        _(
            "From %(first)s until %(last)s, %(voters)s people cast %(votes)s votes on %(statements)s statements.",
            first=day(read.consultation["first_day"]),
            last=day(read.consultation["last_day"]),
            voters=number(counted["voters"]),
            votes=number(counted["votes"]),
            statements=number(counted["statements"]),
        )
    )
    yield from _found(read)
    yield from _disagreement(read)
    yield Heading(_("What is not known"))
    yield from (Limit(sentence) for sentence in limits_of(facts, first_only=True))
    if read.responds_by:
        yield Heading(_("What happens next"))
        yield Paragraph(_("An answer to each finding is promised by %(day)s.", day=read.responds_by))


def _found(read: Reading) -> Iterator[Block]:
    yield Heading(_("What was found"))
    found = [each for kind, most in SHOWN for each in read.findings(kind)[:most]]
    if not found:
        yield Paragraph(
            _("The votes do not allow to say of any statement that it is shared, with enough certainty.")
        )
    for each in found:
        yield from read.finding(each)


def _disagreement(read: Reading) -> Iterator[Block]:
    yield Heading(_("The strongest disagreement"))
    dividing = read.findings(FindingKind.DIVIDES)
    if not dividing:
        yield Paragraph(_("No statement divides people clearly. That can also mean that too few have voted."))
    for each in dividing[:1]:
        yield from read.finding(each)
