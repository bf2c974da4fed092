"""How many groups, and the silhouette that decides."""

import numpy as np
import pytest
from sklearn.metrics import silhouette_score

from deliberation.polis.base_clusters import BaseClusters
from deliberation.polis.groups import find_groups, largest_k, mean_silhouette
from deliberation.polis.k_means import distances


def base_at(points: np.ndarray, sizes: list[int] | None = None) -> BaseClusters:
    counts = [1] * len(points) if sizes is None else sizes
    people = iter(range(sum(counts)))
    return BaseClusters(
        ids=np.arange(len(points)) + 10,
        members=tuple(tuple(next(people) for _ in range(count)) for count in counts),
        centres=points,
    )


@pytest.mark.parametrize(
    ("base_clusters", "k"), [(0, 2), (11, 2), (12, 3), (23, 3), (24, 4), (35, 4), (36, 5), (100, 5)]
)
def test_more_groups_need_more_base_clusters(base_clusters: int, k: int) -> None:
    assert largest_k(base_clusters) == k


def test_the_silhouette_is_the_usual_one() -> None:
    random = np.random.default_rng(3)
    points = random.normal(size=(40, 2))
    labels = np.append(random.integers(0, 3, size=39), 3)
    labels[:3] = [0, 1, 2]
    assert mean_silhouette(distances(points, points), labels) == pytest.approx(
        silhouette_score(points, labels), abs=1e-14
    )


def test_one_cluster_and_points_at_one_place_have_silhouette_zero() -> None:
    together = np.zeros((4, 4))
    assert mean_silhouette(together, np.array([0, 0, 0, 0])) == 0
    assert mean_silhouette(together, np.array([0, 0, 1, 1])) == 0
    assert mean_silhouette(np.zeros((0, 0)), np.zeros(0, dtype=np.int64)) == 0


def test_three_heaps_are_three_groups() -> None:
    random = np.random.default_rng(1)
    heaps = np.array([[0.0, 0.0], [9.0, 0.0], [0.0, 9.0]])
    points = heaps[np.arange(45) % 3] + random.normal(scale=0.3, size=(45, 2))
    groups = find_groups(base_at(points))
    assert len(groups.clustering.ids) == 3
    assert sorted(groups.silhouettes) == [2, 3, 4, 5]
    assert groups.clustering.labels.tolist() == (np.arange(45) % 3).tolist()
    assert groups.of_base_cluster(np.array([1, -1, 0])).tolist() == [1, -1, 0]


def test_too_few_base_clusters_for_three_groups_are_two() -> None:
    points = np.array([[0.0, 0.0], [9.0, 0.0], [0.0, 9.0]] * 3) + np.arange(9)[:, np.newaxis] / 100
    assert list(find_groups(base_at(points)).silhouettes) == [2]


def test_of_equal_silhouettes_the_larger_number_of_groups_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deliberation.polis.groups.mean_silhouette", lambda _apart, _labels: 0.25)
    points = np.random.default_rng(2).normal(size=(24, 2))
    assert len(find_groups(base_at(points)).clustering.ids) == 4


def test_base_clusters_weigh_as_much_as_they_have_members() -> None:
    points = np.array([[0.0, 0.0], [10.0, 0.0], [1.0, 0.0]])
    groups = find_groups(base_at(points, [1, 1, 3]))
    assert groups.clustering.centres.tolist() == [[0.75, 0.0], [10.0, 0.0]]


def test_nobody_is_in_no_group() -> None:
    assert len(find_groups(base_at(np.zeros((0, 2)))).clustering.ids) == 0
    assert len(find_groups(base_at(np.zeros((1, 2)))).clustering.ids) == 1
