"""The analysis as everybody may read it: without cells that could lead to a person, nor what is made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deliberation.analysis_json import from_json
from deliberation.small_cells import SMALLEST_CELL
from participation.opinions.suppression import publishable

if TYPE_CHECKING:
    from collections.abc import Container

    from deliberation.results import Tally

# What an analysis works out from the groups' cells: withheld together with any of them.
DERIVED_FROM_CELLS = ("common_ground", "common_ground_agree", "common_ground_disagree", "divisiveness")
CHOICES = ("agree", "disagree", "pass")


def published_analysis(stored: dict[str, Any], statement_ids: Container[int]) -> dict[str, Any]:
    """The stored analysis of the statements that everybody may read, small cells withheld."""
    results = [result for result in from_json(stored).statements if result.id in statement_ids]
    cells = {result.id: publishable(result.groups) for result in results}
    statements = [
        _of_enough_votes(with_cells(statement, cells[statement["id"]]))
        for statement in stored["statements"]
        if statement["id"] in cells
    ]
    whole = {
        statement["id"] for statement in statements if statement["agree"] and None not in statement["groups"]
    }
    groups = [
        {**group, "voices": [voice for voice in group["voices"] if voice["statement_id"] in whole]}
        for group in stored["groups"]
    ]
    # What is conspicuous is told in counts of accounts, elsewhere.
    return {**stored, "groups": groups, "statements": statements, "integrity": []}


def with_cells(statement: dict[str, Any], kept: tuple[Tally | None, ...]) -> dict[str, Any]:
    """A statement of an analysis with only those of its groups' cells that may be published."""
    if None not in kept:
        return statement
    cells = [cell if tally else None for cell, tally in zip(statement["groups"], kept, strict=True)]
    return {**statement, **dict.fromkeys(DERIVED_FROM_CELLS), "groups": cells}


def _of_enough_votes(statement: dict[str, Any]) -> dict[str, Any]:
    """Of one to four votes only that they are so few: whoever cast one could tell the others."""
    if not 0 < statement["votes"] < SMALLEST_CELL:
        return statement
    nothing = dict.fromkeys((*CHOICES, "uncertainty", *DERIVED_FROM_CELLS))
    return {**statement, **nothing, "groups": [None for _group in statement["groups"]]}
