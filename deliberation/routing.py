"""Which statement should this person see next?

The worker weighs the statements; a request draws one. The draw is a race: each statement's time is
exponential with its weight as the rate, from a number that the participant's seed and the statement's
id determine, and the first to arrive is shown. So the next statement is drawn in proportion to weight
among those not yet voted on, and a reload shows the same card.

P. S. Efraimidis and P. G. Spirakis, "Weighted random sampling with a reservoir", Information Processing
Letters 97 (2006).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deliberation.hashing import mix, uniforms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.results import Analysis

# A settled statement is still shown this often, next to a new one.
FLOOR = 0.2
# At this many votes a statement has half of the claim that having few votes gives.
_HALF_KNOWN = 30.0


@dataclass(frozen=True)
class NextStatement:
    """What was drawn: an index into the arrays given, and how likely it was to be drawn."""

    index: int
    exposure: float


def statement_weights(analysis: Analysis) -> NDArray[np.float64]:
    """How often each statement should be shown, from `FLOOR` to 1, in the order of `analysis.statements`.

    A statement earns weight by being little known (1 if nobody has voted on it), by dividing people and
    by leaving them unsure. Agreement earns nothing, so that no statement starves for being disliked.
    """
    votes = np.array([statement.overall.votes for statement in analysis.statements], dtype=np.float64)
    divided = np.array([statement.divisiveness for statement in analysis.statements])
    unsure = np.array([statement.uncertainty for statement in analysis.statements])
    unknown = _HALF_KNOWN / (_HALF_KNOWN + votes)
    interest = np.maximum(divided, unsure) * (1 - unknown)
    return np.asarray(FLOOR + (1 - FLOOR) * np.maximum(unknown, interest))


def next_statement(
    ids: NDArray[np.int64], weights: NDArray[np.float64], open_: NDArray[np.bool_], *, seed: int
) -> NextStatement | None:
    """Draw the next statement, or None if nothing is open. Takes microseconds; changes nothing.

    Args:
        ids: shape (m,), the statements' ids.
        weights: shape (m,), positive; multiply them for statements in the reader's language beforehand.
        open_: shape (m,), whether the participant may still be shown each one.
        seed: the participant's own number; only its lowest 64 bits count.

    """
    candidates = np.flatnonzero(open_)
    if not len(candidates):
        return None
    weight = weights[candidates]
    stream = mix(np.array([seed & 0xFFFF_FFFF_FFFF_FFFF], dtype=np.uint64))
    times = -np.log(uniforms(ids[candidates].astype(np.uint64) ^ stream)) / weight
    first = int(times.argmin())
    return NextStatement(int(candidates[first]), float(weight[first] / weight.sum()))
