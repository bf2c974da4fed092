"""Which few statements represent people in proportion?

Chosen by the method of equal shares (`equal_shares`), for every size up to a limit; the smallest size
that leaves hardly anyone out who could be represented is kept.

Most people have voted on few of the statements. Whoever did not vote on one agrees with some probability
(`approvals`) and pays that part of the price, so a statement that few have seen is neither favoured nor
held back. The guarantee of the method, that a group of one seat's size which agrees on something is
represented, holds for complete votes; with incomplete ones it holds only as far as the estimates do, and
without choosing whom to ask what, no method can promise it: D. Halpern, G. Kehne, A. D. Procaccia,
J. Tucker-Foltz and M. Wüthrich, "Representation with incomplete votes", AAAI 2023.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deliberation.approvals import AGREE, Approvals, estimate_approvals
from deliberation.ballot import Choice
from deliberation.equal_shares import equal_shares
from deliberation.results import Slate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.vote_matrix import VoteMatrix

# Coverage is told for "at least one, two, three of them".
_AT_LEAST = 3
_DIGITS = 10


def choose_slate(
    votes: VoteMatrix,
    *,
    memberships: NDArray[np.float64] | None = None,
    fewest_statements: int = 1,
    most_statements: int = 7,
    worth_adding: float = 0.02,
    minimum_votes: int = 10,
) -> Slate:
    """The smallest slate that leaves hardly anyone out who could be represented.

    Args:
        votes: n people, m statements.
        memberships: shape (n, g), `Places.memberships`: votes that were not cast are then estimated from
            people's own opinion group instead of from everybody.
        fewest_statements: no slate is shorter, if so many statements are eligible.
        most_statements: no slate is longer.
        worth_adding: a longer slate is worth it if it raises the expected share of people who agree with
            at least one statement by this much.
        minimum_votes: a statement with fewer votes is not put on a slate.

    Raises:
        ValueError: not 1 <= fewest_statements <= most_statements.

    """
    if not 1 <= fewest_statements <= most_statements:
        raise ValueError(f"no slate has {fewest_statements} to {most_statements} statements")
    approvals = estimate_approvals(votes, memberships)
    eligible = _eligible(votes, minimum_votes)
    slates = [
        equal_shares(approvals, eligible, size) for size in range(fewest_statements, most_statements + 1)
    ]
    expected = [_expected_coverage(approvals, slate) for slate in slates]
    reached = np.round([coverage[0] for coverage in expected], _DIGITS)
    smallest = int(np.argmax(reached > reached.max() - worth_adding))
    return Slate(
        statement_ids=tuple(int(votes.statement_ids[index]) for index in slates[smallest]),
        counted_coverage=_coverage(votes, slates[smallest]),
        coverage=expected[smallest],
    )


def _eligible(votes: VoteMatrix, minimum_votes: int) -> NDArray[np.bool_]:
    """Shape (m,): enough votes to speak of, and somebody who agrees."""
    return np.asarray((votes.counts.sum(axis=1) >= minimum_votes) & (votes.counts[:, AGREE] > 0))


def _coverage(votes: VoteMatrix, slate: list[int]) -> tuple[float, ...]:
    n = len(votes.participant_ids)
    cast = votes.by_statement[:, slate]
    agreements = np.bincount(cast.indices[cast.data == Choice.AGREE], minlength=n)
    return tuple(float((agreements >= least).sum() / max(n, 1)) for least in range(1, _AT_LEAST + 1))


def _expected_coverage(approvals: Approvals, slate: list[int]) -> tuple[float, ...]:
    """Mean over people of the chance of so many agreements, one statement after the other."""
    n = approvals.number_of_people
    exactly = np.zeros((_AT_LEAST, n))  # the chance of exactly 0, 1, 2 agreements so far
    exactly[0] = 1.0
    for index in slate:
        chances = approvals.column(index)
        one_less = np.vstack([np.zeros(n), exactly[:-1]])
        exactly = exactly * (1 - chances) + one_less * chances
    fewer = np.cumsum(exactly, axis=0).sum(axis=1)
    return tuple(max(0.0, float(1 - missing / n)) if n else 0.0 for missing in fewer)
