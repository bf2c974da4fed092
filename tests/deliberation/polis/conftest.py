"""Recorded conversations where they are, and a way to make small ones by hand."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pytest

from deliberation.polis import Comment, Conversation

Converse = Callable[..., Conversation]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder beside the repository, or the one that BARAZA_SHARED_DATA names."""
    beside = Path(__file__).resolve().parents[3].parent / "shared" / "data"
    folder = Path(os.environ.get("BARAZA_SHARED_DATA", beside))
    if not folder.is_dir():
        pytest.skip(f"no recorded conversations: {folder} is absent; BARAZA_SHARED_DATA may name another")
    return folder


@pytest.fixture
def converse() -> Converse:
    """A conversation from (voter, statement, choice) in the order of voting; +1 is agreement."""

    def conversation(
        votes: Iterable[tuple[int, int, int]], *, comments: Iterable[Comment] = ()
    ) -> Conversation:
        table = np.array(list(votes), dtype=np.int64).reshape(-1, 3)
        known = {comment.id: comment for comment in comments}
        ids = sorted({*known, *table[:, 1].tolist()})
        return Conversation(
            summary={},
            comments=tuple(known.get(i, Comment(i)) for i in ids),
            timestamps=1_700_000_000_000 + np.arange(len(table)),
            statements=table[:, 1],
            voters=table[:, 0],
            choices=table[:, 2].astype(np.int8),
        )

    return conversation


@pytest.fixture
def two_camps(converse: Converse) -> Conversation:
    """20 people and 8 statements.

    The even-numbered agree with the first four and reject the others, the odd-numbered the other way
    round; everybody passes on one statement and skips another.
    """
    votes = []
    for person in range(20):
        camp = 1 if person % 2 == 0 else -1
        for statement in range(8):
            if statement == person % 8:
                continue
            passes = statement == (person // 2 + 3) % 8
            votes.append((person, statement, 0 if passes else camp * (1 if statement < 4 else -1)))
    return converse(votes)
