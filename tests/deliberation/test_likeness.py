"""How alike are two ways of putting people into groups?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from deliberation.likeness import adjusted_rand

PEOPLE = st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 3)), min_size=1, max_size=30)


@given(PEOPLE)
def test_it_is_what_others_compute(people: list[tuple[int, int]]) -> None:
    one, other = np.array(people).T
    assert adjusted_rand(one, other) == pytest.approx(adjusted_rand_score(one, other), abs=1e-12)


def test_other_names_for_the_same_groups_change_nothing() -> None:
    assert adjusted_rand(np.array([0, 0, 1, 1, 2]), np.array([5, 5, 0, 0, 1])) == 1.0
