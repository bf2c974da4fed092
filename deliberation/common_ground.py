"""What do all groups share? What divides them? What is still uncertain?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deliberation.intervals import shares, wilson
from deliberation.results import Share, StatementResult, Tally
from deliberation.vote_table import CHOICES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.vote_table import VoteTable

DISAGREE, PASS, AGREE = range(CHOICES)


def counts_by_group(table: VoteTable, labels: NDArray[np.int64], number: int) -> NDArray[np.float64]:
    """Shape (g, m, 3): how many of each group said disagree, pass, agree; people labelled -1 are left out."""
    cells = CHOICES * table.number_of_statements
    voters = labels[table.rows]
    kept = voters >= 0
    counts = np.bincount(voters[kept] * cells + table.cells[kept], minlength=number * cells)
    return counts.reshape(number, table.number_of_statements, CHOICES).astype(np.float64)


def weigh_statements(
    statement_ids: NDArray[np.int64],
    overall: NDArray[np.float64],
    by_group: NDArray[np.float64],
    *,
    minimum_votes: int,
) -> tuple[StatementResult, ...]:
    """Every statement's figures, in the order given.

    Args:
        statement_ids: shape (m,).
        overall: shape (m, 3), counts of disagree, pass, agree.
        by_group: shape (g, m, 3), the same within each group.
        minimum_votes: with fewer votes a statement's figures are not to be read.

    """
    groups = by_group if len(by_group) else overall[None]
    votes = groups.sum(axis=2)
    least_agreed = wilson(groups[:, :, AGREE], votes).low.min(axis=0)
    least_disagreed = wilson(groups[:, :, DISAGREE], votes).low.min(axis=0)
    agreed = shares(groups[:, :, AGREE], votes)
    divided = np.ptp(agreed, axis=0)
    passes = shares(overall[:, PASS], overall.sum(axis=1))
    tallies = _tallies(overall)
    tallies_by_group = [_tallies(counts) for counts in by_group]
    return tuple(
        StatementResult(
            id=int(identifier),
            overall=tallies[index],
            groups=tuple(group[index] for group in tallies_by_group),
            common_ground_agree=float(least_agreed[index]),
            common_ground_disagree=float(least_disagreed[index]),
            divisiveness=float(divided[index]),
            uncertainty=float(passes[index]) if tallies[index].votes else 0.0,
            enough_votes=tallies[index].votes >= minimum_votes,
        )
        for index, identifier in enumerate(statement_ids)
    )


def _tallies(counts: NDArray[np.float64]) -> list[Tally]:
    totals = counts.sum(axis=1)
    low, high = wilson(counts, totals[:, None])
    fractions = shares(counts, totals[:, None])
    rows = zip(counts.tolist(), totals.tolist(), fractions.tolist(), low.tolist(), high.tolist(), strict=True)
    return [
        Tally(
            int(total), *(Share(int(n[c]), int(total), f[c], lo[c], hi[c]) for c in (AGREE, DISAGREE, PASS))
        )
        for n, total, f, lo, hi in rows
    ]
