"""Which counts must be withheld, so that no few people can be told from a table?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

SMALLEST_CELL = 5


def withheld(counts: ArrayLike, *, smallest: int = SMALLEST_CELL) -> NDArray[np.bool_]:
    """True for each count that must not be shown, in the shape of `counts`.

    A count from 1 to `smallest` - 1 is withheld. The totals of every line, along every axis, are taken to
    be known, so what is withheld in a line could be worked out if it were alone, or told as few people if
    it were small together. Then the next smallest counts of that line go too, empty ones last
    (complementary suppression), until every line holds. A line of a single cell, or whose total is itself
    small, has nothing to hide behind: its total must be withheld as well, by the caller. The result
    withholds enough, not the least that would do.

    A count of nobody is shown: it says nothing about anyone.

    L. Willenborg and T. de Waal, "Elements of statistical disclosure control", 2001, chapter 4.
    """
    cells = np.asarray(counts)
    hidden = (cells > 0) & (cells < smallest)
    while True:
        before = hidden.copy()
        for axis in range(cells.ndim):
            lines, marks = np.moveaxis(cells, axis, -1), np.moveaxis(hidden, axis, -1)
            for line in np.ndindex(lines.shape[:-1]):
                _protect(lines[line], marks[line], smallest)
        if (hidden == before).all():
            return np.asarray(hidden)


def _protect(counts: NDArray[np.int64], hidden: NDArray[np.bool_], smallest: int) -> None:
    """Mark more cells of one line, in place, shape (c,), until those marked protect each other."""
    while hidden.any() and (hidden.sum() == 1 or counts[hidden].sum() < smallest) and not hidden.all():
        shown = np.flatnonzero(~hidden)
        empty_last = np.lexsort((counts[shown], counts[shown] == 0))
        hidden[shown[empty_last[0]]] = True
