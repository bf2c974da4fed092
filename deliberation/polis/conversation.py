"""What is a recorded conversation? Statements, and the votes on them in the order they were cast."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from deliberation.ballot import Choice

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

VOTE_ARRAYS = ("timestamps", "statements", "voters", "choices")


@dataclass(frozen=True)
class Comment:
    """A statement, as Polis records it. What a file does not say is None, 0, False or empty.

    `timestamp` is in milliseconds since 1970, UTC. `moderated` is -1 (rejected), 0 (not seen by a
    moderator) or 1 (accepted).
    """

    id: int
    author_id: int | None = None
    timestamp: int | None = None
    moderated: int = 0
    is_meta: bool = False
    is_seed: bool = False
    text: str = ""


@dataclass(frozen=True, eq=False)
class Conversation:
    """Statements and the whole history of votes, votes that were replaced later included.

    Attributes:
        summary: what summary.csv says, by its own keys (topic, url, conversation-description...).
        comments: every statement, in the order of comments.csv; ids are distinct.
        timestamps: shape (v,), int64, milliseconds since 1970, ascending.
        statements: shape (v,), int64, the statement id of each vote.
        voters: shape (v,), int64, the participant id of each vote.
        choices: shape (v,), int8, the values of `Choice` (+1 agree, as in Polis' exports).
        groups: participant id to the group id that Polis published; people without one are absent.

    """

    summary: Mapping[str, str]
    comments: tuple[Comment, ...]
    timestamps: NDArray[np.int64]
    statements: NDArray[np.int64]
    voters: NDArray[np.int64]
    choices: NDArray[np.int8]
    groups: Mapping[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lengths = {len(getattr(self, name)) for name in VOTE_ARRAYS}
        if len(lengths) > 1:
            raise ValueError("timestamps, statements, voters and choices must have the same length")
        if len(self.timestamps) and (np.diff(self.timestamps) < 0).any():
            raise ValueError("votes must be in the order they were cast")
        if not np.isin(self.choices, [int(choice) for choice in Choice]).all():
            raise ValueError("a choice must be 1 (agree), 0 (pass) or -1 (disagree)")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Conversation):
            return NotImplemented
        return (
            dict(self.summary) == dict(other.summary)
            and self.comments == other.comments
            and dict(self.groups) == dict(other.groups)
            and all(np.array_equal(getattr(self, name), getattr(other, name)) for name in VOTE_ARRAYS)
        )

    __hash__ = None  # type: ignore[assignment]  # arrays have no hash

    def current_votes(self) -> NDArray[np.int64]:
        """Indices, ascending, of the votes that count: the last of each voter on each statement."""
        order = np.lexsort((self.statements, self.voters))  # stable: the same cell stays in voting order
        voters, statements = self.voters[order], self.statements[order]
        another = (np.diff(voters) != 0) | (np.diff(statements) != 0)
        return np.sort(order[np.append(another, [True] * (len(order) > 0)).astype(bool)])
