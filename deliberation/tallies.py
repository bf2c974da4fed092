"""What follows from published counts alone: shares, intervals, bounds and sums, worked out again without a vote.

Everybody's shares and intervals follow from everybody's counts. A group's shares are estimates in which people count
by how likely they are in it, so they do not follow from its counts; but how many votes such an estimate is worth
follows from the width of its interval, and from that the bound that makes a statement common ground.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from deliberation.intervals import Z_95, wilson

if TYPE_CHECKING:
    from collections.abc import Iterator

Json = dict[str, Any]
#: Where a figure stands in report.json, as it was published, and as it follows from others.
Check = tuple[str, Any, Any]

CHOICES = ("agree", "disagree", "pass")
SIDES = ("agree", "disagree")
# A group has spoken on a statement if at least this share of its votes took a side.
SPOKEN = 0.5


def checks_of(report: Json) -> Iterator[Check]:
    """Every figure of the report that follows from other figures in it."""
    analysis = report["analysis"]
    yield from _totals(report)
    for index, statement in enumerate(analysis["statements"]):
        place = f"analysis.statements[{index}]"
        if statement["agree"] is None:
            continue
        yield from _everybody(statement, place)
        yield from _groups(statement, place)
        yield from _common_ground(statement, place)
        least = analysis["provenance"]["settings"]["minimum_votes"]
        yield f"{place}.enough_votes", statement["enough_votes"], statement["votes"] >= least


def _totals(report: Json) -> Iterator[Check]:
    analysis, participation = report["analysis"], report["participation"]
    people, votes = analysis["number_of_participants"], analysis["number_of_votes"]
    groups = analysis["groups"]
    assigned = sum(group["size"] for group in groups)
    yield "analysis.number_of_groups", analysis["number_of_groups"], len(groups)
    yield "analysis.number_of_votes", votes, sum(each["votes"] for each in analysis["statements"])
    unassigned = 1 - assigned / people if people else 0.0
    yield "analysis.share_unassigned", analysis["share_unassigned"], unassigned
    yield "participation.in_analysis", participation["in_analysis"], people
    yield "participation.votes_in_analysis", participation["votes_in_analysis"], votes
    yield "participation.statements", participation["statements"], len(report["statements"])
    told = [each for each in analysis["statements"] if each["agree"]]
    cast = sum(each["votes"] for each in told)
    passes = sum(each["pass"]["count"] for each in told)
    yield "participation.pass_rate", participation["pass_rate"], passes / cast if cast else None


def _everybody(statement: Json, place: str) -> Iterator[Check]:
    votes = statement["votes"]
    yield f"{place}.votes", votes, sum(statement[choice]["count"] for choice in CHOICES)
    for choice in CHOICES:
        share = statement[choice]
        low, high = (float(end) for end in wilson(share["count"], votes))
        yield f"{place}.{choice}.total", share["total"], votes
        yield f"{place}.{choice}.share", share["share"], share["count"] / votes if votes else None
        yield f"{place}.{choice}.low", share["low"], low
        yield f"{place}.{choice}.high", share["high"], high
    yield f"{place}.uncertainty", statement["uncertainty"], statement["pass"]["share"]


def _groups(statement: Json, place: str) -> Iterator[Check]:
    cells = statement["groups"]
    for index, cell in enumerate(cells):
        if cell is None:
            continue
        yield (
            f"{place}.groups[{index}].votes",
            cell["votes"],
            sum(cell[choice]["count"] for choice in CHOICES),
        )
        if cell["agree"]["share"] is not None:
            whole = sum(cell[choice]["share"] for choice in CHOICES)
            yield f"{place}.groups[{index}] (shares together)", whole, 1.0
    if cells and None not in cells:
        for choice in CHOICES:
            together = sum(cell[choice]["count"] for cell in cells)
            yield f"{place}.{choice}.count (of the groups together)", statement[choice]["count"], together


def _common_ground(statement: Json, place: str) -> Iterator[Check]:
    published = [statement[f"common_ground_{side}"] for side in SIDES]
    if None in published or None in statement["groups"]:
        return
    yield f"{place}.common_ground", statement["common_ground"], max(published)
    tallies = statement["groups"] or [statement]
    if any(tally["agree"]["share"] is None for tally in tallies):
        return
    for side, figure in zip(SIDES, published, strict=True):
        yield f"{place}.common_ground_{side}", figure, min(_bound(tally, side) for tally in tallies)


def _bound(tally: Json, side: str) -> float:
    """The lower end of the share that says so, of those who took a side; 0 where most passed."""
    spoken = sum(tally[each]["share"] for each in SIDES)
    if spoken < SPOKEN:
        return 0.0
    votes = _worth(tally) * spoken
    return float(wilson(tally[side]["share"] / spoken * votes, votes).low)


def _worth(tally: Json) -> float:
    """How many votes an estimate is worth, from the width of the widest of its intervals.

    With w the width, p the share and a = z²/n, Wilson's interval gives (1 - w²) a² + (4p(1 - p) - 2w²) a = w².
    """
    widest = max((tally[choice] for choice in CHOICES), key=lambda each: float(each["high"] - each["low"]))
    squared, variance = (widest["high"] - widest["low"]) ** 2, widest["share"] * (1 - widest["share"])
    if not 0 < squared < 1:
        return 0.0
    linear = 4 * variance - 2 * squared
    a = (math.sqrt(linear**2 + 4 * (1 - squared) * squared) - linear) / (2 * (1 - squared))
    return float(Z_95**2 / a)
