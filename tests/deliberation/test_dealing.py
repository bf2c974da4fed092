"""Every statement stands on as many sheets as each other, and nobody decides where."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from deliberation.dealing import deal


@given(st.integers(1, 20), st.integers(1, 40), st.integers(1, 12), st.integers(0, 99))
def test_all_are_read_equally_often_and_none_twice_on_a_sheet(
    statements: int, sheets: int, on_each: int, seed: int
) -> None:
    hands = deal(range(statements), sheets=sheets, on_each=on_each, chance=random.Random(seed))  # noqa: S311 - no secret
    assert [len(set(hand)) for hand in hands] == [len(hand) for hand in hands]
    assert {len(hand) for hand in hands} == {min(on_each, statements)}
    times = Counter(statement for hand in hands for statement in hand)
    counts = [times[statement] for statement in range(statements)]
    assert max(counts) - min(counts) <= 1


def test_each_place_is_a_matter_of_chance() -> None:
    hands = deal(range(5), sheets=2000, on_each=5, chance=random.Random(1))  # noqa: S311 - no secret
    first = Counter(hand[0] for hand in hands)
    assert all(330 < first[statement] < 470 for statement in range(5))
