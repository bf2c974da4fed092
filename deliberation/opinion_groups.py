"""Who is in which group, and which groups may be published?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from deliberation.evidence import doubt, weigh_evidence
from deliberation.latent_classes import fit_classes
from deliberation.search import find_classes
from deliberation.stability import Stability, measure_stability

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from deliberation.latent_classes import LatentClasses
    from deliberation.results import Evidence
    from deliberation.settings import Settings
    from deliberation.vote_table import VoteTable


# Someone whose likeliest group is less likely than this is counted as not assigned.
ASSIGNED = 0.5


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


def find_groups(
    table: VoteTable, places: Callable[[], NDArray[np.float64]], settings: Settings
) -> OpinionGroups:
    """As many groups as the evidence says, or fewer if not all of them are large and stable enough.

    `places` tells, shape (k, d), where the people of the sample stand on the fitted axes.
    """
    if table.number_of_people < settings.minimum_voters_for_groups:
        return _no_groups(table, None)
    evidence, fits = weigh_evidence(table, settings)
    for number in range(evidence.number_of_groups, 1, -1):
        classes = _classes(table, places, fits[number], settings).largest_first()
        memberships = _averaged(table, classes, fits[number], evidence.confidence[number - 1])
        # As many as will be told: who only leans to a group does not make it large enough.
        assigned = memberships[memberships.max(axis=1) >= ASSIGNED]
        sizes = np.bincount(assigned.argmax(axis=1), minlength=number)
        if sizes.min() < settings.minimum_group_size:
            continue
        stability = measure_stability(table, places, memberships, settings)
        if not stability.resamples or stability.jaccard.min() >= settings.minimum_stability:
            return OpinionGroups(memberships, classes, stability, evidence)
    return _no_groups(table, evidence)


def _classes(
    table: VoteTable, places: Callable[[], NDArray[np.float64]], fits: list[LatentClasses], settings: Settings
) -> LatentClasses:
    """The groups of everybody: of a large table, the search goes on from where that among a sample ended."""
    sample = table.sample()
    if sample is not table:
        return fit_classes(table, fits[0].memberships(sample))
    return find_classes(table, places(), len(fits[0].weights), settings.seed)


def _averaged(
    table: VoteTable, classes: LatentClasses, others: list[LatentClasses], confidence: float
) -> NDArray[np.float64]:
    """Shape (n, g): memberships in the groups, averaged with those of other fits to parts of the same votes.

    What each vote has to do with where the boundary between two groups runs is chance; in the mean over
    fits that were each hidden other votes, less of it is left. Fits to a sample of people know less than
    the fit to everybody, and are not asked.

    L. Breiman, "Bagging predictors", Machine Learning 24 (1996); of groups, matched to those of the whole:
    S. Dudoit and J. Fridlyand, "Bagging to improve the accuracy of a clustering procedure",
    Bioinformatics 19 (2003).
    """
    whole = classes.memberships(table)
    mean = doubt(whole, confidence)
    if table.sample() is not table:
        return mean
    for other in others:
        memberships = other.memberships(table)
        _ours, theirs = linear_sum_assignment(-(whole.T @ memberships))
        mean += doubt(memberships[:, theirs], confidence)
    return np.asarray(mean / (1 + len(others)))


def _no_groups(table: VoteTable, evidence: Evidence | None) -> OpinionGroups:
    return OpinionGroups(np.zeros((table.number_of_people, 0)), None, Stability.unmeasured(0), evidence)
