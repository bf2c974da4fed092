"""The whole method: one JSON with Polis' keys, for a conversation of any size."""

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from deliberation.polis import Comment, Conversation, analyse_polis
from deliberation.polis.conformance import differences

Converse = Callable[..., Conversation]

KEYS = {
    *("n", "n-cmts", "tids", "mod-in", "mod-out", "meta-tids", "in-conv", "user-vote-counts", "pca"),
    *("base-clusters", "group-clusters", "votes-base", "group-votes", "repness", "consensus"),
    *("group-aware-consensus", "comment-priorities", "lastVoteTimestamp", "lastModTimestamp", "math_tick"),
}


def test_two_camps_are_two_groups(two_camps: Conversation) -> None:
    math = analyse_polis(two_camps).to_math_json()
    assert set(math) == KEYS
    assert len(math["group-clusters"]) == 2
    people = dict(zip(math["base-clusters"]["id"], math["base-clusters"]["members"], strict=True))
    camps = [{p % 2 for base in group["members"] for p in people[base]} for group in math["group-clusters"]]
    assert sorted(map(sorted, camps)) == [[0], [1]]
    assert [group["n-members"] for group in math["group-votes"].values()] == [10, 10]
    assert sum(math["votes-base"]["0"]["S"]) == sum(
        v["votes"]["0"]["S"] for v in math["group-votes"].values()
    )
    for statements in math["repness"].values():
        assert [s["repful-for"] for s in statements] == sorted(s["repful-for"] for s in statements)
        assert sum("best-agree" in s for s in statements) == 1


def test_agreement_is_counted_as_agreement(converse: Converse) -> None:
    votes = [(person, 0, 1) for person in range(9)] + [(person, 1, -1) for person in range(9)]
    math = analyse_polis(converse(votes)).to_math_json()
    assert [s["tid"] for s in math["consensus"]["agree"]] == [0]
    assert [s["tid"] for s in math["consensus"]["disagree"]] == [1]
    assert math["pca"]["center"] == [-1, 1]


def test_moderation_as_published(converse: Converse) -> None:
    comments = [
        Comment(0, moderated=1),
        Comment(1, moderated=-1),
        Comment(2, is_meta=True),
        Comment(3),
        Comment(4, moderated=-1),
    ]
    votes = [(person, statement, 1) for person in range(9) for statement in range(4)]
    math = analyse_polis(converse(votes, comments=comments)).to_math_json()
    assert (math["mod-in"], math["mod-out"], math["meta-tids"]) == ([0, 2], [1, 2, 4], [2])
    assert math["tids"] == [0, 1, 2, 3]
    assert math["comment-priorities"]["2"] == 49
    assert {s["tid"] for s in math["consensus"]["agree"]} == {0, 3}
    # Votes on them still count for who is in, for groups' votes and for the product over groups.
    assert math["user-vote-counts"]["0"] == 4
    assert sum(v["votes"]["1"]["A"] for v in math["group-votes"].values()) == 9
    assert math["group-aware-consensus"]["1"] == math["group-aware-consensus"]["0"]


def test_rejected_and_meta_statements_set_no_group_apart(two_camps: Conversation) -> None:
    comments = (Comment(0, moderated=-1), Comment(1, is_meta=True), *two_camps.comments[2:])
    math = analyse_polis(replace(two_camps, comments=comments)).to_math_json()
    assert {s["tid"] for statements in math["repness"].values() for s in statements} == set(range(2, 8))


@pytest.mark.parametrize(
    "votes",
    [
        [],
        [(1, 0, 1)],
        [(1, 0, 0)],
        [(1, 0, 1), (1, 1, -1), (1, 2, 1)],
        [(1, 0, 1), (2, 0, -1), (3, 0, 1)],
        [(1, 0, 1), (1, 1, 1), (2, 0, -1), (2, 1, 1)],
        [(person, statement, 1) for person in range(20) for statement in range(5)],
        [(person, statement, 0) for person in range(20) for statement in range(5)],
    ],
    ids=[
        "nobody",
        "one vote",
        "one pass",
        "one person",
        "one statement",
        "two people",
        "all agree",
        "all pass",
    ],
)
@pytest.mark.parametrize("rejected", [False, True])
def test_the_smallest_conversations_have_an_answer(
    converse: Converse, votes: list[tuple[int, int, int]], *, rejected: bool
) -> None:
    comments = [Comment(i, moderated=-1) for i in range(5)] if rejected else []
    math = analyse_polis(converse(votes, comments=comments)).to_math_json()
    text = json.dumps(math, allow_nan=False)
    assert json.loads(text) == math
    assert math["n"] == len({person for person, _, _ in votes})
    placed = [p for members in math["base-clusters"]["members"] for p in members]
    assert sorted(placed) == math["in-conv"]
    # Its own base clusters, given back, change nothing.
    own = analyse_polis(converse(votes, comments=comments)).base_clusters
    assert analyse_polis(converse(votes, comments=comments), base_clusters=own).to_math_json() == math


def test_published_base_clusters_decide_who_is_in_and_which_way_the_axes_point(
    two_camps: Conversation,
) -> None:
    alone = analyse_polis(two_camps)
    turned = replace(
        alone.base_clusters,
        ids=alone.base_clusters.ids[1:],
        members=alone.base_clusters.members[1:],
        centres=alone.base_clusters.centres[1:] * [-1.0, 1.0],
    )
    given = analyse_polis(two_camps, base_clusters=turned)
    assert set(alone.inside) - set(given.inside) == set(alone.base_clusters.members[0])
    np.testing.assert_allclose(given.components.axes, alone.components.axes * [[-1.0], [1.0]])
    np.testing.assert_allclose(given.positions, alone.positions * [-1.0, 1.0])
    np.testing.assert_allclose(given.base_clusters.centres, turned.centres)
    np.testing.assert_allclose(given.statement_positions, alone.statement_positions * [[-1.0], [1.0]])


def test_an_analysis_repeats_exactly_and_leaves_no_trace(two_camps: Conversation) -> None:
    before = [getattr(two_camps, name).copy() for name in ("timestamps", "statements", "voters", "choices")]
    first = json.dumps(analyse_polis(two_camps).to_math_json())
    assert json.dumps(analyse_polis(two_camps).to_math_json()) == first
    after = [getattr(two_camps, name) for name in ("timestamps", "statements", "voters", "choices")]
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))


def test_votes_beyond_the_caps_are_ignored(two_camps: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = two_camps.voters != 19
    monkeypatch.setattr("deliberation.polis.rating_matrix.counted_votes", lambda _conversation: keep)
    math = analyse_polis(two_camps).to_math_json()
    assert math["n"] == 19
    assert "19" not in math["user-vote-counts"]


def test_the_comparison_sees_each_number(two_camps: Conversation) -> None:
    math = analyse_polis(two_camps).to_math_json()
    assert all(d.largest == 0 for d in differences(math, math))
    other = json.loads(json.dumps(math))
    other["pca"]["center"][2] += 0.5
    other["in-conv"].append(99)
    other["group-votes"]["0"]["votes"]["3"]["A"] += 1
    other["repness"]["0"][0]["p-test"] += 0.25
    other["comment-priorities"]["1"] += 2
    found = {d.quantity: d.largest for d in differences(math, other) if not d.is_met}
    assert found == {
        "centre": pytest.approx(0.5),
        "in-conv": 1,
        "group-votes": 1,
        "repness values": pytest.approx(0.25),
        "comment-priorities": pytest.approx(2),
    }


def test_the_comparison_takes_turned_axes_and_renumbered_groups_for_the_same(two_camps: Conversation) -> None:
    math = analyse_polis(two_camps).to_math_json()
    other = json.loads(json.dumps(math))
    other["pca"]["comps"][0] = [-x for x in other["pca"]["comps"][0]]
    other["pca"]["comment-projection"][0] = [-x for x in other["pca"]["comment-projection"][0]]
    other["base-clusters"]["x"] = [-x for x in other["base-clusters"]["x"]]
    for group in other["group-clusters"]:
        group["id"] += 7
        group["center"][0] *= -1
    other["group-votes"] = {str(int(key) + 7): value for key, value in other["group-votes"].items()}
    other["repness"] = {str(int(key) + 7): value for key, value in other["repness"].items()}
    assert all(d.is_met for d in differences(math, other))
