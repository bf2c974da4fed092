"""How did some people vote on each statement? Agreements, disagreements and all votes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deliberation.polis.rating_matrix import AGREE, DISAGREE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.polis.rating_matrix import RatingMatrix


@dataclass(frozen=True, eq=False)
class VoteCounts:
    """Votes of several sets of people on each statement; each array is int64 of shape (sets, m).

    `seen` counts every vote, passes included.
    """

    agree: NDArray[np.int64]
    disagree: NDArray[np.int64]
    seen: NDArray[np.int64]

    @property
    def passed(self) -> NDArray[np.int64]:
        return self.seen - self.agree - self.disagree

    def total(self) -> VoteCounts:
        """One set of people that is all of them, shape (1, m)."""
        return VoteCounts(
            agree=self.agree.sum(axis=0, keepdims=True),
            disagree=self.disagree.sum(axis=0, keepdims=True),
            seen=self.seen.sum(axis=0, keepdims=True),
        )

    def others(self) -> VoteCounts:
        """For each set, all other sets together."""
        everyone = self.total()
        return VoteCounts(
            agree=everyone.agree - self.agree,
            disagree=everyone.disagree - self.disagree,
            seen=everyone.seen - self.seen,
        )


def count_votes(matrix: RatingMatrix, sets: NDArray[np.int64], number_of_sets: int) -> VoteCounts:
    """Count votes as they were cast, those on rejected and meta statements too.

    Args:
        matrix: the votes.
        sets: shape (n,), the set of each participant, from 0; people with -1 are not counted.
        number_of_sets: how many sets there are.

    """
    set_of_vote = sets[matrix.rows]
    cell = set_of_vote * matrix.m + matrix.columns
    shape = (number_of_sets, matrix.m)

    def count(chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        counts = np.bincount(cell[chosen & (set_of_vote >= 0)], minlength=number_of_sets * matrix.m)
        return counts.reshape(shape)

    return VoteCounts(
        agree=count(matrix.ratings == AGREE),
        disagree=count(matrix.ratings == DISAGREE),
        seen=count(np.ones(len(matrix.ratings), dtype=np.bool_)),
    )
