"""Are there groups, how many, and who is in which?

As many groups as predict hidden votes best; one group, that is none, is a possible answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sklearn.cluster import KMeans

from deliberation.latent_classes import LatentClasses, fit_classes, overall_shares
from deliberation.opinion_map import draw_map

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.settings import Settings
    from deliberation.vote_table import VoteTable

_HIDDEN_SHARE = 0.1
_ROUNDS = 2
# A further group must predict better by this many standard errors of the gain.
_ERRORS_OF_GAIN = 2.0


@dataclass(frozen=True, eq=False)
class OpinionGroups:
    """Who is in which group.

    Attributes:
        memberships: shape (n, g), the probability of each group for each person; g = 0 without groups.
        classes: what was fitted, or None without groups.

    """

    memberships: NDArray[np.float64]
    classes: LatentClasses | None

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
    """The groups of these people; `places`, shape (n, 2), say where to start looking."""
    none = OpinionGroups(np.zeros((table.number_of_people, 0)), None)
    if table.number_of_people < settings.minimum_voters_for_groups:
        return none
    for number in range(_best_number(table, settings), 1, -1):
        groups = _with_number(table, places, number, settings)
        sizes = np.bincount(groups.labels, minlength=number)
        if sizes.min() >= settings.minimum_group_size:
            return groups
    return none


def _with_number(
    table: VoteTable, places: NDArray[np.float64], number: int, settings: Settings
) -> OpinionGroups:
    classes = fit_classes(table, starting_memberships(places, number, settings.seed))
    largest_first = np.argsort(-classes.weights, kind="stable")
    classes = LatentClasses(classes.weights[largest_first], classes.pseudo_votes[largest_first])
    return OpinionGroups(classes.memberships(table), classes)


def starting_memberships(places: NDArray[np.float64], number: int, seed: int) -> NDArray[np.float64]:
    """Shape (n, number): near-certain memberships of the clusters that k-means finds on the map."""
    different = len(np.unique(places, axis=0))
    clusters = min(number, different)
    labels = KMeans(clusters, n_init=4, random_state=seed).fit_predict(places)
    memberships = np.full((len(places), number), 0.05 / number)
    memberships[np.arange(len(places)), labels] += 0.95
    return memberships


def _best_number(table: VoteTable, settings: Settings) -> int:
    """The smallest number of groups that no other beats by more than chance at predicting hidden votes."""
    rng = np.random.default_rng(settings.seed)
    gains = np.zeros((settings.max_groups, table.number_of_people))
    for _ in range(_ROUNDS):
        hidden = rng.random(table.number_of_votes) < _HIDDEN_SHARE
        shown, held_out = table.keep(~hidden), table.keep(hidden)
        shown_places = draw_map(shown).positions
        gains[0] += _log_likelihoods(
            held_out, np.ones((table.number_of_people, 1)), overall_shares(shown)[None]
        )
        for number in range(2, settings.max_groups + 1):
            classes = fit_classes(shown, starting_memberships(shown_places, number, settings.seed))
            gains[number - 1] += _log_likelihoods(held_out, classes.memberships(shown), classes.shares)
    best = 0
    for number in range(1, settings.max_groups):
        difference = gains[number] - gains[best]
        if difference.sum() > 1.0 + _ERRORS_OF_GAIN * np.sqrt((difference**2).sum()):
            best = number
    return best + 1


def _log_likelihoods(
    held_out: VoteTable, memberships: NDArray[np.float64], shares: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Shape (n,): each person's summed log probability of hidden votes, given memberships and shares."""
    of_cells = shares.reshape(len(shares), -1).T
    logs = np.log((memberships[held_out.rows] * of_cells[held_out.cells]).sum(axis=1))
    return np.asarray(np.bincount(held_out.rows, weights=logs, minlength=held_out.number_of_people))
