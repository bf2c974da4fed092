"""Who is placed in a group depends on when they came."""

from collections.abc import Callable

import numpy as np
import pytest

from deliberation.polis import Conversation
from deliberation.polis.in_conversation import in_conversation

Converse = Callable[..., Conversation]


def test_the_first_fifteen_are_in_with_one_vote_and_the_sixteenth_is_not(converse: Converse) -> None:
    start = [(0, statement, 1) for statement in range(10)]
    assert in_conversation(converse(start + [(person, 0, 1) for person in range(1, 20)])) == tuple(range(15))


def test_seven_votes_are_enough(converse: Converse) -> None:
    start = [(0, statement, 1) for statement in range(10)] + [(person, 0, 1) for person in range(1, 15)]
    almost = [(15, statement, 0) for statement in range(6)]
    assert 15 not in in_conversation(converse(start + almost))
    assert 15 not in in_conversation(
        converse([*start, *almost, (15, 0, 1)])
    )  # a changed vote is no further vote
    assert 15 in in_conversation(converse([*start, *almost, (15, 6, 1)]))


def test_a_vote_on_every_statement_there_was_is_enough_for_ever(converse: Converse) -> None:
    start = [(person, statement, 1) for person in range(15) for statement in range(2)]
    all_there_was = [(15, 0, 1), (15, 1, 1)]
    more = [(0, statement, 1) for statement in range(2, 9)]
    assert 15 in in_conversation(converse(start + all_there_was + more))
    assert 15 not in in_conversation(converse(start + more + all_there_was))


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_rule_applied_after_each_vote(converse: Converse, seed: int) -> None:
    random = np.random.default_rng(seed)
    votes = [(int(random.integers(30)), int(random.integers(12)), 1) for _ in range(150)]
    voted: dict[int, set[int]] = {}
    inside: set[int] = set()
    for person, statement, _ in votes:
        voted.setdefault(person, set()).add(statement)
        enough = min(7, len(set().union(*voted.values())))
        inside |= {p for p, own in voted.items() if len(own) >= enough}
        rest = sorted((p for p in voted if p not in inside), key=lambda p: -len(voted[p]))
        inside |= set(rest[: max(15 - len(inside), 0)])
    assert set(in_conversation(converse(votes))) == inside
