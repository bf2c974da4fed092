"""Which statements go on which sheet of paper?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence


def deal(
    statement_ids: Sequence[int], *, sheets: int, on_each: int, chance: random.Random
) -> list[list[int]]:
    """The statements of each sheet, in the order in which they are printed.

    No statement stands on a sheet twice, all stand on as many sheets as each other, or one more, and
    each comes first, last or in between by chance alone.

    Args:
        statement_ids: all that can be dealt, m of them.
        sheets: how many sheets.
        on_each: how many statements on a sheet; all m where there are fewer.

    """
    dealt = dict.fromkeys(statement_ids, 0)
    hands = []
    for _sheet in range(sheets):
        hand = sorted(dealt, key=lambda statement: (dealt[statement], chance.random()))[:on_each]
        for statement in hand:
            dealt[statement] += 1
        chance.shuffle(hand)
        hands.append(hand)
    return hands
