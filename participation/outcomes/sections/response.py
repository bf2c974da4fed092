"""What the authority owes: an answer to each finding, by the promised day. The answers come beside the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import ngettext

from participation.formatting import number
from participation.outcomes.blocks import Paragraph, Points
from participation.outcomes.reading import Reading
from participation.outcomes.sentences import label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts

KEY = "response"


def title() -> str:
    return str(_("The answer of the authority"))


def say(facts: Facts, language: str) -> Iterator[Block]:
    read, findings = Reading(facts, language), facts["findings"]
    decides = read.texts["decision_maker"]
    if decides:
        yield Paragraph(_("Who answers: %(who)s", who=decides))
    if read.responds_by:
        yield Paragraph(
            ngettext(
                "An answer to %(findings)s finding is promised by %(day)s.",
                "An answer to each of %(findings)s findings is promised by %(day)s.",
                len(findings),
                findings=number(len(findings)),
                day=read.responds_by,
            )
        )
    else:
        yield Paragraph(_("No day was promised for an answer."))
    yield Paragraph(
        _(
            "Each finding can be accepted, accepted in part, rejected or studied further, with a reason. A finding "
            "without an answer shows so. The answers stand on the page of this report, beside it."
        )
    )
    if findings:
        yield Points(tuple(Paragraph(label(each), (each["statement_number"],)) for each in findings))
