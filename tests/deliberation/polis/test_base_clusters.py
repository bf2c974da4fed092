"""Base clusters: made from votes, or read from what Polis published."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from deliberation.polis import Conversation, ExportError, read_base_clusters
from deliberation.polis.base_clusters import cluster_participants, place_base_clusters
from deliberation.polis.rating_matrix import rating_matrix

Converse = Callable[..., Conversation]

PUBLISHED = {"id": [4, 2], "members": [[1], [8, 7]], "x": [1.0, 2.0], "y": [0.5, 0.25], "count": [1, 2]}


def test_people_at_different_places_are_clusters_of_their_own(converse: Converse) -> None:
    matrix = rating_matrix(converse([(9, 0, 1), (3, 0, 1), (5, 0, 1), (6, 0, 1)]))
    positions = np.array([[1.0, 1.0], [2.0, 0.0], [1.0, 1.0], [7.0, 7.0]])
    base = cluster_participants(matrix, positions, [3, 5, 9])
    assert base.ids.tolist() == [0, 1]
    assert base.members == ((9, 5), (3,))
    assert base.centres.tolist() == [[1, 1], [2, 0]]
    assert base.sizes.tolist() == [2, 1]
    assert base.of_rows(matrix).tolist() == [0, 1, 0, -1]


def test_there_are_at_most_a_hundred(converse: Converse) -> None:
    matrix = rating_matrix(converse([(person, 0, 1) for person in range(150)]))
    positions = np.random.default_rng(1).normal(size=(150, 2))
    base = cluster_participants(matrix, positions, range(150))
    assert 90 < len(base.ids) <= 100
    assert sorted(p for members in base.members for p in members) == list(range(150))


@pytest.mark.parametrize("content", [PUBLISHED, {"n": 3, "base-clusters": PUBLISHED}])
def test_published_ones_are_read_from_either_file(tmp_path: Path, content: object) -> None:
    path = tmp_path / "base.json"
    path.write_text(json.dumps(content))
    base = read_base_clusters(path)
    assert base.ids.tolist() == [2, 4]
    assert base.members == ((8, 7), (1,))
    assert base.centres.tolist() == [[2.0, 0.25], [1.0, 0.5]]


@pytest.mark.parametrize(
    "content",
    [
        "not JSON",
        "[]",
        "{}",
        '{"base-clusters": null}',
        json.dumps(PUBLISHED | {"x": [1.0]}),
        json.dumps(PUBLISHED | {"id": [1]}),
        json.dumps(PUBLISHED | {"id": [1, 1]}),
        json.dumps(PUBLISHED | {"members": [[1], [1, 7]]}),
        json.dumps(PUBLISHED | {"members": [[], [1, 7]]}),
        json.dumps(PUBLISHED | {"members": [["a"], [1, 7]]}),
        json.dumps(PUBLISHED | {"members": 3}),
        json.dumps(PUBLISHED | {"x": ["here", 1.0]}),
    ],
)
def test_a_file_that_holds_something_else_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "base.json"
    path.write_text(content)
    with pytest.raises(ExportError) as caught:
        read_base_clusters(path)
    assert caught.value.file == "base.json"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"base\.json"):
        read_base_clusters(tmp_path / "base.json")


def test_published_members_are_placed_by_our_map(tmp_path: Path, converse: Converse) -> None:
    path = tmp_path / "base.json"
    path.write_text(json.dumps(PUBLISHED))
    matrix = rating_matrix(converse([(1, 0, 1), (7, 0, 1), (8, 0, 1)]))
    base = place_base_clusters(
        read_base_clusters(path), matrix, np.array([[3.0, 3.0], [0.0, 1.0], [4.0, 2.0]])
    )
    assert base.centres.tolist() == [[2.0, 1.5], [3.0, 3.0]]


def test_a_member_who_never_voted_is_refused(tmp_path: Path, converse: Converse) -> None:
    path = tmp_path / "base.json"
    path.write_text(json.dumps(PUBLISHED))
    matrix = rating_matrix(converse([(1, 0, 1), (7, 0, 1)]))
    with pytest.raises(ValueError, match=r"\[8\]"):
        place_base_clusters(read_base_clusters(path), matrix, np.zeros((2, 2)))
