"""How many took part and how much they said, counted by the database."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any

from deliberation.small_cells import SMALLEST_CELL
from participation.monitoring.picture import picture_of
from participation.monitoring.queries import submitted_by_state
from participation.statements.models import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from participation.consultations.models import Consultation
    from participation.monitoring.picture import Coverage, Picture

# A quartile is somebody's number of votes: told only where each quarter is as many people as a cell must have.
ENOUGH_FOR_QUARTILES = 4 * SMALLEST_CELL


# What is counted for the first version and then stays: whoever has themselves erased is gone from the rows behind it,
# and the difference between two versions would say what language they read, or what they put off or withdrew.
COUNTED_ONCE = (
    *("by_language", "by_channel", "per_day", "coverage", "drawn", "put_off", "under_seen"),
    *("submitted", State.WAITING.value),
)


def participation_in(
    consultation: Consultation,
    analysis: dict[str, Any],
    statements: Sequence[dict[str, Any]],
    *,
    before: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The numbers of the report.

    Args:
        consultation: a closed one.
        analysis: as it is published.
        statements: those that are published.
        before: the same in the version before this one, if there is one.

    """
    counted = _counted(consultation, analysis, statements)
    return counted | {name: before[name] for name in COUNTED_ONCE} if before else counted


def _counted(
    consultation: Consultation, analysis: dict[str, Any], statements: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    picture, submitted = picture_of(consultation), submitted_by_state(consultation.id)
    return {
        "voters": picture.people,
        "in_analysis": analysis["number_of_participants"],
        "votes": picture.votes,
        "votes_in_analysis": analysis["number_of_votes"],
        "votes_per_voter": _per_voter(picture),
        "statements": len(statements),
        "seed_statements": sum(statement["is_seed"] for statement in statements),
        "submitted": sum(submitted.values()),
        **{state.value: submitted.get(state, 0) for state in State},
        **_exposure(picture.coverage, picture.people),
        "pass_rate": _pass_rate(analysis),
        "by_language": [{"language": each.tag, "voters": each.people} for each in picture.languages],
        "by_channel": [
            {"channel": each.channel.value, "voters": each.people, "votes": each.votes}
            for each in picture.channels
        ],
        "per_day": [
            {"day": each.day.isoformat(), "voters": each.people, "votes": each.votes} for each in picture.days
        ],
    }


def _per_voter(picture: Picture) -> dict[str, int] | None:
    if picture.people < ENOUGH_FOR_QUARTILES:
        return None
    low, middle, high = picture.per_person
    return {"lower_quartile": low, "median": middle, "upper_quartile": high}


def _exposure(coverage: Sequence[Coverage], people: int) -> dict[str, Any]:
    """How much of the statements people saw: of each person's, and of each statement's votes."""
    votes = [each.votes for each in coverage]
    seats = people * len(coverage)
    return {
        "coverage": sum(each.seen for each in coverage) / seats if seats else None,
        "votes_per_statement": {"min": min(votes), "median": median(votes)} if votes else None,
        "drawn": sum(each.drawn for each in coverage),
        "put_off": sum(each.put_off for each in coverage),
        "under_seen": sorted(each.number for each in coverage if each.is_under_seen),
    }


def _pass_rate(analysis: dict[str, Any]) -> float | None:
    """Of the votes on statements whose votes are told: no withheld one can be worked out from it."""
    told = [each for each in analysis["statements"] if each["agree"]]
    votes = sum(each["votes"] for each in told)
    return sum(each["pass"]["count"] for each in told) / votes if votes else None
