"""Where to start looking for groups, and which of several answers to keep.

A fit climbs from where it starts, and may end on a lower hill than there is. So it starts from the clusters
along all axes, along all but the weakest, and so on, and the likeliest answer is kept. Starts by principal
subspaces: G. J. McLachlan and D. Peel, "Finite Mixture Models" (2000), section 2.12.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deliberation.k_means import k_means
from deliberation.latent_classes import fit_classes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from deliberation.latent_classes import LatentClasses
    from deliberation.vote_table import VoteTable

# All starts together look at about so many votes each round; many votes make the first start a good one.
_AFFORDABLE_VOTES = 150_000


def find_classes(table: VoteTable, places: NDArray[np.float64], number: int, seed: int) -> LatentClasses:
    """The likeliest groups from several starts among `places`, shape (k, d), of the first k people."""
    axes = places.shape[1]
    affordable = int(np.clip(_AFFORDABLE_VOTES // max(table.number_of_votes, 1), 1, axes))
    return likeliest(
        table,
        (
            fit_classes(table, starting_memberships(places[:, : axes - fewer], number, seed))
            for fewer in range(affordable)
        ),
    )


def likeliest(table: VoteTable, answers: Iterable[LatentClasses]) -> LatentClasses:
    """The answer under which the votes are likeliest; of equals, the first."""
    answers = list(answers)
    if len(answers) == 1:
        return answers[0]
    return max(answers, key=lambda classes: classes.evidence(table))


def starting_memberships(places: NDArray[np.float64], number: int, seed: int) -> NDArray[np.float64]:
    """Shape (n, number): near-certain memberships of the clusters that k-means finds among places."""
    labels = k_means(places, number, seed=seed)
    memberships = np.full((len(places), number), 0.05 / number)
    memberships[np.arange(len(places)), labels] += 0.95
    return memberships
