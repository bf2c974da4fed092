"""Which few statements represent people in proportion?

Chosen by the method of equal shares (`equal_shares`), for every size up to a limit; the smallest size
that leaves hardly anyone out who could be represented is kept.

Most people have voted on few of the statements. Whoever did not vote on one agrees with some probability
(`approvals`) and pays that part of the price, so a statement that few have seen is neither favoured nor
held back. The guarantee of the method, that a group of one seat's size which agrees on something is
represented, holds for complete votes; with incomplete ones it holds only as far as the estimates do, and
without choosing whom to ask what, no method can promise it: D. Halpern, G. Kehne, A. D. Procaccia,
J. Tucker-Foltz and M. Wüthrich, "Representation with incomplete votes", AAAI 2023.

Where very many took part, a sample of people chooses for all, as a citizens' assembly does, and everybody
is asked how far it represents them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deliberation.approvals import AGREE, Approvals, estimate_approvals
from deliberation.ballot import Choice
from deliberation.equal_shares import equal_shares
from deliberation.results import Slate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from deliberation.vote_matrix import VoteMatrix

# Coverage is told for "at least one, two, three of them".
_AT_LEAST = 3
# So many people choose; a share of them is within 1.4 in a hundred of everybody's, 19 times in 20.
MOST_WHO_CHOOSE = 5_000
_DIGITS = 10


def choose_slate(
    votes: VoteMatrix,
    *,
    memberships: NDArray[np.float64] | None = None,
    order: NDArray[np.int64] | None = None,
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
        order: shape (n,), rows of `votes` in an order that says nothing about people, such as that of
            `Arrangement.people`: the first `MOST_WHO_CHOOSE` choose. By default, everybody does.
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
    people = None if order is None else order[:MOST_WHO_CHOOSE]
    approvals = estimate_approvals(votes, memberships, people=people)
    eligible = _eligible(votes, minimum_votes)
    slates = [
        equal_shares(approvals, eligible, size) for size in range(fewest_statements, most_statements + 1)
    ]
    reached = np.round([_expected_coverage(approvals, slate)[0] for slate in slates], _DIGITS)
    slate = slates[int(np.argmax(reached > reached.max() - worth_adding))]
    everybody = estimate_approvals(votes, memberships, people=order, statements=slate)
    return Slate(
        statement_ids=tuple(votes.statement_ids[slate].tolist()),
        counted_coverage=_coverage(everybody),
        coverage=_expected_coverage(everybody, range(len(slate))),
    )


def _eligible(votes: VoteMatrix, minimum_votes: int) -> NDArray[np.bool_]:
    """Shape (m,): enough votes to speak of, and somebody who agrees."""
    return np.asarray((votes.counts.sum(axis=1) >= minimum_votes) & (votes.counts[:, AGREE] > 0))


def _coverage(approvals: Approvals) -> tuple[float, ...]:
    n = approvals.number_of_people
    agreements = np.bincount(approvals.cast.indices[approvals.cast.data == Choice.AGREE], minlength=n)
    return tuple(float((agreements >= least).sum() / max(n, 1)) for least in range(1, _AT_LEAST + 1))


def _expected_coverage(approvals: Approvals, slate: Iterable[int]) -> tuple[float, ...]:
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
