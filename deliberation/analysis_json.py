"""An analysis as JSON, and back. The keys are a promise to those who build on them.

Shares are objects: `{"count", "total", "share", "low", "high"}`, `low` and `high` being the ends of a
95% interval. Of no votes `share` is null, `low` is 0 and `high` is 1: all that is known; so is `uncertainty`,
the pass share, of a statement nobody saw. `common_ground` is the stronger of shared agreement and shared
disagreement, both of which stand beside it; `enough_votes` says whether a statement's figures may be read.

`participants` holds for each person `position` and `position_error` on the map, `membership`, the
probability of each of `groups` in their order (empty where there are none), and `group`, the likeliest, or
null where none is likely enough. `evidence`, null with too few voters, compares the numbers of groups, in
lists that start with one: no groups.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from deliberation.results import (
    SCHEMA_VERSION,
    Analysis,
    Evidence,
    Group,
    Places,
    Provenance,
    Share,
    Signal,
    Slate,
    StatementResult,
    Tally,
    Variation,
    Voice,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

JsonObject = dict[str, Any]
# A millionth of the map's unit, or of certainty, is finer than anything said about it.
_DIGITS = 6


class UnknownSchemaError(ValueError):
    """The JSON was written by another version, or is no analysis."""


def to_json(analysis: Analysis, *, participants: bool = True) -> JsonObject:
    """The analysis as plain lists, dictionaries, numbers and text; `participants=False` leaves people out."""
    return {
        "schema_version": SCHEMA_VERSION,
        "provenance": asdict(analysis.provenance),
        "number_of_participants": analysis.number_of_participants,
        "number_of_votes": analysis.number_of_votes,
        "number_of_groups": analysis.number_of_groups,
        "too_few_for_groups": analysis.too_few_for_groups,
        "share_unassigned": analysis.share_unassigned,
        "stability": analysis.stability,
        "resamples": analysis.resamples,
        "groups": [
            asdict(group) | {"voices": [asdict(v) for v in group.voices]} for group in analysis.groups
        ],
        "statements": [_statement_to_json(statement) for statement in analysis.statements],
        "evidence": analysis.evidence and asdict(analysis.evidence),
        "axes_beyond_chance": analysis.axes_beyond_chance,
        "slate": asdict(analysis.slate),
        "integrity": [_signal_to_json(signal, participants=participants) for signal in analysis.integrity],
        "sensitivity": [asdict(row) for row in analysis.sensitivity],
        "participants": _participants_to_json(analysis.places) if participants else [],
    }


def from_json(data: Mapping[str, Any]) -> Analysis:
    """The analysis that `to_json` wrote.

    Raises:
        UnknownSchemaError: `schema_version` is missing or another.

    """
    if data.get("schema_version") != SCHEMA_VERSION:
        raise UnknownSchemaError(
            f"expected an analysis of schema version {SCHEMA_VERSION}, not {data.get('schema_version')!r}"
        )
    return Analysis(
        provenance=Provenance(**data["provenance"]),
        number_of_participants=data["number_of_participants"],
        number_of_votes=data["number_of_votes"],
        too_few_for_groups=data["too_few_for_groups"],
        places=_places_from_json(data["participants"], data["number_of_groups"]),
        groups=tuple(
            Group(**{**group, "voices": tuple(Voice(**voice) for voice in group["voices"])})
            for group in data["groups"]
        ),
        share_unassigned=data["share_unassigned"],
        stability=data["stability"],
        resamples=data["resamples"],
        statements=tuple(_statement_from_json(statement) for statement in data["statements"]),
        evidence=data["evidence"] and Evidence(**_tuples(data["evidence"])),
        axes_beyond_chance=data["axes_beyond_chance"],
        slate=Slate(**_tuples(data["slate"])),
        integrity=tuple(Signal(**_tuples(signal)) for signal in data["integrity"]),
        sensitivity=tuple(Variation(**row) for row in data["sensitivity"]),
    )


def _signal_to_json(signal: Signal, *, participants: bool) -> JsonObject:
    return asdict(signal) | {"participant_ids": signal.participant_ids if participants else ()}


def _tuples(data: JsonObject) -> JsonObject:
    """The same with each list as a tuple, as frozen records hold them."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}


def _statement_to_json(statement: StatementResult) -> JsonObject:
    return {
        "id": statement.id,
        **_tally_to_json(statement.overall),
        "groups": [_tally_to_json(tally) for tally in statement.groups],
        "common_ground": max(statement.common_ground_agree, statement.common_ground_disagree),
        "common_ground_agree": statement.common_ground_agree,
        "common_ground_disagree": statement.common_ground_disagree,
        "divisiveness": statement.divisiveness,
        "uncertainty": statement.uncertainty if statement.overall.votes else None,
        "enough_votes": statement.enough_votes,
    }


def _statement_from_json(data: JsonObject) -> StatementResult:
    return StatementResult(
        id=data["id"],
        overall=_tally_from_json(data),
        groups=tuple(_tally_from_json(tally) for tally in data["groups"]),
        common_ground_agree=data["common_ground_agree"],
        common_ground_disagree=data["common_ground_disagree"],
        divisiveness=data["divisiveness"],
        uncertainty=data["uncertainty"] or 0.0,
        enough_votes=data["enough_votes"],
    )


def _tally_to_json(tally: Tally) -> JsonObject:
    return {
        "votes": tally.votes,
        "agree": _share_to_json(tally.agree),
        "disagree": _share_to_json(tally.disagree),
        "pass": _share_to_json(tally.passed),
    }


def _tally_from_json(data: JsonObject) -> Tally:
    agree, disagree, passed = (_share_from_json(data[choice]) for choice in ("agree", "disagree", "pass"))
    return Tally(data["votes"], agree, disagree, passed)


def _share_to_json(share: Share) -> JsonObject:
    return asdict(share) if share.total else asdict(share) | {"share": None, "low": 0.0, "high": 1.0}


def _share_from_json(data: JsonObject) -> Share:
    """Of nothing, a half, as in memory: the middle of what is known."""
    return Share(**data) if data["total"] else Share(**data | {"share": 0.5})


def _participants_to_json(places: Places) -> list[JsonObject]:
    columns = (
        places.participant_ids.tolist(),
        np.round(places.positions, _DIGITS).tolist(),
        np.round(places.errors, _DIGITS).tolist(),
        np.round(places.memberships, _DIGITS).tolist(),
        places.groups.tolist(),
    )
    return [
        {
            "id": identifier,
            "position": position,
            "position_error": error,
            "membership": membership,
            "group": group if group >= 0 else None,
        }
        for identifier, position, error, membership, group in zip(*columns, strict=True)
    ]


def _places_from_json(people: list[JsonObject], number_of_groups: int) -> Places:
    return Places(
        participant_ids=np.array([person["id"] for person in people], dtype=np.int64),
        positions=np.array([person["position"] for person in people], dtype=np.float64).reshape(-1, 2),
        errors=np.array([person["position_error"] for person in people], dtype=np.float64),
        memberships=np.array([person["membership"] for person in people], dtype=np.float64).reshape(
            len(people), number_of_groups
        ),
        groups=np.array(
            [-1 if person["group"] is None else person["group"] for person in people], dtype=np.int64
        ),
    )
