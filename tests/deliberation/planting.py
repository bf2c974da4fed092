"""Consultations whose truth is known, small enough for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from deliberation.vote_matrix import VoteMatrix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


class Planted(NamedTuple):
    votes: VoteMatrix
    groups: NDArray[np.int64]


def planted(
    sizes: Sequence[int], *, statements: int = 30, votes: int = 15, seed: int = 0, spread: float = 3.0
) -> Planted:
    """Groups of these sizes, who agree and disagree each in their own way; one in ten votes is a pass."""
    rng = np.random.default_rng(seed)
    groups = np.repeat(np.arange(len(sizes)), sizes)
    leans = rng.normal(scale=spread, size=(len(sizes), statements))
    return Planted(_cast(leans[groups], votes, rng), groups)


def continuum(people: int, *, statements: int = 30, votes: int = 15, seed: int = 0) -> VoteMatrix:
    """People who differ by degree along one line."""
    rng = np.random.default_rng(seed)
    leans = np.outer(rng.normal(size=people), rng.normal(scale=2.5, size=statements))
    return _cast(leans + rng.normal(size=statements), votes, rng)


def _cast(leans: NDArray[np.float64], votes: int, rng: np.random.Generator) -> VoteMatrix:
    people, statements = leans.shape
    what = np.argsort(rng.random((people, statements)), axis=1)[:, :votes].ravel()
    who = np.repeat(np.arange(people), votes)
    agree = rng.random(len(who)) < 1 / (1 + np.exp(-leans[who, what]))
    choices = np.where(rng.random(len(who)) < 0.1, 0, np.where(agree, 1, -1))
    return VoteMatrix.from_votes(who, what, choices, statement_ids=range(statements))


def votes_of(*rows: Sequence[int | None]) -> VoteMatrix:
    """One row a person, one column a statement: 1, 0, -1, or None for no vote."""
    cells = [
        (person, statement, choice)
        for person, row in enumerate(rows)
        for statement, choice in enumerate(row)
        if choice is not None
    ]
    people, statements, choices = zip(*cells, strict=True) if cells else ((), (), ())
    width = max((len(row) for row in rows), default=0)
    return VoteMatrix.from_votes(people, statements, choices, statement_ids=range(width))
