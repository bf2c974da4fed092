"""What would change the conclusion?

The same votes under other reasonable choices: if the answer holds under all of them, it rests on the
votes; if not, it rests on a choice, and readers should know which.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sklearn.metrics import adjusted_rand_score

from deliberation.evidence import starting_memberships, weigh_evidence
from deliberation.latent_classes import fit_classes
from deliberation.opinion_map import fit_axes, place
from deliberation.results import Variation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from deliberation.opinion_groups import OpinionGroups
    from deliberation.settings import Settings
    from deliberation.vote_table import VoteTable

_FEWEST_VOTES = (3, 7, 10)
# One group is none.
_FEWEST_GROUPS = 2


@dataclass(frozen=True, eq=False)
class _Choice:
    """Another way to analyse: whom and which votes to keep, and the number of groups if it is given."""

    name: str
    people: NDArray[np.bool_]
    votes: NDArray[np.bool_]
    number: int | None = None


def vary(
    table: VoteTable, groups: OpinionGroups, flagged: NDArray[np.bool_], settings: Settings
) -> tuple[Variation, ...]:
    """The number of groups, and how alike they are to ours, under each other choice.

    `flagged`, shape (n,), are people whom integrity signals name. Of a large table a sample is asked.
    """
    sample = table.sample()
    labels = groups.labels[: sample.number_of_people]
    choices = _choices(sample, groups.number, flagged[: sample.number_of_people], settings)
    return tuple(_compare(choice, sample, labels, settings) for choice in choices)


def _choices(
    table: VoteTable, found: int, flagged: NDArray[np.bool_], settings: Settings
) -> Iterator[_Choice]:
    everyone, everything = np.ones(table.number_of_people, bool), np.ones(table.number_of_votes, bool)
    for fewest in _FEWEST_VOTES:
        yield _Choice(f"minimum_votes_{fewest}", table.votes_per_person >= fewest, everything)
    yield _Choice("without_passes", everyone, table.choices != 0)
    if flagged.any():
        yield _Choice("without_flagged", ~flagged, everything)
    if found > _FEWEST_GROUPS:
        yield _Choice("one_group_fewer", everyone, everything, found - 1)
    if 0 < found < settings.max_groups:
        yield _Choice("one_group_more", everyone, everything, found + 1)


def _compare(choice: _Choice, table: VoteTable, labels: NDArray[np.int64], settings: Settings) -> Variation:
    remaining = np.bincount(table.rows[choice.votes], minlength=table.number_of_people)
    kept = np.flatnonzero(choice.people & (remaining > 0))
    if len(kept) < settings.minimum_voters_for_groups:
        return Variation(choice.name, len(kept), 0, None)
    varied = table.keep(choice.votes).take(kept)
    number = choice.number or weigh_evidence(varied, settings).number_of_groups
    if number < _FEWEST_GROUPS:
        return Variation(choice.name, len(kept), 0, None)
    places = place(varied, fit_axes(varied)).means
    classes = fit_classes(varied, starting_memberships(places, number, settings.seed))
    others = classes.memberships(varied).argmax(axis=1)
    likeness = float(adjusted_rand_score(labels[kept], others)) if labels.max(initial=-1) >= 0 else None
    return Variation(choice.name, len(kept), number, likeness)
