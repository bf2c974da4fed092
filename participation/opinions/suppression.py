"""Small cells are not published: few votes in a group could lead to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deliberation.small_cells import withheld

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deliberation.results import Tally


def publishable(tallies: Sequence[Tally]) -> tuple[Tally | None, ...]:
    """The groups' tallies on one statement, with None for each that must not be published.

    Everybody's tally stands beside them, so what is withheld must be at least two cells and hide at least
    five people together: the rule of `withheld`, which holds for every table.
    """
    hidden = withheld([tally.votes for tally in tallies])
    return tuple(None if hide else tally for tally, hide in zip(tallies, hidden, strict=True))
