"""Where does a participant or a statement lie on the map? Its votes along the two axes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.polis.components import Components
    from deliberation.polis.rating_matrix import RatingMatrix

from deliberation.polis.rating_matrix import AGREE


def project_participants(matrix: RatingMatrix, components: Components) -> NDArray[np.float64]:
    """Positions, shape (n, 2), in the order of `matrix.participants`.

    The sum over a person's own votes of (rating - centre) times loading, times the square root of the
    number of statements over the number of own votes: few votes are stretched outwards. A zeroed
    statement counts as a vote of everybody.
    """
    reach = components.reach
    if not reach:
        return np.zeros((matrix.n, 2))
    used = (matrix.columns < reach) & ~matrix.zeroed[matrix.columns]
    rows, columns = matrix.rows[used], matrix.columns[used]
    offsets = matrix.ratings[used] - components.centre[columns]
    sums = [
        np.bincount(rows, weights=offsets * axis[columns], minlength=matrix.n) for axis in components.axes
    ]
    votes = np.bincount(rows, minlength=matrix.n) + np.count_nonzero(matrix.zeroed[:reach])
    stretch = np.sqrt(matrix.m / np.maximum(votes, 1))
    positions: NDArray[np.float64] = np.stack(sums, axis=1) * stretch[:, np.newaxis]
    return positions


def project_statements(components: Components) -> NDArray[np.float64]:
    """Shape (2, m): where somebody would lie who only agreed with that statement."""
    m, reach = components.axes.shape[1], components.reach
    projection = np.zeros((2, m))
    if reach:
        offsets = AGREE - components.centre[:reach]
        projection[:, :reach] = offsets * components.axes[:, :reach] * np.sqrt(m)
    return projection


def extremity(projection: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shape (m,): how far from the origin each statement lies, from its projection, shape (2, m).

    Polis' report calls this divisive; it is a loading, not a measure of how votes are split.
    """
    lengths: NDArray[np.float64] = np.hypot(projection[0], projection[1])
    return lengths
