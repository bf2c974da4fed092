"""K-means with Polis' start, ties and end."""

import numpy as np

from deliberation.polis.k_means import k_means


def on_a_line(*places: float) -> np.ndarray:
    return np.array([[place, 0.0] for place in places])


def test_it_starts_from_the_first_distinct_points() -> None:
    # From 0 and 1, not from 0 and 0 or the two far ends: 10 first joins 1, then 1 returns to 0.
    clustering = k_means(on_a_line(0, 0, 1, 10), 2, rounds=0)
    assert clustering.labels.tolist() == [0, 0, 1, 1]
    clustering = k_means(on_a_line(0, 0, 1, 10), 2, rounds=20)
    assert clustering.labels.tolist() == [0, 0, 0, 1]
    np.testing.assert_allclose(clustering.centres[:, 0], [1 / 3, 10])


def test_fewer_distinct_points_give_fewer_clusters() -> None:
    clustering = k_means(on_a_line(3, 3, 5), 100, rounds=100)
    assert clustering.ids.tolist() == [0, 1]
    assert clustering.labels.tolist() == [0, 0, 1]


def test_no_points_give_no_clusters() -> None:
    clustering = k_means(np.zeros((0, 2)), 2, rounds=20)
    assert clustering.centres.shape == (0, 2)


def test_of_two_equally_near_centres_the_last_is_taken() -> None:
    assert k_means(on_a_line(0, 2, 1), 2, rounds=0).labels.tolist() == [0, 1, 1]


def test_weights_pull_the_centre_but_do_not_choose_it() -> None:
    clustering = k_means(on_a_line(0, 10, 4), 2, weights=np.array([1.0, 1.0, 3.0]), rounds=0)
    assert clustering.labels.tolist() == [0, 1, 0]
    assert clustering.centres[0].tolist() == [3, 0]


def test_it_ends_when_no_centre_moves_by_a_hundredth() -> None:
    # After one round the centres are at 0.0015 and 0.9900: both moved by at most 0.01, and it ends,
    # although the point at 0.498 is nearer to the second now.
    places = on_a_line(0, 1, *[0.001] * 1000, *[0.99] * 1000, 0.498)
    clustering = k_means(places, 2, rounds=100)
    assert clustering.labels[-1] == 0
    assert clustering.centres.mean(axis=0)[0] < 0.498


def test_centres_are_compared_in_sorted_order() -> None:
    # Both centres move by less than 0.01, but the lower one passes the upper one in x. Sorted by x they
    # then pair up crosswise, so there is another round, in which the last point changes sides.
    points = np.array([[0, 0], [0.001, 10], *[[0.002, 0]] * 10_000, *[[0.001, 9.992]] * 10_000, [0, 4.999]])
    assert k_means(points, 2, rounds=0).labels[-1] == 0
    assert k_means(points, 2, rounds=100).labels[-1] == 1


def test_a_cluster_that_empties_is_dropped_and_the_others_keep_their_ids() -> None:
    places = [(8, 3), (7, 10), (10, 3), (8, 5), (9, 4), (5, 1), (8, 7), (9, 6), (0, 4), (9, 8), (1, 2)]
    points = np.array(places, dtype=np.float64)
    clustering = k_means(points, 5, rounds=100)
    assert clustering.ids.tolist() == [0, 1, 2, 4]
    assert set(clustering.labels.tolist()) == {0, 1, 2, 3}
    for label, centre in enumerate(clustering.centres):
        np.testing.assert_allclose(points[clustering.labels == label].mean(axis=0), centre)


def test_the_points_are_left_as_they_were() -> None:
    points = on_a_line(0, 1, 10)
    before = points.copy()
    k_means(points, 2, weights=np.ones(3), rounds=20)
    assert (points == before).all()
