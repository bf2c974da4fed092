"""How many axes of opinion beat chance?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deliberation.opinion_map import fit_axes
from deliberation.vote_table import VoteTable

if TYPE_CHECKING:
    from deliberation.settings import Settings

# The real axis must be stronger than all of so many by chance: one in twenty.
_PERMUTATIONS = 19
_ENOUGH_VOTES = 50_000


def axes_beyond_chance(table: VoteTable, settings: Settings) -> int:
    """How many axes, of the four fitted, explain more than any does when votes are shuffled.

    Votes are shuffled among those who voted on the same statement, so that who voted on what, and each
    statement's shares, stay as they are. Parallel analysis: J. L. Horn, Psychometrika 30 (1965).
    """
    sample = table.sample(votes=_ENOUGH_VOTES)
    if not sample.number_of_votes:
        return 0
    rng = np.random.default_rng(settings.seed + 2)
    found = fit_axes(sample).strengths
    by_chance = np.max([fit_axes(_shuffled(sample, rng)).strengths for _ in range(_PERMUTATIONS)], axis=0)
    weaker = np.flatnonzero(found <= by_chance)
    return int(weaker[0]) if len(weaker) else len(found)


def _shuffled(table: VoteTable, rng: np.random.Generator) -> VoteTable:
    by_statement = np.argsort(table.columns, kind="stable")
    at_random = np.lexsort((rng.random(table.number_of_votes), table.columns))
    cells = np.empty_like(table.cells)
    cells[by_statement] = table.cells[at_random]
    return VoteTable(table.starts, cells, table.number_of_statements)
