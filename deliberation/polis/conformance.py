"""How far is a math JSON from the one that Polis published? The largest difference of each quantity."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from numpy.typing import ArrayLike, NDArray

TOLERANCE = 1e-9
SINGLE_PRECISION = 1e-5

LISTED = ("tids", "in-conv", "mod-in", "mod-out", "meta-tids")
CHOICE_KEYS = ("tid", "repful-for", "n-success", "n-trials", "n-agree", "best-agree")
VALUE_KEYS = ("p-success", "p-test", "repness")


@dataclass(frozen=True)
class Difference:
    """For numbers the largest absolute difference, for anything else how many entries differ."""

    quantity: str
    largest: float
    tolerance: float

    @property
    def is_met(self) -> bool:
        return self.largest <= self.tolerance


def differences(ours: Mapping[str, Any], published: Mapping[str, Any]) -> list[Difference]:
    """Compare two math JSONs.

    Polis' axes may point either way, so each of ours is turned to match first. Base clusters and groups
    are matched by who is in them, not by their numbers; what belongs to a group that is not there is
    infinitely far away.
    """
    return [*_simple(ours, published), *_map(ours, published), *_grouped(ours, published)]


def _simple(ours: Mapping[str, Any], published: Mapping[str, Any]) -> Iterator[Difference]:
    for key in LISTED:
        same_order = key != "tids" or ours[key] == published[key]
        unshared = set(ours[key]) ^ set(published[key])
        yield Difference(key, len(unshared) if same_order else inf, 0)
    for key in ("n", "n-cmts", "lastVoteTimestamp"):
        yield Difference(key, abs(ours[key] - published[key]), 0)
    yield Difference("user-vote-counts", _unequal(ours["user-vote-counts"], published["user-vote-counts"]), 0)
    for key in ("group-aware-consensus", "comment-priorities"):
        yield Difference(key, _apart_by_key(ours[key], published[key]), TOLERANCE)
    for side in ("agree", "disagree"):
        yield from _lists(f"consensus {side}", ours["consensus"][side], published["consensus"][side])


def _map(ours: Mapping[str, Any], published: Mapping[str, Any]) -> Iterator[Difference]:
    mine, theirs = ours["pca"], published["pca"]
    signs = _signs(ours, published)
    yield Difference("centre", _apart(mine["center"], theirs["center"]), TOLERANCE)
    yield Difference("components", _apart(_turned(mine["comps"], signs), theirs["comps"]), TOLERANCE)
    projection = _turned(mine["comment-projection"], signs)
    yield Difference("statement projection", _apart(projection, theirs["comment-projection"]), TOLERANCE)
    yield Difference("extremity", _apart(mine["comment-extremity"], theirs["comment-extremity"]), TOLERANCE)


def _grouped(ours: Mapping[str, Any], published: Mapping[str, Any]) -> Iterator[Difference]:
    signs = _signs(ours, published)
    mine, theirs = _base_clusters(ours, signs), _base_clusters(published, np.ones(2))
    yield Difference("base clusters", len(mine.keys() ^ theirs.keys()), 0)
    yield Difference("base-cluster centres", _apart_by_key(mine, theirs), TOLERANCE)
    yield Difference("votes-base", _unequal(_base_votes(ours), _base_votes(published)), 0)

    members, their_members = _group_members(ours), _group_members(published)
    same = {group: key for key, group in members.items()}
    shared = [(same[group], key) for key, group in their_members.items() if group in same]
    missing = len(set(members.values()) ^ set(their_members.values()))
    yield Difference("k", abs(len(members) - len(their_members)), 0)
    yield Difference("groups", missing, 0)
    centres = {key: _turned(center, signs) for key, center in _group_centres(ours).items()}
    apart = [_apart(centres[a], _group_centres(published)[b]) for a, b in shared]
    yield Difference("group centres", max(apart, default=0.0) if not missing else inf, TOLERANCE)
    votes = [_unequal(_votes_of(ours, a), _votes_of(published, b)) for a, b in shared]
    yield Difference("group-votes", sum(votes) if not missing else inf, 0)
    chosen = [(ours["repness"][a], published["repness"][b]) for a, b in shared]
    compared = [list(_lists("repness", a, b)) for a, b in chosen]
    for i, empty in enumerate(_lists("repness", [], [])):
        largest = max((rows[i].largest for rows in compared), default=0.0)
        yield Difference(empty.quantity, largest if not missing else inf, empty.tolerance)


def _lists(name: str, ours: list[dict[str, Any]], published: list[dict[str, Any]]) -> Iterator[Difference]:
    """Lists of statements: the same ones in the same order, and the numbers that go with them."""
    chosen = [[[row.get(key) for key in CHOICE_KEYS] for row in rows] for rows in (ours, published)]
    unequal = sum(a != b for a, b in zip(*chosen, strict=False)) + abs(len(ours) - len(published))
    yield Difference(f"{name} statements", unequal, 0)
    for label, keys, tolerance in (
        ("values", VALUE_KEYS, TOLERANCE),
        ("test", ("repness-test",), SINGLE_PRECISION),
    ):
        if label == "test" and name != "repness":
            continue
        values = [[[row.get(key, 0.0) for key in keys] for row in rows] for rows in (ours, published)]
        yield Difference(f"{name} {label}", _apart(*values), tolerance)


def _signs(ours: Mapping[str, Any], published: Mapping[str, Any]) -> NDArray[np.float64]:
    """Shape (2,): what to multiply each of our axes with."""
    signs = np.ones(2)
    for i, (mine, theirs) in enumerate(zip(ours["pca"]["comps"], published["pca"]["comps"], strict=False)):
        if len(mine) == len(theirs) and np.dot(mine, theirs) < 0:
            signs[i] = -1.0
    return signs


def _turned(coordinates: ArrayLike, signs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Coordinates whose first dimension is the axis."""
    values = np.asarray(coordinates, dtype=np.float64)
    turned: NDArray[np.float64] = (values.T * signs[: len(values)]).T
    return turned


def _base_clusters(math: Mapping[str, Any], signs: NDArray[np.float64]) -> dict[frozenset[int], ArrayLike]:
    base = math["base-clusters"]
    places = zip(base["members"], base["x"], base["y"], strict=True)
    return {frozenset(members): _turned([x, y], signs) for members, x, y in places}


def _base_votes(math: Mapping[str, Any]) -> dict[Hashable, object]:
    members = [frozenset(people) for people in math["base-clusters"]["members"]]
    return {
        (tid, kind, people): count
        for tid, votes in math["votes-base"].items()
        for kind, counts in votes.items()
        for people, count in zip(members, counts, strict=True)
    }


def _group_members(math: Mapping[str, Any]) -> dict[str, frozenset[int]]:
    base = dict(zip(math["base-clusters"]["id"], math["base-clusters"]["members"], strict=True))
    return {
        str(group["id"]): frozenset(person for cluster in group["members"] for person in base[cluster])
        for group in math["group-clusters"]
    }


def _group_centres(math: Mapping[str, Any]) -> dict[str, list[float]]:
    return {str(group["id"]): group["center"] for group in math["group-clusters"]}


def _votes_of(math: Mapping[str, Any], group: str) -> dict[Hashable, object]:
    votes = math["group-votes"][group]
    return {"n-members": votes["n-members"], **votes["votes"]}


def _unequal(ours: Mapping[Any, object], published: Mapping[Any, object]) -> int:
    return sum(
        key not in ours or key not in published or ours[key] != published[key]
        for key in ours.keys() | published.keys()
    )


def _apart_by_key(ours: Mapping[Any, ArrayLike], published: Mapping[Any, ArrayLike]) -> float:
    if ours.keys() != published.keys():
        return inf
    return max((_apart(ours[key], published[key]) for key in ours), default=0.0)


def _apart(ours: ArrayLike, published: ArrayLike) -> float:
    mine, theirs = np.asarray(ours, dtype=np.float64), np.asarray(published, dtype=np.float64)
    if mine.shape != theirs.shape:
        return inf
    return float(np.abs(mine - theirs).max(initial=0.0))
