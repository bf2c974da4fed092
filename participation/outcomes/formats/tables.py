"""The tables of a report, for spreadsheets: every statement with its votes, and each table that the sections show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from participation.outcomes.blocks import Cell

LETTERS = "abcde"
CHOICES = ("agree", "disagree", "pass")
COUNTED = ("votes", *CHOICES)


@dataclass(frozen=True)
class Sheet:
    """A table with plain cells: counts and shares as numbers, texts as texts, None for what is withheld."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    #: The positions of the columns that hold shares between 0 and 1.
    shares: tuple[int, ...] = ()
    note: str = ""


def sheets_in(sections: Iterable[Mapping[str, Any]]) -> Iterator[Sheet]:
    """Every table and every split bar of one language, in the order in which the report shows them."""
    for block in (block for section in sections for block in section["blocks"]):
        if block["kind"] == "table":
            rows = tuple(map(tuple, block["rows"]))
            yield Sheet(block["caption"], tuple(block["head"]), rows, tuple(block["shares"]), block["note"])
        if block["kind"] == "split":
            head = (_("Who voted"), _("Agree"), _("Disagree"), _("Pass"), _("Votes"))
            yield Sheet(block["caption"], head, tuple(map(tuple, block["rows"])), shares=(1, 2, 3))


def statements_sheet(facts: Mapping[str, Any], language: str) -> Sheet:
    """Every statement with its votes in counts, in all and in each group.

    The names of its columns are the same in every language: programs read them. A text is in the language asked
    for, or else in its own.
    """
    results = {result["id"]: result for result in facts["analysis"]["statements"]}
    groups = LETTERS[: len(facts["analysis"]["groups"])]
    head = (
        *("number", "id", "is_seed", "original_language", "language", "text", "origin", "is_checked"),
        *("important_to", *COUNTED),
        *(f"group_{letter}_{counted}" for letter in groups for counted in COUNTED),
    )
    rows = tuple(
        (
            *_about(statement, language),
            *_counts(results.get(statement["id"])),
            *(
                count
                for place in range(len(groups))
                for count in _group_counts(results.get(statement["id"]), place)
            ),
        )
        for statement in facts["statements"]
    )
    return Sheet(_("Every statement with its votes"), head, rows)


def columns_explained(groups: int) -> list[tuple[str, str]]:
    """What the columns of the sheet of statements hold."""
    explained = [
        ("number", _("The number of the statement in the consultation.")),
        ("id", _("The number of the statement in the JSON file.")),
        ("is_seed", _("1 if the organisers wrote it, 0 if a participant did.")),
        ("original_language", _("The language in which it was written.")),
        ("language", _("The language of the text in this row.")),
        ("text", _("What it says.")),
        ("origin", _("Who put it into this language: its author, a person, or a machine.")),
        ("is_checked", _("1 if a person checked the translation, otherwise 0.")),
        ("important_to", _("How many people said that it matters to them.")),
        ("votes, agree, disagree, pass", _("How many votes were cast on it, and which.")),
    ]
    if groups:
        columns = "group_a_votes, group_a_agree, …"
        explained.append(
            (columns, _("The same for each opinion group. Empty where too few people are counted."))
        )
    return explained


def _about(statement: Mapping[str, Any], language: str) -> tuple[Cell, ...]:
    tag = language if language in statement["texts"] else statement["original"]
    # Without a text where its words may be shown no more.
    text = statement["texts"].get(tag, {"text": None, "origin": None, "is_checked": False})
    return (
        *(statement["number"], statement["id"], int(statement["is_seed"]), statement["original"], tag),
        *(text["text"], text["origin"], int(text["is_checked"]), statement["important_to"]),
    )


def _counts(tally: Mapping[str, Any] | None) -> tuple[Cell, ...]:
    if tally is None:
        return (None,) * len(COUNTED)
    return (tally["votes"], *(tally[choice] and tally[choice]["count"] for choice in CHOICES))


def _group_counts(result: Mapping[str, Any] | None, place: int) -> tuple[Cell, ...]:
    return _counts(result and result["groups"][place])
