"""Who is in which group, and which groups may be published?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deliberation.evidence import doubt, weigh_evidence
from deliberation.search import find_classes
from deliberation.stability import Stability, measure_stability

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.latent_classes import LatentClasses
    from deliberation.results import Evidence
    from deliberation.settings import Settings
    from deliberation.vote_table import VoteTable


@dataclass(frozen=True, eq=False)
class OpinionGroups:
    """Groups that may be published, or none.

    Attributes:
        memberships: shape (n, g), the probability of each group for each person; g = 0 without groups.
        classes: what was fitted, or None without groups.
        stability: whether the groups would be found again.
        evidence: what chose the number of groups; None where there were too few people to ask.

    """

    memberships: NDArray[np.float64]
    classes: LatentClasses | None
    stability: Stability
    evidence: Evidence | None

    @property
    def number(self) -> int:
        return int(self.memberships.shape[1])

    @property
    def labels(self) -> NDArray[np.int64]:
        """Shape (n,): the likeliest group, or -1 without groups."""
        if not self.number:
            return np.full(len(self.memberships), -1)
        return np.asarray(self.memberships.argmax(axis=1))


def find_groups(table: VoteTable, places: NDArray[np.float64], settings: Settings) -> OpinionGroups:
    """As many groups as the evidence says, or fewer if not all of them are large and stable enough.

    `places`, shape (n, d), are where people stand on the fitted axes: where to start looking.
    """
    if table.number_of_people < settings.minimum_voters_for_groups:
        return _no_groups(table, None)
    evidence = weigh_evidence(table, settings)
    for number in range(evidence.number_of_groups, 1, -1):
        sampled = places[: table.sample().number_of_people]
        classes = find_classes(table, sampled, number, settings.seed).largest_first()
        memberships = doubt(classes.memberships(table), evidence.confidence[number - 1])
        sizes = np.bincount(memberships.argmax(axis=1), minlength=number)
        if sizes.min() < settings.minimum_group_size:
            continue
        stability = measure_stability(table, places, memberships, settings)
        if not stability.resamples or stability.jaccard.min() >= settings.minimum_stability:
            return OpinionGroups(memberships, classes, stability, evidence)
    return _no_groups(table, evidence)


def _no_groups(table: VoteTable, evidence: Evidence | None) -> OpinionGroups:
    return OpinionGroups(np.zeros((table.number_of_people, 0)), None, Stability.unmeasured(0), evidence)
