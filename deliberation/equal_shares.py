"""Spend everybody's equal money on statements that many support: the method of equal shares.

Everybody has the same money, a statement costs what one seat's worth of people have, and only those who
agree with it pay, in equal parts. A majority spends its money like anyone else; what it has spent cannot
crowd out others. Where the money no longer buys a full slate, people earn more at the same pace until it
does (sequential Phragmén), as the paper proposes. Where agreement is only probable, people pay that part.

D. Peters and P. Skowron, "Proportionality and the limits of welfarism", EC 2020.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.approvals import Approvals

# Prices that agree to so many digits are ties; the lower statement id wins.
_DIGITS = 10
_TINY = 1e-12
_ENOUGH = 1 - _TINY


def equal_shares(approvals: Approvals, eligible: NDArray[np.bool_], size: int) -> list[int]:
    """Indices of `size` of the `eligible` statements, shape (m,), in the order of purchase.

    Fewer only where fewer are eligible.
    """
    price = approvals.number_of_people / size
    budgets = np.ones(approvals.number_of_people)
    open_to_choice = eligible & (approvals.supporters > 0)
    affordable = open_to_choice & (approvals.supporters >= price * _ENOUGH)
    least = np.divide(price, approvals.supporters, out=np.full(len(eligible), np.inf), where=affordable)
    chosen: list[int] = []
    while len(chosen) < size:
        index = _cheapest(approvals, budgets, price, least)
        if index is None:
            break
        chances = approvals.column(index)
        budgets = budgets - chances * np.minimum(budgets, least[index])
        least[index] = np.inf
        chosen.append(index)
    open_to_choice[chosen] = False
    return chosen + _bought_later(
        approvals, np.flatnonzero(open_to_choice), budgets, size - len(chosen), price
    )


def _cheapest(
    approvals: Approvals, budgets: NDArray[np.float64], price: float, least: NDArray[np.float64]
) -> int | None:
    """The statement for which each supporter pays least, or None if nothing can be paid any more.

    `least`, shape (m,), holds what was last known of each supporter's share, infinite for what cannot be
    bought, and is brought up to date. As people spend, shares only rise, so most need no second look.
    """
    within_reach = np.flatnonzero(least < np.inf)
    queue = list(zip(least[within_reach].round(_DIGITS).tolist(), within_reach.tolist(), strict=True))
    heapq.heapify(queue)
    up_to_date: set[int] = set()
    while queue:
        index = queue[0][1]
        if index in up_to_date:
            return index
        least[index] = _share(budgets, approvals.column(index), price, at_least=least[index])
        if least[index] == np.inf:
            # Where one is out of reach, many may be: this is the time to look at all.
            least[approvals.sums(budgets) < price * _ENOUGH] = np.inf
            return _cheapest(approvals, budgets, price, least)
        heapq.heapreplace(queue, (float(least[index].round(_DIGITS)), index))
        up_to_date.add(index)
    return None


def _share(
    budgets: NDArray[np.float64], chances: NDArray[np.float64], price: float, *, at_least: float
) -> float:
    """What each supporter pays so that together they pay the price; infinite if they have less than that.

    Newton's method on a concave function that rises in straight pieces: exact after a few steps.
    """
    if _dot(chances, budgets) < price * _ENOUGH:
        return np.inf
    share = float(at_least)
    while True:
        able = budgets > share
        supporters = _dot(chances, able.astype(np.float64))
        if supporters <= 0:
            return share
        higher = (price - _dot(chances, np.where(able, 0.0, budgets))) / supporters
        if higher <= share * (1 + _TINY):
            return share
        share = higher


def _dot(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """A sum of products by one thread: waking a second takes longer, and where they part moves the last bit."""
    return float(np.einsum("i,i->", one, other))


def _bought_later(
    approvals: Approvals,
    candidates: NDArray[np.int64],
    budgets: NDArray[np.float64],
    seats: int,
    price: float,
) -> list[int]:
    """Fill the remaining seats: all earn at the same pace, and what can first be paid is bought."""
    left: list[int] = candidates.tolist()
    bought: list[int] = []
    while left and len(bought) < seats:
        waits = (price - approvals.sums(budgets)[left]) / approvals.supporters[left]
        position = int(np.argmin(np.round(waits, _DIGITS)))
        index = left.pop(position)
        budgets = (budgets + max(float(waits[position]), 0.0)) * (1 - approvals.column(index))
        bought.append(index)
    return bought
