"""Questions about votes: what a participant has said, and what to ask next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from deliberation.routing import next_statement
from participation.database import db
from participation.votes.deck import deck_of
from participation.votes.models import Vote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deliberation.ballot import Choice
    from participation.consultations.models import Consultation
    from participation.votes.deck import Wording


@dataclass(frozen=True)
class Card:
    """One statement put before a participant.

    `exposure` is the probability with which it was drawn, or None if it was asked for by name.
    `choice` is what they said before, if anything.
    """

    statement_id: int
    number: int
    wording: Wording
    exposure: float | None
    choice: Choice | None = None


@dataclass(frozen=True)
class Turn:
    """Where a participant is: the card before them, or None when they have voted on everything."""

    card: Card | None
    voted: int
    total: int


@dataclass(frozen=True)
class AnsweredCard:
    """A statement with the vote that holds on it. It can no longer be changed if it was taken out of the vote."""

    number: int
    statement_id: int
    wording: Wording
    choice: Choice


# Put together once: that takes longer than the asking.
_VOTED_ON = select(Vote.__table__.c.statement_id).where(
    Vote.__table__.c.participant_id == bindparam("participant_id")
)


def statements_voted_on(participant_id: int | None) -> set[int]:
    """The ids of the statements a participant has voted on. Costs one query."""
    if participant_id is None:
        return set()
    return set(db.session.scalars(_VOTED_ON, {"participant_id": participant_id}))


def next_turn(consultation: Consultation, voted_on: set[int], language: str, *, seed: int) -> Turn:
    """Draw the next statement for a participant. Asks the database nothing.

    Args:
        voted_on: the ids of the statements that are not asked again.
        seed: the participant's own 64 bits; with the same seed and votes, the same card comes.

    """
    deck = deck_of(consultation)
    voted = deck.among(voted_on)
    drawn = next_statement(deck.ids, deck.weights_for(language), ~voted, seed=seed)
    card = None
    if drawn is not None:
        card = Card(
            statement_id=int(deck.ids[drawn.index]),
            number=deck.numbers[drawn.index],
            wording=deck.wording(drawn.index, language),
            exposure=drawn.exposure,
        )
    return Turn(card=card, voted=int(voted.sum()), total=len(deck.ids))


def turn_at(
    consultation: Consultation, participant_id: int | None, language: str, statement_id: int
) -> Turn | None:
    """The card of one statement, asked for by name; None if it is not open to votes. Costs one query."""
    deck = deck_of(consultation)
    index = deck.index_of(statement_id)
    if index is None:
        return None
    choices = choices_of(participant_id)
    card = Card(
        statement_id=statement_id,
        number=deck.numbers[index],
        wording=deck.wording(index, language),
        exposure=None,
        choice=choices.get(statement_id),
    )
    voted = deck.among(choices)
    return Turn(card=card, voted=int(voted.sum()), total=len(deck.ids))


def answered_cards(consultation: Consultation, participant_id: int, language: str) -> Sequence[AnsweredCard]:
    """Everything a participant has voted on that is still open to votes, the latest first."""
    deck = deck_of(consultation)
    votes = db.session.execute(
        select(Vote.statement_id, Vote.choice)
        .where(Vote.participant_id == participant_id)
        .order_by(Vote.id.desc())
    )
    return [
        AnsweredCard(deck.numbers[index], statement_id, deck.wording(index, language), choice)
        for statement_id, choice in votes
        if (index := deck.index_of(statement_id)) is not None
    ]


def choices_of(participant_id: int | None) -> dict[int, Choice]:
    """What a participant says on each statement, by statement id."""
    found = db.session.execute(
        select(Vote.statement_id, Vote.choice).where(Vote.participant_id == participant_id)
    )
    return {statement_id: choice for statement_id, choice in found}  # noqa: C416 - a row is no pair to the type checker
