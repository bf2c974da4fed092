"""What do all groups share? What divides them? What is still uncertain?

Common ground is counted among those who took a side, as assemblies count votes cast and not abstentions.
Were passes in the denominator, a pass would lower agreement exactly as much as a disagreement does, which
is the fault of Polis' group-aware consensus. But where most of a group passed, the group has not spoken,
and nothing is common ground however the few decided. Shares of agree, disagree and pass, which stand
beside it, are of all votes, so that they sum to one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deliberation.intervals import shares, wilson
from deliberation.latent_classes import group_votes
from deliberation.results import Share, StatementResult, Tally
from deliberation.vote_table import CHOICES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.opinion_groups import OpinionGroups
    from deliberation.vote_table import VoteTable

DISAGREE, PASS, AGREE = range(CHOICES)
# A group has spoken if at least this share of its votes took a side.
_SPOKEN = 0.5


@dataclass(frozen=True, eq=False)
class GroupOpinions:
    """How each group votes.

    People belong to groups by degrees, and count for each group by that degree. The information in such
    votes is less than in as many votes of known members; `effective` says how many those would be: the
    sum of squared memberships, which is the expected curvature of the likelihood.

    T. A. Louis, "Finding the observed information matrix when using the EM algorithm", JRSS B 44 (1982).

    Attributes:
        counts: shape (g, m, 3), votes of disagree, pass, agree by the people likeliest in each group.
        shares: shape (g, m, 3), estimated shares of the same in the group as such.
        effective: shape (g, m), how many votes of known members would say as much.
        expected: shape (g, m, 3), the shares drawn towards everybody's as far as votes leave doubt.

    """

    counts: NDArray[np.float64]
    shares: NDArray[np.float64]
    effective: NDArray[np.float64]
    expected: NDArray[np.float64]

    def reordered(self, statements: NDArray[np.int64]) -> GroupOpinions:
        """The same for statements in another order."""
        return GroupOpinions(
            self.counts[:, statements],
            self.shares[:, statements],
            self.effective[:, statements],
            self.expected[:, statements],
        )


def opinions_of_groups(table: VoteTable, groups: OpinionGroups) -> GroupOpinions:
    """Tally and estimate how each group votes."""
    likeliest = np.zeros_like(groups.memberships)
    if groups.number:
        likeliest[np.arange(len(likeliest)), groups.labels] = 1.0
    weights = np.hstack([groups.memberships, likeliest, groups.memberships**2])
    votes, counts, squares = np.split(group_votes(table, weights), 3)
    return GroupOpinions(
        counts=counts,
        shares=shares(votes, votes.sum(axis=2, keepdims=True)),
        effective=squares.sum(axis=2),
        expected=groups.classes.shares if groups.classes else votes,
    )


def weigh_statements(
    statement_ids: NDArray[np.int64],
    overall: NDArray[np.float64],
    groups: GroupOpinions,
    *,
    minimum_votes: int,
) -> tuple[StatementResult, ...]:
    """Every statement's figures, in the order given.

    Args:
        statement_ids: shape (m,).
        overall: shape (m, 3), counts of disagree, pass, agree.
        groups: the same within each group.
        minimum_votes: with fewer votes a statement's figures are not to be read.

    """
    everyone = shares(overall, overall.sum(axis=1, keepdims=True)), overall.sum(axis=1)
    if len(groups.shares):
        least = _least(groups.shares, groups.effective)
    else:
        least = _least(everyone[0][None], everyone[1][None])
    divided = np.ptp(groups.expected[:, :, AGREE], axis=0) if len(groups.expected) else np.zeros(len(overall))
    tallies = _tallies(overall, *everyone)
    by_group = [
        _tallies(*group) for group in zip(groups.counts, groups.shares, groups.effective, strict=True)
    ]
    return tuple(
        StatementResult(
            id=int(identifier),
            overall=tallies[index],
            groups=tuple(group[index] for group in by_group),
            common_ground_agree=float(least[index, 1]),
            common_ground_disagree=float(least[index, 0]),
            divisiveness=float(divided[index]),
            uncertainty=tallies[index].passed.share if tallies[index].votes else 0.0,
            enough_votes=tallies[index].votes >= minimum_votes,
        )
        for index, identifier in enumerate(statement_ids)
    )


def _least(fractions: NDArray[np.float64], effective: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shape (m, 2): lower bounds of disagree and agree among those who took a side, each in its lowest group.

    Of shares, shape (g, m, 3), worth so many votes, shape (g, m). Zero where a group has not spoken.
    """
    sides = fractions[:, :, [DISAGREE, AGREE]]
    spoken = sides.sum(axis=2, keepdims=True)
    votes = effective[:, :, None] * spoken
    of_sides = np.divide(sides, spoken, out=np.zeros_like(sides), where=spoken > 0)
    return np.asarray(np.where(spoken >= _SPOKEN, wilson(of_sides * votes, votes).low, 0.0).min(axis=0))


def _tallies(
    counts: NDArray[np.float64], fractions: NDArray[np.float64], effective: NDArray[np.float64]
) -> list[Tally]:
    """A tally for each statement of counts and shares, shape (m, 3), worth so many votes, shape (m,)."""
    low, high = wilson(fractions * effective[:, None], effective[:, None])
    totals = counts.sum(axis=1).astype(np.int64).tolist()
    kinds = []
    for choice in (AGREE, DISAGREE, PASS):
        numbers = counts[:, choice].astype(np.int64).tolist()
        parts = [part[:, choice].tolist() for part in (fractions, low, high)]
        kinds.append(map(Share, numbers, totals, *parts))
    return list(map(Tally, totals, *kinds))
