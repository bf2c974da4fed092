"""Places on the map, by hand."""

from collections.abc import Callable

import numpy as np

from deliberation.polis import Comment, Conversation
from deliberation.polis.components import Components
from deliberation.polis.projection import extremity, project_participants, project_statements
from deliberation.polis.rating_matrix import rating_matrix

Converse = Callable[..., Conversation]

# Three statements; the first axis is the first statement, the second axis the second.
COMPONENTS = Components(centre=np.array([0.5, -0.5, 0.0]), axes=np.array([[1.0, 0, 0], [0, 1.0, 0]]))


def test_few_votes_are_stretched_outwards(converse: Converse) -> None:
    votes = [(1, 0, 1), (2, 0, 1), (2, 1, -1), (2, 2, 0)]
    positions = project_participants(rating_matrix(converse(votes)), COMPONENTS)
    np.testing.assert_allclose(positions, [[-1.5 * np.sqrt(3), 0], [-1.5, 1.5]], atol=1e-15)


def test_a_zeroed_statement_counts_as_a_vote_of_everybody(converse: Converse) -> None:
    votes = [(1, 0, 1), (2, 0, 1), (2, 1, -1), (2, 2, 1)]
    comments = [Comment(2, moderated=-1)]
    positions = project_participants(rating_matrix(converse(votes, comments=comments)), COMPONENTS)
    np.testing.assert_allclose(positions, [[-1.5 * np.sqrt(3 / 2), 0], [-1.5, 1.5]], atol=1e-15)


def test_a_statement_lies_where_somebody_would_who_only_agreed_with_it() -> None:
    projection = project_statements(COMPONENTS)
    np.testing.assert_allclose(projection, np.array([[-1.5, 0, 0], [0, -0.5, 0]]) * np.sqrt(3))
    np.testing.assert_allclose(extremity(projection), np.array([1.5, 0.5, 0]) * np.sqrt(3))


def test_with_a_short_centre_only_its_statements_count(converse: Converse) -> None:
    short = Components(centre=np.zeros(2), axes=np.array([[0.6, 0.0, 0.8], [0.0, 0.0, 0.0]]))
    matrix = rating_matrix(converse([(1, 0, -1), (1, 1, 0), (1, 2, -1)]))
    np.testing.assert_allclose(project_participants(matrix, short), [[0.6 * np.sqrt(3 / 2), 0]])
    np.testing.assert_allclose(project_statements(short), [[-0.6 * np.sqrt(3), 0, 0], [0, 0, 0]])


def test_with_one_axis_everybody_is_at_the_origin(converse: Converse) -> None:
    single = Components(centre=np.zeros(1), axes=np.ones((1, 1)))
    matrix = rating_matrix(converse([(1, 0, -1), (2, 0, 1)]))
    assert project_participants(matrix, single).tolist() == [[0, 0], [0, 0]]
    assert project_statements(single).tolist() == [[0], [0]]
