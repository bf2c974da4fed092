"""A conversation: its history and the votes that stand."""

import numpy as np
import pytest

from deliberation.polis import Conversation


def test_the_last_vote_of_a_person_on_a_statement_counts() -> None:
    conversation = Conversation(
        summary={},
        comments=(),
        timestamps=np.arange(5),
        statements=np.array([4, 2, 4, 2, 4]),
        voters=np.array([7, 7, 7, 30, 30]),
        choices=np.array([1, 0, -1, 1, 1], dtype=np.int8),
    )
    assert conversation.current_votes().tolist() == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("timestamps", "choices", "complaint"),
    [([2, 1], [1, 1], "order"), ([1, 2], [1, 3], "choice"), ([1, 2], [1], "same length")],
)
def test_a_conversation_cannot_be_inconsistent(
    timestamps: list[int], choices: list[int], complaint: str
) -> None:
    two = np.array([1, 2])
    with pytest.raises(ValueError, match=complaint):
        Conversation({}, (), np.array(timestamps), two, two, np.array(choices, dtype=np.int8))
