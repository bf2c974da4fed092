"""Who is placed in a group? Those who voted enough, and those who were there early."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deliberation.polis.conversation import Conversation

ENOUGH_VOTES = 7
FEWEST_PEOPLE = 15


def in_conversation(conversation: Conversation) -> tuple[int, ...]:
    """Participant ids in the order they came in, found by replaying the votes one at a time.

    A person is in who has voted on 7 statements, or on all there were at that moment. While fewer than
    15 are in, those with the most votes are added; replayed vote by vote, that is everybody who comes
    while there are fewer than 15. Who is in once stays in.
    """
    voted: dict[int, set[int]] = {}
    statements: set[int] = set()
    inside: dict[int, None] = {}
    votes = zip(conversation.voters.tolist(), conversation.statements.tolist(), strict=True)
    for person, statement in votes:
        statements.add(statement)
        own = voted.setdefault(person, set())
        own.add(statement)
        if len(own) >= min(ENOUGH_VOTES, len(statements)) or len(inside) < FEWEST_PEOPLE:
            inside[person] = None
    return tuple(inside)
