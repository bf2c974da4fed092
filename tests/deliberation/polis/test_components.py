"""The map's centre and axes, also where there is hardly anything to map."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from deliberation.polis import Comment, Conversation
from deliberation.polis.components import Components, principal_components
from deliberation.polis.rating_matrix import RatingMatrix, rating_matrix

Converse = Callable[..., Conversation]


def filled_in(matrix: RatingMatrix) -> NDArray[np.float64]:
    """The dense matrix with each missing rating replaced by the mean of its statement."""
    dense = np.full((matrix.n, matrix.m), np.nan)
    dense[matrix.rows, matrix.columns] = matrix.ratings
    dense[:, matrix.zeroed] = 0.0
    return np.where(np.isnan(dense), np.nanmean(dense, axis=0), dense)


@pytest.mark.parametrize(("people", "statements"), [(40, 9), (9, 40)])
def test_axes_are_the_leading_directions_of_the_filled_in_matrix(
    converse: Converse, people: int, statements: int
) -> None:
    random = np.random.default_rng(people)
    votes = [
        (person, statement, int(random.integers(-1, 2)))
        for person in range(people)
        for statement in range(statements)
        if random.random() < 0.7
    ]
    comments = [Comment(0, moderated=-1), Comment(1, is_meta=True)]
    matrix = rating_matrix(converse(votes, comments=comments))
    components = principal_components(matrix)

    dense = filled_in(matrix)
    centre = dense.mean(axis=0)
    expected = np.linalg.svd(dense - centre)[2][:2]
    np.testing.assert_allclose(components.centre, centre, atol=1e-14)
    np.testing.assert_allclose(np.abs((components.axes * expected).sum(axis=1)), 1.0, atol=1e-12)
    assert (components.axes.sum(axis=1) > 0).all()
    assert (components.axes[:, :2] == 0).all()
    assert (components.centre[:2] == 0).all()


def test_axes_that_sum_to_zero_start_with_a_positive_number(converse: Converse) -> None:
    components = principal_components(rating_matrix(converse([(1, 1, 1), (1, 2, -1), (2, 1, -1), (2, 2, 1)])))
    np.testing.assert_allclose(components.axes[0], np.array([1, -1]) / np.sqrt(2), atol=1e-15)


def test_no_second_direction_is_no_second_axis(converse: Converse) -> None:
    components = principal_components(
        rating_matrix(converse([(p, s, 1 - 2 * (p % 2)) for p in range(6) for s in range(3)]))
    )
    np.testing.assert_allclose(components.axes[0], np.ones(3) / np.sqrt(3), atol=1e-15)
    assert components.axes[1].tolist() == [0, 0, 0]


def test_unanimity_has_no_axes(converse: Converse) -> None:
    components = principal_components(
        rating_matrix(converse([(p, s, 1) for p in range(4) for s in range(3)]))
    )
    assert components.centre.tolist() == [-1, -1, -1]
    assert components.axes.tolist() == [[0, 0, 0], [0, 0, 0]]


def test_one_participant_is_the_first_axis(converse: Converse) -> None:
    votes = [(7, 0, 1), (7, 1, -1), (7, 2, 0), (7, 3, 1)]
    components = principal_components(rating_matrix(converse(votes, comments=[Comment(3, moderated=-1)])))
    assert components.centre.tolist() == [0, 0]
    np.testing.assert_allclose(components.axes[0], np.array([-1, 1, 0, 0]) / np.sqrt(2))
    assert components.axes[1].tolist() == [0, 0, 0, 0]
    assert components.reach == 2


def test_one_participant_who_passes_has_no_axis(converse: Converse) -> None:
    components = principal_components(rating_matrix(converse([(7, 0, 0)])))
    assert components.axes.tolist() == [[0], [0]]


def test_one_statement_places_nobody(converse: Converse) -> None:
    components = principal_components(rating_matrix(converse([(1, 5, 1), (2, 5, -1)])))
    assert components.centre.tolist() == [0]
    assert components.axes.tolist() == [[1]]
    assert components.reach == 0


def test_flipping_turns_each_axis_by_its_sign() -> None:
    components = Components(centre=np.zeros(2), axes=np.eye(2))
    assert components.flipped([-1, 1]).axes.tolist() == [[-1, 0], [0, 1]]
    assert components.axes.tolist() == [[1, 0], [0, 1]]
