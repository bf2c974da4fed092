"""How a room answered one statement, as far as the room itself may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from deliberation.ballot import Choice
from deliberation.small_cells import SMALLEST_CELL, withheld

if TYPE_CHECKING:
    from collections.abc import Mapping


ORDER = (Choice.AGREE, Choice.DISAGREE, Choice.PASS)


def split_of(counts: Mapping[Choice, int]) -> dict[str, Any]:
    """How many answered, and how many agree, disagree and pass; None for a count that would tell how few people voted.

    Everybody in a room sees who else is there. So, other than elsewhere, that nobody answered one way is
    withheld like a count under five: it would say that everybody else answered otherwise.
    """
    answered = np.array([counts.get(choice, 0) for choice in ORDER])
    if answered.sum() < SMALLEST_CELL:
        return {"answered": int(answered.sum()), "counts": [None] * len(answered)}
    hidden = withheld(np.maximum(answered, 1))
    shown = [None if hide else int(count) for count, hide in zip(answered, hidden, strict=True)]
    return {"answered": int(answered.sum()), "counts": shown}
