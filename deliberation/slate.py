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
_MOST_PEOPLE = 500
_MOST_CANDIDATES = 100
_NO_SUPPORT = 1e-9
_ROUNDING = 1e-12
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
    asked = np.flatnonzero(table.counts.sum(axis=1) >= minimum_votes)
    candidates = asked[np.argsort(-_reach(approvals, groups)[asked], kind="stable")[:_MOST_CANDIDATES]]
    if not len(asked):
        return Slate((), (0.0,) * _COVERED_BY)
    chosen: list[int] = []
    coverage = np.zeros(_COVERED_BY)
    for length in range(min(_COVERED_BY, len(candidates)), min(LONGEST_SLATE, len(candidates)) + 1):
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


def _reach(approvals: NDArray[np.float64], groups: OpinionGroups) -> NDArray[np.float64]:
    """Shape (m,): the largest share of any group, or of everyone, that agrees: who is low here speaks for none."""
    overall = approvals.sum(axis=0) / max(len(approvals), 1)
    if groups.classes is None:
        return np.asarray(overall)
    return np.asarray(np.maximum(overall, groups.classes.shares[:, :, AGREE].max(axis=0)))


def _equal_shares(approvals: NDArray[np.float64], length: int) -> list[int]:
    """Indices of so many candidates, in the order in which they were paid for."""
    budgets = np.full(len(approvals), length / max(len(approvals), 1))
    chosen: list[int] = []
    while len(chosen) < length:
        prices = _prices(approvals, budgets)
        prices[chosen] = np.inf
        best = int(prices.argmin())
        if np.isfinite(prices[best]):
            budgets = np.maximum(budgets - prices[best] * approvals[:, best], 0)
        else:  # nobody's supporters can pay in full: the one that they can pay most of
            paid = budgets @ approvals
            paid[chosen] = -1.0
            best = int(paid.argmax())
            budgets = budgets * (1 - approvals[:, best])
        chosen.append(best)
    return chosen


def _prices(approvals: NDArray[np.float64], budgets: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shape (m,): the least price per unit of approval at which supporters can together pay one.

    Supporters who cannot pay that price give what they have. Infinite if all of it is less than one.
    """
    support = np.maximum(approvals, _NO_SUPPORT)
    order = np.argsort(budgets[:, None] / support, axis=0, kind="stable")
    support = np.take_along_axis(support, order, axis=0)
    means = budgets[order]
    exhausted = np.cumsum(means, axis=0) - means
    remaining = support[::-1].cumsum(axis=0)[::-1]
    prices = (1 - exhausted) / remaining
    payable = (prices * support <= means * (1 + _ROUNDING)) & (support > _NO_SUPPORT)
    first = payable.argmax(axis=0)[None]
    found = np.take_along_axis(np.where(payable, prices, np.inf), first, axis=0)[0]
    return np.asarray(found, dtype=np.float64)


def _coverage(approvals: NDArray[np.float64]) -> NDArray[np.float64]:
    """The expected shares of people who agree with at least one, two, three of these statements."""
    exactly = np.zeros((len(approvals), approvals.shape[1] + _COVERED_BY + 1))
    exactly[:, 0] = 1.0
    for approval in approvals.T:
        exactly[:, 1:] = exactly[:, 1:] * (1 - approval[:, None]) + exactly[:, :-1] * approval[:, None]
        exactly[:, 0] *= 1 - approval
    return np.asarray([1 - exactly[:, :least].sum(axis=1).mean() for least in range(1, _COVERED_BY + 1)])
