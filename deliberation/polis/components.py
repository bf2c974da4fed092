"""Along which axes do people differ most? The first two principal components."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import eigh
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from deliberation.polis.rating_matrix import RatingMatrix

NUMBER_OF_COMPONENTS = 2

# A variance this much smaller than the largest is rounding, not a direction.
NO_VARIANCE = 1e-12


@dataclass(frozen=True, eq=False)
class Components:
    """Where the map has its origin, and its axes.

    Attributes:
        centre: shape (m,), mean rating of each statement; shape (2,) if there is one participant.
        axes: shape (c, m), rows of length 1, or 0 where the votes have no further direction;
            c is 2, or 1 if there is one statement and several participants.

    """

    centre: NDArray[np.float64]
    axes: NDArray[np.float64]

    @property
    def reach(self) -> int:
        """The number of leading statements that have a centre and two loadings.

        Polis pairs up centre and axes element by element and stops at the end of the shortest. So with
        one participant only two statements place people, and with one statement none.
        """
        if len(self.axes) < NUMBER_OF_COMPONENTS:
            return 0
        return min(len(self.centre), int(self.axes.shape[1]))

    def flipped(self, signs: ArrayLike) -> Components:
        """The same axes, each multiplied by its sign, shape (c,)."""
        return replace(self, axes=self.axes * np.asarray(signs, dtype=np.float64)[:, np.newaxis])


def principal_components(matrix: RatingMatrix) -> Components:
    """Centre and axes of the matrix in which a missing rating is the mean rating of its statement.

    Polis gets the axes by power iteration from a random start, continued whenever votes arrive; these
    are what it converges to, for conversations of any size. (Above 10,000 participants Polis takes
    unseeded samples instead, which nobody can repeat.)

    Signs: the loadings of each axis sum to a positive number, the likeliest outcome of Polis' start
    in positive numbers; if they sum to zero, the first of the largest loadings is positive.
    """
    if matrix.n == 0:
        return Components(centre=np.zeros(0), axes=np.zeros((NUMBER_OF_COMPONENTS, 0)))
    if matrix.n == 1:
        return _of_one_participant(matrix)
    if matrix.m == 1:
        return Components(centre=np.zeros(1), axes=np.ones((1, 1)))
    counts = np.bincount(matrix.columns, minlength=matrix.m)
    centre = np.bincount(matrix.columns, weights=matrix.ratings, minlength=matrix.m) / np.maximum(counts, 1)
    centre[matrix.zeroed] = 0.0

    # A filled-in rating equals the centre: once centred it is zero, and the matrix is sparse.
    kept = ~matrix.zeroed[matrix.columns]
    rows, columns = matrix.rows[kept], matrix.columns[kept]
    centred = csr_array((matrix.ratings[kept] - centre[columns], (rows, columns)), shape=(matrix.n, matrix.m))
    return Components(centre=centre, axes=_signed(_leading_axes(centred)))


def _of_one_participant(matrix: RatingMatrix) -> Components:
    row = np.zeros(matrix.m)
    row[matrix.columns] = matrix.ratings
    row[matrix.zeroed] = 0.0
    length = np.linalg.norm(row)
    axes = np.zeros((NUMBER_OF_COMPONENTS, matrix.m))
    axes[0] = row / length if length else row
    return Components(centre=np.zeros(NUMBER_OF_COMPONENTS), axes=axes)


def _leading_axes(centred: csr_array) -> NDArray[np.float64]:
    """Shape (2, m): right singular vectors by way of the smaller of the two products with itself."""
    n, m = centred.shape
    axes = np.zeros((NUMBER_OF_COMPONENTS, m))
    product = (centred.T @ centred if m <= n else centred @ centred.T).toarray()
    last = len(product) - 1
    first = max(last - NUMBER_OF_COMPONENTS + 1, 0)
    variances, vectors = eigh(product, subset_by_index=(first, last))
    found = np.flatnonzero(variances > NO_VARIANCE * max(variances[-1], NO_VARIANCE))[::-1]
    directions = vectors.T[found] if m <= n else (centred.T @ vectors[:, found]).T
    axes[: len(found)] = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    return axes


def _signed(axes: NDArray[np.float64]) -> NDArray[np.float64]:
    sums = axes.sum(axis=1)
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, np.newaxis], axis=1)[:, 0]
    decisive = np.where(np.abs(sums) > NO_VARIANCE, sums, largest)
    return axes * np.where(decisive < 0, -1.0, 1.0)[:, np.newaxis]
