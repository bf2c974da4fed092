"""Which votes does Polis count? The current vote of each participant on each statement, with its signs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deliberation.polis.conversation import Conversation

# Polis stores agreement as -1 and turns the sign when it exports. This package turns it back here, and
# nowhere else: a rating is minus a choice.
AGREE = -1
DISAGREE = 1

MOST_PARTICIPANTS = 100_000
MOST_STATEMENTS = 10_000


@dataclass(frozen=True, eq=False)
class RatingMatrix:
    """Participants x statements; only statements that somebody voted on have a column.

    Attributes:
        participants: shape (n,), ids in the order of their first vote.
        statements: shape (m,), ids, ascending.
        rows: shape (v,), the participant of each vote as an index into `participants`.
        columns: shape (v,), the statement of each vote as an index into `statements`.
        ratings: shape (v,), int8, AGREE, 0 (pass) or DISAGREE.
        zeroed: shape (m,), bool, statements that were rejected or are meta. To the map everybody passes
            on them, voters or not.

    Votes are sorted by row, then column.

    """

    participants: NDArray[np.int64]
    statements: NDArray[np.int64]
    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    ratings: NDArray[np.int8]
    zeroed: NDArray[np.bool_]

    @property
    def n(self) -> int:
        """The number of participants."""
        return len(self.participants)

    @property
    def m(self) -> int:
        """The number of statements with votes."""
        return len(self.statements)

    def votes_per_participant(self) -> NDArray[np.int64]:
        """Shape (n,): passes count, and so do votes on rejected statements."""
        return np.bincount(self.rows, minlength=self.n)


def moderated_out(conversation: Conversation) -> frozenset[int]:
    """Ids of statements that Polis leaves out of map and lists: rejected or meta.

    Polis' strict moderation is no matter here: a statement that no moderator has seen stays in.
    """
    return frozenset(
        comment.id for comment in conversation.comments if comment.is_meta or comment.moderated < 0
    )


def counted_votes(
    conversation: Conversation,
    *,
    most_participants: int = MOST_PARTICIPANTS,
    most_statements: int = MOST_STATEMENTS,
) -> NDArray[np.bool_]:
    """Shape (v,): which votes of the history Polis takes in, given its caps.

    A vote is turned away if its participant or its statement is new and there is no room for more;
    a vote that is turned away leaves no trace.
    """
    everyone, everything = np.unique(conversation.voters), np.unique(conversation.statements)
    taken = np.ones(len(conversation.choices), dtype=np.bool_)
    if len(everyone) <= most_participants and len(everything) <= most_statements:
        return taken
    people: set[int] = set()
    statements: set[int] = set()
    votes = zip(conversation.voters.tolist(), conversation.statements.tolist(), strict=True)
    for i, (person, statement) in enumerate(votes):
        room_for_person = person in people or len(people) < most_participants
        room_for_statement = statement in statements or len(statements) < most_statements
        taken[i] = room_for_person and room_for_statement
        if taken[i]:
            people.add(person)
            statements.add(statement)
    return taken


def within_caps(conversation: Conversation) -> Conversation:
    """The conversation without the votes that Polis turns away."""
    taken = counted_votes(conversation)
    return replace(
        conversation,
        timestamps=conversation.timestamps[taken],
        statements=conversation.statements[taken],
        voters=conversation.voters[taken],
        choices=conversation.choices[taken],
    )


def rating_matrix(conversation: Conversation) -> RatingMatrix:
    """The matrix that a full load of the conversation gives.

    Columns ascend, as they do after Polis has read the votes statement by statement; rows keep the
    order in which people arrived, which is what its cluster ids remember.
    """
    current = conversation.current_votes()
    participants, first, row_of = np.unique(conversation.voters, return_index=True, return_inverse=True)
    arrival = np.argsort(first, kind="stable")
    place = np.empty_like(arrival)
    place[arrival] = np.arange(len(arrival))
    statements, column_of = np.unique(conversation.statements, return_inverse=True)

    rows, columns = place[row_of[current]], column_of[current]
    order = np.lexsort((columns, rows))
    return RatingMatrix(
        participants=participants[arrival],
        statements=statements,
        rows=rows[order],
        columns=columns[order],
        ratings=-conversation.choices[current][order],
        zeroed=np.isin(statements, list(moderated_out(conversation))),
    )
