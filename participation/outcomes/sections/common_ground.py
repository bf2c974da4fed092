"""What all groups share, with the counts and the doubt of each; and the few statements that speak for everyone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from participation.formatting import share
from participation.opinions.reading import A_MAJORITY
from participation.outcomes.blocks import Heading, Paragraph, Points, Table
from participation.outcomes.models import FindingKind
from participation.outcomes.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts

KEY = "common_ground"


def title() -> str:
    return str(_("Common ground"))


def say(facts: Facts, language: str) -> Iterator[Block]:
    read = Reading(facts, language)
    yield Paragraph(
        _(
            "A statement is common ground if a majority of every group agrees with it, or disagrees, even at "
            "the lower end of what is plausible."
        )
        if read.letters
        else _(
            "There are no groups to compare. A statement is common ground if a majority of those who take a side "
            "agrees with it, or disagrees, even at the lower end of what is plausible."
        )
    )
    shared = read.findings(FindingKind.SHARED_AGREEMENT, FindingKind.SHARED_DISAGREEMENT)
    if not shared:
        yield Paragraph(_("There is none with enough certainty."))
    for found in shared:
        yield from read.finding(found)
        yield read.split(found["statement_id"])
    yield from _all(read)
    yield from _slate(read)


def _all(read: Reading) -> Iterator[Block]:
    """The whole list, the surest first: findings are only the first of them."""
    shared = [
        (bound, direction, each)
        for name, direction in (("agree", _("Agree")), ("disagree", _("Disagree")))
        for each in read.results.values()
        if each["enough_votes"] and (bound := each[f"common_ground_{name}"]) and bound > A_MAJORITY
    ]
    if shared:
        yield Table(
            _("All statements that are common ground"),
            (
                _("Statement"),
                _("Direction"),
                _("Votes"),
                _("Agree"),
                _("Disagree"),
                _("At least, in every group") if read.letters else _("At least"),
            ),
            tuple(
                (
                    read.number_of(each["id"]),
                    direction,
                    each["votes"],
                    each["agree"]["share"],
                    each["disagree"]["share"],
                    bound,
                )
                for bound, direction, each in sorted(shared, key=lambda row: (-row[0], row[2]["id"]))
            ),
            shares=(3, 4, 5),
            statements=0,
            note=_(
                "The last column counts only those who take a side, and is the lower end of what is plausible."
            ),
        )


def _slate(read: Reading) -> Iterator[Block]:
    slate = read.analysis["slate"]
    chosen = [id_ for id_ in slate["statement_ids"] if id_ in read.statements]
    if len(chosen) <= 1 or not slate["coverage"]:
        return
    yield Heading(_("A few statements that speak for everyone"))
    yield Paragraph(
        _(
            "Chosen so that each part of the people has its share of the list, small parts too: a majority cannot "
            "fill it."
        )
    )
    yield Points(
        tuple(
            Paragraph(_("Statement %(number)s", number=read.number_of(id_)), (read.number_of(id_),))
            for id_ in chosen
        )
    )
    yield Paragraph(
        _(
            "By estimate, %(share)s of the people who took part agree with at least one of them.",
            share=share(slate["coverage"][0]),
        )
    )
