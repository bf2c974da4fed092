"""Which statement should people see next? Polis draws with probabilities in proportion to these."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.polis.vote_counts import VoteCounts

META_PRIORITY = 7**2


def priorities(
    groups: VoteCounts, extremity: NDArray[np.float64], is_meta: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Shape (m,), from votes of shape (g, m), extremity and meta flags of shape (m,).

    Agreeable, extreme, seldom passed and new statements come first. Polis takes the group votes of its
    last update but one; these are of all votes, which is the same once it has seen them twice.
    """
    everyone = groups.total()
    agree, passed, seen = everyone.agree[0], everyone.passed[0], everyone.seen[0]
    importance = (1 - (passed + 1) / (seen + 2)) * (extremity + 1) * ((agree + 1) / (seen + 2))
    newness = 1 + 8 * 2.0 ** (-seen / 5)
    squared: NDArray[np.float64] = np.where(is_meta, META_PRIORITY, (importance * newness) ** 2)
    return squared
