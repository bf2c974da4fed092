"""Which statements may be called common ground?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deliberation.results import Direction, StatementResult

# Even in the group that agrees least, and at the lower end of its interval, more than this.
A_MAJORITY = 0.5


def common_ground(statements: Iterable[StatementResult]) -> frozenset[tuple[int, Direction]]:
    """Ids of the statements that a majority of every group shares, each with what it says to them."""
    found: set[tuple[int, Direction]] = set()
    for statement in statements:
        if statement.enough_votes and statement.common_ground_agree > A_MAJORITY:
            found.add((statement.id, "agree"))
        if statement.enough_votes and statement.common_ground_disagree > A_MAJORITY:
            found.add((statement.id, "disagree"))
    return frozenset(found)
