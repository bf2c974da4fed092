"""What happens after the report: the answer, the review, and how to follow or complain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from participation.deployments.checking import is_withheld
from participation.formatting import day
from participation.outcomes.blocks import Paragraph, Points, Written
from participation.outcomes.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts

KEY = "next_steps"


def title() -> str:
    return str(_("Next steps"))


def say(facts: Facts, language: str) -> Iterator[Block]:
    read = Reading(facts, language)
    steps = []
    if read.responds_by:
        steps.append(_("By %(day)s: the answer to the findings.", day=read.responds_by))
    fields = facts["dossier"]["content"]["fields"] if facts["dossier"] else {}
    review = fields.get("review_on")
    if review and not is_withheld(review):
        steps.append(_("On %(day)s: the system is looked at again, if it is used.", day=day(review)))
    steps.append(
        _(
            "After the answer: what is promised there becomes milestones with dates, which everybody can follow."
        )
    )
    yield Points(tuple(Paragraph(step) for step in steps))
    yield Paragraph(
        _(
            "Whoever follows the consultation, by mail or by feed, hears of each answer. Its page says how to follow."
        )
    )
    yield from _complaint(fields.get("if_risk_materialises"), facts, read)


def _complaint(said: dict[str, Any] | None, facts: Facts, read: Reading) -> Iterator[Block]:
    if said and not is_withheld(said) and "complaint_body" in said:
        where = said["complaint_body"]
        tag = read.language if read.language in where else facts["dossier"]["content"]["main_language"]
        yield Paragraph(_("Where to complain about the system, by its dossier:"))
        yield Written(where[tag], _("The dossier"), tag)
