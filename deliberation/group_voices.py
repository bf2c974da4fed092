"""What sets each group apart?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deliberation.common_ground import AGREE, DISAGREE
from deliberation.intervals import newcombe, shares
from deliberation.results import Direction, Voice

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONGEST_LIST = 10


def voices_of_groups(
    statement_ids: NDArray[np.int64], by_group: NDArray[np.float64], *, minimum_votes: int
) -> list[tuple[Voice, ...]]:
    """For each group, the statements on which it differs most surely from everyone else.

    Args:
        statement_ids: shape (m,).
        by_group: shape (g, m, 3), counts of disagree, pass, agree within each group.
        minimum_votes: a statement with fewer, in the group or elsewhere, sets nobody apart.

    """
    everyone = by_group.sum(axis=0)
    return [
        _voices(statement_ids, counts, everyone - counts, minimum_votes=minimum_votes) for counts in by_group
    ]


def _voices(
    statement_ids: NDArray[np.int64],
    inside: NDArray[np.float64],
    outside: NDArray[np.float64],
    *,
    minimum_votes: int,
) -> tuple[Voice, ...]:
    votes, others = inside.sum(axis=1), outside.sum(axis=1)
    enough = (votes >= minimum_votes) & (others >= minimum_votes)
    found: list[Voice] = []
    directions: tuple[tuple[Direction, int], ...] = (("agree", AGREE), ("disagree", DISAGREE))
    for direction, choice in directions:
        low, high = newcombe(inside[:, choice], votes, outside[:, choice], others)
        here, there = shares(inside[:, choice], votes), shares(outside[:, choice], others)
        found += [
            Voice(
                statement_id=int(statement_ids[index]),
                direction=direction,
                share_in_group=float(here[index]),
                share_elsewhere=float(there[index]),
                effect=float(here[index] - there[index]),
                low=float(low[index]),
                high=float(high[index]),
            )
            for index in np.flatnonzero(enough & (low > 0) & (here > 1 / 2))
        ]
    found.sort(key=lambda voice: (-voice.low, voice.statement_id))
    return tuple(found[:LONGEST_LIST])
