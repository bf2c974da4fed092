"""Which few statements speak for everyone in proportion?

The method of equal shares: everybody gets an equal part of the slate's cost, and a statement is chosen
when people who agree with it can together pay for it, the one that asks least of each first. A part of
the people that is large enough and agrees on enough therefore gets its share of the slate. A statement
that someone has not voted on counts as agreed with as likely as their memberships say.

D. Peters, G. Pierczynski and P. Skowron, "Proportional participatory budgeting with additive utilities",
NeurIPS 2021; D. Halpern and others, "Representation with incomplete votes", AAAI 2023.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deliberation.common_ground import AGREE
from deliberation.latent_classes import overall_shares
from deliberation.results import Slate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.opinion_groups import OpinionGroups
    from deliberation.vote_table import VoteTable

LONGEST_SLATE = 7
# A slate is long enough when this share of people agrees with at least three of its statements.
ENOUGH_COVERED = 0.8
# A sample of people is represented as everybody is; this bounds the one table of people by statements.
_MOST_PEOPLE = 1000
_COVERED_BY = 3


def choose_slate(
    table: VoteTable, groups: OpinionGroups, statement_ids: NDArray[np.int64], *, minimum_votes: int
) -> Slate:
    """The shortest slate that of which most people agree with three, or the longest allowed.

    `statement_ids`, shape (m,), are of the table's statements; those with fewer than `minimum_votes` are
    not considered.
    """
    people = min(_MOST_PEOPLE, table.number_of_people)
    approvals = _approvals(table.first(people), groups)
    candidates = np.flatnonzero(table.counts.sum(axis=1) >= minimum_votes)
    chosen: list[int] = []
    coverage = np.zeros(_COVERED_BY)
    for length in range(1, min(LONGEST_SLATE, len(candidates)) + 1):
        chosen = _equal_shares(approvals[:, candidates], length)
        coverage = _coverage(approvals[:, candidates[chosen]])
        if coverage[-1] >= ENOUGH_COVERED:
            break
    return Slate(
        statement_ids=tuple(int(statement_ids[candidates[index]]) for index in chosen),
        coverage=tuple(coverage.tolist()),
    )


def _approvals(table: VoteTable, groups: OpinionGroups) -> NDArray[np.float64]:
    """Shape (n, m): whether each person agrees with each statement, or how likely they would."""
    if groups.classes is None:
        likely = np.tile(overall_shares(table)[:, AGREE], (table.number_of_people, 1))
    else:
        likely = groups.memberships[: table.number_of_people] @ groups.classes.shares[:, :, AGREE]
    likely[table.rows, table.columns] = table.choices == 1
    return likely


def _equal_shares(approvals: NDArray[np.float64], length: int) -> list[int]:
    """Indices of so many candidates, in the order in which they were paid for."""
    n, m = approvals.shape
    budgets = np.full(n, length / n)
    chosen: list[int] = []
    while len(chosen) < length:
        prices = np.array([np.inf if j in chosen else _price(approvals[:, j], budgets) for j in range(m)])
        best = int(prices.argmin())
        if np.isfinite(prices[best]):
            budgets = np.maximum(budgets - np.minimum(budgets, prices[best] * approvals[:, best]), 0)
        else:  # nobody's supporters can pay in full: the one that they can pay most of
            paid = budgets @ approvals
            paid[chosen] = -1.0
            best = int(paid.argmax())
            budgets = budgets * (1 - approvals[:, best])
        chosen.append(best)
    return chosen


def _price(approval: NDArray[np.float64], budgets: NDArray[np.float64]) -> float:
    """The least price per unit of approval at which supporters can pay one; infinite if they cannot."""
    supporters = approval > 0
    support, means = approval[supporters], budgets[supporters]
    if means.sum() < 1:
        return float(np.inf)
    order = np.argsort(means / support, kind="stable")
    support, means = support[order], means[order]
    exhausted = np.cumsum(means) - means
    remaining = support[::-1].cumsum()[::-1]
    prices = (1 - exhausted) / remaining
    affordable = prices * support <= means * (1 + 1e-12)
    return float(prices[affordable.argmax()]) if affordable.any() else float(np.inf)


def _coverage(approvals: NDArray[np.float64]) -> NDArray[np.float64]:
    """The expected shares of people who agree with at least one, two, three of these statements."""
    exactly = np.zeros((len(approvals), approvals.shape[1] + _COVERED_BY + 1))
    exactly[:, 0] = 1.0
    for approval in approvals.T:
        exactly[:, 1:] = exactly[:, 1:] * (1 - approval[:, None]) + exactly[:, :-1] * approval[:, None]
        exactly[:, 0] *= 1 - approval
    return np.asarray([1 - exactly[:, :least].sum(axis=1).mean() for least in range(1, _COVERED_BY + 1)])
