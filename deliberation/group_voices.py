"""What sets each group apart?

A vote helps to decide which group someone is in; to ask next whether the group votes that way would be
asking the same vote twice. So each vote is counted by the membership that the person's other votes
give, and only differences that survive a control of false discoveries are reported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr

from deliberation.common_ground import AGREE, DISAGREE
from deliberation.intervals import newcombe, shares
from deliberation.results import Direction, Voice
from deliberation.vote_table import CHOICES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.opinion_groups import OpinionGroups
    from deliberation.vote_table import VoteTable

LONGEST_LIST = 10
# Of the differences reported, this share may be chance.
FALSE_DISCOVERIES = 0.05
# More votes than this are not needed to tell what sets a group apart.
_ENOUGH_VOTES = 300_000
_CHOICES_OF: tuple[tuple[Direction, int], ...] = (("agree", AGREE), ("disagree", DISAGREE))


def voices_of_groups(
    table: VoteTable, groups: OpinionGroups, statement_ids: NDArray[np.int64], *, minimum_votes: int
) -> list[tuple[Voice, ...]]:
    """For each group, what it says by majority and more than everyone else does, the surest first.

    Args:
        table: the votes.
        groups: who is in which group.
        statement_ids: shape (m,), the ids of the table's statements.
        minimum_votes: a statement with fewer, in the group or elsewhere, sets nobody apart.

    """
    if not groups.number:
        return []
    sample = table.sample(votes=_ENOUGH_VOTES)
    votes, squares = _votes_by_other_votes(sample, groups)
    inside, outside = squares.sum(axis=2), squares.sum(axis=2).sum(axis=0) - squares.sum(axis=2)
    fractions = shares(votes, votes.sum(axis=2, keepdims=True))
    others = votes.sum(axis=0) - votes
    elsewhere = shares(others, others.sum(axis=2, keepdims=True))
    enough = (inside >= minimum_votes) & (outside >= minimum_votes)
    sure = _discoveries(fractions, elsewhere, inside, outside, enough)
    low, high = newcombe(
        fractions * inside[:, :, None],
        inside[:, :, None],
        elsewhere * outside[:, :, None],
        outside[:, :, None],
    )
    voices: list[tuple[Voice, ...]] = []
    for group in range(groups.number):
        found = [
            Voice(
                statement_id=int(statement_ids[index]),
                direction=direction,
                share_in_group=float(fractions[group, index, choice]),
                share_elsewhere=float(elsewhere[group, index, choice]),
                effect=float(fractions[group, index, choice] - elsewhere[group, index, choice]),
                low=float(low[group, index, choice]),
                high=float(high[group, index, choice]),
            )
            for direction, choice in _CHOICES_OF
            for index in np.flatnonzero(sure[group, :, choice] & (fractions[group, :, choice] > 1 / 2))
        ]
        voices.append(tuple(sorted(found, key=lambda voice: (-voice.low, voice.statement_id))[:LONGEST_LIST]))
    return voices


def _votes_by_other_votes(
    table: VoteTable, groups: OpinionGroups
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Shape (g, m, 3) twice: votes, each counted by the membership without it, and by its square."""
    if groups.classes is None:
        raise ValueError("groups without a fitted model have no votes to count")
    cells = CHOICES * table.number_of_statements
    chances = np.exp(groups.classes.expected_logs).reshape(groups.number, cells)
    without = groups.memberships.T.take(table.rows, axis=1) / chances.take(table.cells, axis=1)
    without /= without.sum(axis=0)
    return _summed(table, without), _summed(table, without**2)


def _summed(table: VoteTable, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shape (g, m, 3): the weights of each group's votes, shape (g, v), by statement and choice."""
    cells = CHOICES * table.number_of_statements
    sums = np.array([np.bincount(table.cells, weights=row, minlength=cells) for row in weights])
    return sums.astype(np.float64).reshape(len(weights), table.number_of_statements, CHOICES)


def _discoveries(
    fractions: NDArray[np.float64],
    elsewhere: NDArray[np.float64],
    inside: NDArray[np.float64],
    outside: NDArray[np.float64],
    enough: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Which shares, shape (g, m, 3), are higher inside than elsewhere, chance being held in check.

    Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", JRSS B 57 (1995), over all
    groups, statements and both directions.
    """
    n, rest = np.maximum(inside, 1)[:, :, None], np.maximum(outside, 1)[:, :, None]
    pooled = (fractions * n + elsewhere * rest) / (n + rest)
    errors = np.sqrt(np.maximum(pooled * (1 - pooled) * (1 / n + 1 / rest), 1e-12))
    chances = ndtr((elsewhere - fractions) / errors)
    tested = np.zeros(chances.shape, dtype=bool)
    tested[:, :, [AGREE, DISAGREE]] = enough[:, :, None]
    ranked = np.sort(chances[tested])
    limits = FALSE_DISCOVERIES * np.arange(1, len(ranked) + 1) / max(len(ranked), 1)
    passing = ranked[ranked <= limits]
    return np.asarray(tested & (chances <= (passing[-1] if len(passing) else -1.0)))
