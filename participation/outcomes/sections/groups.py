"""The opinion groups: how many, how they were found, how sure they are, and what sets each apart; no names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from participation.formatting import number, share
from participation.outcomes.blocks import Heading, OpinionMap, Paragraph, Table
from participation.outcomes.findings import voice_shares
from participation.outcomes.reading import Reading
from participation.outcomes.sentences import LETTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.outcomes.blocks import Block
    from participation.outcomes.facts import Facts

KEY = "groups"


def title() -> str:
    return str(_("Opinion groups"))


def say(facts: Facts, language: str) -> Iterator[Block]:
    read = Reading(facts, language)
    if not read.letters:
        yield Paragraph(_none(facts["analysis"]))
        return
    yield Paragraph(
        _(
            "People who vote alike were put together: %(groups)s groups. The number is the one that predicts hidden "
            "votes best; a group is told only if it is large enough and is found again in most repetitions.",
            groups=number(len(read.letters)),
        )
    )
    yield Paragraph(
        _(
            "Groups have letters, not names: a name would say what kind of people they are, and votes do not say that."
        )
    )
    yield _sizes(facts["analysis"])
    if facts["map"]:
        yield _map(facts["map"], read)
    for letter, group in zip(read.letters, facts["analysis"]["groups"], strict=True):
        yield from _voices(letter, group, read)


def _none(analysis: dict[str, Any]) -> str:
    if analysis["too_few_for_groups"]:
        return str(_("Too few people voted to speak of groups. None are shown."))
    return str(_("No distinct groups were found: people differ by degree, not in camps."))


def _sizes(analysis: dict[str, Any]) -> Table:
    people = analysis["number_of_participants"]
    rows: list[tuple[Any, ...]] = [
        (_("Group %(letter)s", letter=letter), group["size"], group["size"] / people, group["stability"])
        for letter, group in zip(LETTERS, analysis["groups"], strict=False)
    ]
    rows.append((_("In no single group"), None, analysis["share_unassigned"], None))
    return Table(
        _("Groups, their sizes and their stability"),
        (_("Group"), _("People"), _("Share of the people who took part"), _("Stability")),
        tuple(rows),
        shares=(2, 3),
        note=_(
            "Stability: how much of a group was found again when the analysis was repeated with a random part of the "
            "people. People belong to a group by probability, so sizes are of those who are likeliest in it."
        ),
    )


def _map(drawn: dict[str, Any], read: Reading) -> OpinionMap:
    return OpinionMap(
        caption=_("Opinion map"),
        description=_(
            "Each mark is a person; people who voted alike are close together. %(shown)s of %(people)s people are "
            "drawn. The directions have no meaning of their own. The table above gives the groups in numbers.",
            shown=number(len(drawn["points"])),
            people=number(drawn["people"]),
        ),
        points=tuple((x, y, group) for x, y, group in drawn["points"]),
        groups=tuple(read.letters),
    )


def _voices(letter: str, group: dict[str, Any], read: Reading) -> Iterator[Block]:
    yield Heading(_("What sets group %(letter)s apart", letter=letter))
    voices = [voice for voice in group["voices"] if voice["statement_id"] in read.results]
    if not voices:
        yield Paragraph(_("No single statement sets this group apart with enough certainty."))
    for voice in voices[:5]:
        cited = read.number_of(voice["statement_id"])
        here, elsewhere = map(
            share, voice_shares(voice, LETTERS.index(letter), read.results[voice["statement_id"]])
        )
        yield read.quoted(voice["statement_id"])
        if voice["direction"] == "agree":
            words = _(
                "About %(here)s of this group agree, and %(elsewhere)s of the others.",
                here=here,
                elsewhere=elsewhere,
            )
        else:
            words = _(
                "About %(here)s of this group disagree, and %(elsewhere)s of the others.",
                here=here,
                elsewhere=elsewhere,
            )
        yield Paragraph(words, (cited,))
