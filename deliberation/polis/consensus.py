"""What do people agree on? A majority over everybody, and a product over the groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deliberation.polis.proportions import SIGNIFICANT, Shares, shares

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from deliberation.polis.vote_counts import VoteCounts

MOST_STATEMENTS = 5


@dataclass(frozen=True)
class MajorityStatement:
    """A statement that most people agree, or disagree, with; `test` is a z-value against a half."""

    statement: int
    successes: int
    trials: int
    share: float
    test: float


@dataclass(frozen=True)
class Consensus:
    """The clearest majorities of all participants, groups ignored; at most five on each side."""

    agree: tuple[MajorityStatement, ...]
    disagree: tuple[MajorityStatement, ...]


def majorities(everyone: VoteCounts, statements: NDArray[np.int64], left_out: Iterable[int]) -> Consensus:
    """The majority lists: shares significantly above a half, by share times test.

    (Polis also asks for a smoothed share above a half, which follows from the test.)

    Args:
        everyone: votes of all participants as one set, shape (1, m).
        statements: shape (m,), their ids in column order, which settles ties.
        left_out: ids that are not to be listed, rejected and meta statements.

    """
    allowed = ~np.isin(statements, list(left_out))
    return Consensus(
        agree=_clearest(shares(everyone.agree[0], everyone.seen[0]), statements, allowed),
        disagree=_clearest(shares(everyone.disagree[0], everyone.seen[0]), statements, allowed),
    )


def group_aware_consensus(groups: VoteCounts) -> NDArray[np.float64]:
    """Shape (m,): the product over groups of the share that agrees, from votes of shape (g, m).

    It shrinks with the number of groups, and a pass costs as much as a disagreement.
    """
    product: NDArray[np.float64] = ((groups.agree + 1.0) / (groups.seen + 2.0)).prod(axis=0)
    return product


def _clearest(
    side: Shares, statements: NDArray[np.int64], allowed: NDArray[np.bool_]
) -> tuple[MajorityStatement, ...]:
    passing = np.flatnonzero(allowed & (side.test > SIGNIFICANT))
    order = np.argsort(-(side.share * side.test)[passing], kind="stable")
    return tuple(
        MajorityStatement(
            statement=int(statements[j]),
            successes=int(side.successes[j]),
            trials=int(side.trials[j]),
            share=float(side.share[j]),
            test=float(side.test[j]),
        )
        for j in passing[order][:MOST_STATEMENTS]
    )
