"""Small cells are not published: few votes in a group could lead to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deliberation.small_cells import SMALLEST_CELL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deliberation.results import Tally


def publishable(tallies: Sequence[Tally]) -> tuple[Tally | None, ...]:
    """The groups' tallies on one statement, with None for each that must not be published.

    A tally with one to four votes is withheld. If it is the only one, the next smallest goes too:
    otherwise the withheld one could be worked out from the total (complementary suppression). No
    votes at all say nothing about anyone and stay.
    """
    small = {index for index, tally in enumerate(tallies) if 0 < tally.votes < SMALLEST_CELL}
    if len(small) == 1:
        others = [index for index, tally in enumerate(tallies) if index not in small and tally.votes]
        small |= set(sorted(others, key=lambda index: tallies[index].votes)[:1])
    return tuple(None if index in small else tally for index, tally in enumerate(tallies))
