"""Who stands at nearly the same place? Up to a hundred base clusters, from which groups are made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deliberation.polis.k_means import k_means
from deliberation.polis.tables import ExportError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from deliberation.polis.rating_matrix import RatingMatrix

MOST_BASE_CLUSTERS = 100
ROUNDS = 100


@dataclass(frozen=True, eq=False)
class BaseClusters:
    """Disjoint sets of participants, ascending by id.

    Attributes:
        ids: shape (b,).
        members: participant ids of each cluster.
        centres: shape (b, 2), mean position of the members.

    """

    ids: NDArray[np.int64]
    members: tuple[tuple[int, ...], ...]
    centres: NDArray[np.float64]

    @property
    def sizes(self) -> NDArray[np.int64]:
        return np.array([len(members) for members in self.members], dtype=np.int64)

    def of_rows(self, matrix: RatingMatrix) -> NDArray[np.int64]:
        """Shape (n,): each row's base cluster as an index into `ids`, or -1."""
        cluster_of = {person: i for i, members in enumerate(self.members) for person in members}
        return np.array([cluster_of.get(p, -1) for p in matrix.participants.tolist()], dtype=np.int64)


def cluster_participants(
    matrix: RatingMatrix, positions: NDArray[np.float64], inside: Sequence[int]
) -> BaseClusters:
    """Base clusters from a cold start, from positions of all participants, shape (n, 2).

    Polis itself continues from its last clusters whenever votes arrive. With up to a hundred people at
    different places that changes only the ids; with more, its clusters can only be had from it.
    """
    rows = np.flatnonzero(np.isin(matrix.participants, list(inside)))
    clustering = k_means(positions[rows], MOST_BASE_CLUSTERS, rounds=ROUNDS)
    people = matrix.participants[rows]
    return BaseClusters(
        ids=clustering.ids,
        members=tuple(
            tuple(people[clustering.labels == label].tolist()) for label in range(len(clustering.ids))
        ),
        centres=clustering.centres,
    )


def place_base_clusters(
    published: BaseClusters, matrix: RatingMatrix, positions: NDArray[np.float64]
) -> BaseClusters:
    """Published ids and members, with centres from our positions of all participants, shape (n, 2).

    Raises:
        ValueError: a member did not vote.

    """
    row_of = {person: row for row, person in enumerate(matrix.participants.tolist())}
    strangers = sorted({person for members in published.members for person in members} - row_of.keys())
    if strangers:
        raise ValueError(f"base clusters have members without votes: {strangers}")
    centres = [
        positions[[row_of[person] for person in members]].mean(axis=0) for members in published.members
    ]
    return BaseClusters(
        ids=published.ids, members=published.members, centres=np.array(centres).reshape(-1, 2)
    )


def read_base_clusters(path: Path) -> BaseClusters:
    """Read base clusters that Polis published: a JSON file with them, or with the whole math object.

    Raises:
        ExportError: the file is missing, or is not what it should be.

    """
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ExportError(file=path.name, expected="this file in the folder") from None
    except ValueError as error:
        raise ExportError(file=path.name, value=str(error), expected="JSON in UTF-8") from None
    if isinstance(content, dict):
        content = content.get("base-clusters", content)
    try:
        return base_clusters_from_json(content)
    except (KeyError, TypeError, ValueError) as error:
        raise ExportError(
            file=path.name,
            value=str(error),
            expected="base-clusters: lists id, members, x and y of the same length, members disjoint",
        ) from None


def base_clusters_from_json(content: dict[str, list[object]]) -> BaseClusters:
    """Base clusters from Polis' object of parallel lists.

    Raises:
        KeyError, TypeError, ValueError: it is no such object.

    """
    ids = np.array(content["id"], dtype=np.int64)
    centres = np.array([content["x"], content["y"]], dtype=np.float64).T.reshape(-1, 2)
    members = [[_whole(person) for person in people] for people in content["members"]]  # type: ignore[attr-defined]  # not a list: TypeError
    everybody = [person for people in members for person in people]
    if not len(ids) == len(members) == len(centres):
        raise ValueError("lists of different lengths")
    if len(set(everybody)) < len(everybody) or len(set(ids.tolist())) < len(ids) or [] in members:
        raise ValueError("an id or a member twice, or a cluster without members")
    order = np.argsort(ids)
    return BaseClusters(
        ids=ids[order], members=tuple(tuple(members[i]) for i in order), centres=centres[order]
    )


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is no participant id")
    return value
