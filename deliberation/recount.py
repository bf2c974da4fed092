"""What the votes in a package say, counted and analysed again: the figures of report.json, made from votes.csv alone.

People have other numbers in a package than the platform knew them by, and statements are named by their number. The
analysis does not depend on either, so the same figures come out.
"""

from __future__ import annotations

from dataclasses import fields
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np

from deliberation.analysis import analyse
from deliberation.analysis_json import to_json
from deliberation.sensitivity import with_sensitivity
from deliberation.settings import Settings
from deliberation.vote_matrix import VoteMatrix

if TYPE_CHECKING:
    from deliberation.polis import Conversation

Json = dict[str, Any]

# Figures about single people that the analysis knows and no report tells, and signs that need the times of votes.
NOT_PUBLISHED = ("participants", "integrity", "provenance")
# More than the platform ever sets: a package must not be able to keep a computer busy for days.
MOST_RESAMPLES = 1000
MOST_GROUPS = 20
FEWEST_IN_A_QUARTER = 5


def settings_of(report: Json) -> Settings:
    """With what the analysis was made.

    Raises:
        ValueError: no analysis is made with such settings.

    """
    given = report["analysis"]["provenance"]["settings"]
    if set(given) != {field.name for field in fields(Settings)}:
        raise ValueError("the settings of the analysis are not those of this method")
    settings = Settings(**given)
    if settings.resamples > MOST_RESAMPLES or settings.max_groups > MOST_GROUPS:
        raise ValueError("the analysis asks for more than this method ever does")
    return settings


def recounted_analysis(report: Json, conversation: Conversation) -> Json:
    """The published part of the analysis, from the votes."""
    published, settings = report["analysis"], settings_of(report)
    votes = analysed_votes(report, conversation)
    analysis = analyse(votes, settings)
    if published["sensitivity"]:
        analysis = with_sensitivity(votes, analysis, settings)
    recounted = {
        key: value for key, value in to_json(analysis, participants=False).items() if key not in NOT_PUBLISHED
    }
    # What sets a group apart is told only of statements of which every group's figures are told.
    told = {each["id"] for each in published["statements"] if each["agree"] and None not in each["groups"]}
    for group in recounted["groups"]:
        group["voices"] = [voice for voice in group["voices"] if voice["statement_id"] in told]
    return recounted


def analysed_votes(report: Json, conversation: Conversation) -> VoteMatrix:
    """The votes on the statements of the analysis, which the platform calls by other ids than the package does."""
    ids = {statement["number"]: statement["id"] for statement in report["statements"]}
    analysed = {statement["id"] for statement in report["analysis"]["statements"]}
    numbers = conversation.statements.tolist()
    kept = np.array([ids.get(number) in analysed for number in numbers], dtype=bool)
    statements = [ids[number] for number, keep in zip(numbers, kept, strict=True) if keep]
    return VoteMatrix.from_votes(
        conversation.voters[kept], statements, conversation.choices[kept], statement_ids=sorted(analysed)
    )


def recounted_participation(report: Json, conversation: Conversation) -> Json:
    """Those figures about taking part that can be counted from votes: who saw what, and when, cannot."""
    voters, cast = np.unique(conversation.voters, return_counts=True)
    numbers = [statement["number"] for statement in report["statements"]]
    on_each = [int((conversation.statements == number).sum()) for number in numbers]
    in_analysis = analysed_votes(report, conversation)
    return {
        "voters": len(voters),
        "votes": len(conversation.choices),
        "in_analysis": len(in_analysis.participant_ids),
        "votes_in_analysis": in_analysis.number_of_votes,
        "votes_per_voter": _quartiles(cast.tolist()),
        "votes_per_statement": {"min": min(on_each), "median": median(on_each)} if on_each else None,
        "statements": len(numbers),
        "seed_statements": sum(statement["is_seed"] for statement in report["statements"]),
        "published": sum(not statement["is_seed"] for statement in report["statements"]),
    }


def _quartiles(votes_of_each: list[int]) -> Json | None:
    """The votes of the person a quarter, half and three quarters of the way up; at two in the middle, the lower."""
    people = len(votes_of_each)
    if people < 4 * FEWEST_IN_A_QUARTER:
        return None
    ascending = sorted(votes_of_each)
    names = ("lower_quartile", "median", "upper_quartile")
    return {name: ascending[-(-people * part // 4) - 1] for part, name in enumerate(names, start=1)}
