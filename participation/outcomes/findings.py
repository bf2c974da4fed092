"""What is found, by rule: the statements that the authority has to answer, and why each is one.

The rules read the published analysis alone, so that everybody can apply them again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from participation.opinions.reading import A_LARGE_MINORITY, A_MAJORITY, FAR_APART, MANY_PASSES
from participation.outcomes.models import FindingKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Result = dict[str, Any]
Found = dict[str, Any]

MOST_OF_A_KIND = 5
# A group of fewer than this part of the people is a minority, whose clearest view is a finding.
A_SMALL_GROUP = 1 / 3


def found_in(facts: dict[str, Any]) -> list[Found]:
    """All findings in the order in which they are read, without their numbers.

    Each has `kind`, `statement_id`, `statement_number`, the `measure` by which it was chosen, between 0 and 1, and
    `group`, the position of the group whose view it is, or None.
    """
    analysis = facts["analysis"]
    numbers = {statement["id"]: statement["number"] for statement in facts["statements"]}
    readable = [each for each in analysis["statements"] if each["enough_votes"] and each["agree"]]
    found = [
        *_strongest(readable, FindingKind.SHARED_AGREEMENT, _shared("agree"), above=A_MAJORITY),
        *_strongest(readable, FindingKind.SHARED_DISAGREEMENT, _shared("disagree"), above=A_MAJORITY),
        *_dividing(readable, has_groups=bool(analysis["groups"])),
        *_strongest(readable, FindingKind.UNCERTAIN, lambda each: each["uncertainty"], above=MANY_PASSES),
        *_of_minorities(analysis),
    ]
    return [{**each, "statement_number": numbers[each["statement_id"]]} for each in _once(found)]


def _shared(direction: str) -> Callable[[Result], float | None]:
    return lambda each: each[f"common_ground_{direction}"]


def _dividing(readable: list[Result], *, has_groups: bool) -> Iterator[Found]:
    if has_groups:
        return _strongest(readable, FindingKind.DIVIDES, lambda each: each["divisiveness"], above=FAR_APART)
    return _strongest(readable, FindingKind.DIVIDES, _smaller_side, above=A_LARGE_MINORITY)


def _smaller_side(each: Result) -> float:
    low: float = min(each["agree"]["low"], each["disagree"]["low"])
    return low


def _strongest(
    results: list[Result], kind: FindingKind, measure: Callable[[Result], float | None], *, above: float
) -> Iterator[Found]:
    """The statements that reach a measure, the furthest first; none whose measure is withheld."""
    reaching = [(value, each["id"]) for each in results if (value := measure(each)) and value >= above]
    for value, statement_id in sorted(reaching, key=lambda pair: (-pair[0], pair[1]))[:MOST_OF_A_KIND]:
        yield {"kind": kind.value, "statement_id": statement_id, "measure": value, "group": None}


def voice_shares(voice: dict[str, Any], group: int, result: Result) -> tuple[float, float]:
    """Which part of a group says what sets it apart, and which of the others, as their votes stand in the tables.

    That it sets the group apart was tested on votes that did not define the group, which gives slightly other shares.
    """
    cells = [cell[voice["direction"]] for cell in result["groups"]]
    others = [cell for place, cell in enumerate(cells) if place != group and cell["total"]]
    total = sum(cell["total"] for cell in others)
    if not total or not cells[group]["total"]:
        return voice["share_in_group"], voice["share_elsewhere"]
    return cells[group]["share"], sum(cell["share"] * cell["total"] for cell in others) / total


def _of_minorities(analysis: dict[str, Any]) -> Iterator[Found]:
    """What sets each small group apart most, however few share it."""
    people = analysis["number_of_participants"]
    results = {each["id"]: each for each in analysis["statements"]}
    for index, group in enumerate(analysis["groups"]):
        if group["size"] < A_SMALL_GROUP * people and group["voices"]:
            voice = group["voices"][0]
            yield {
                "kind": FindingKind.MINORITY.value,
                "statement_id": voice["statement_id"],
                "measure": voice_shares(voice, index, results[voice["statement_id"]])[0],
                "group": index,
            }


def _once(found: list[Found]) -> list[Found]:
    """One finding for each kind and statement: two small groups may have one voice."""
    first: dict[tuple[str, int], Found] = {}
    for each in found:
        first.setdefault((each["kind"], each["statement_id"]), each)
    return list(first.values())
