"""Questions about votes: what a participant has said, and what to ask next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import SmallInteger, bindparam, false, literal, select, type_coerce

from deliberation.ballot import Choice
from deliberation.routing import next_statement
from participation.database import db
from participation.votes.deck import deck_of
from participation.votes.models import PutOff, Vote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Table

    from deliberation.routing import NextStatement
    from participation.consultations.models import Consultation
    from participation.statements.models import Wording
    from participation.votes.deck import Deck

TURNS_AHEAD = 5


@dataclass(frozen=True)
class Said:
    """All that one participant has said, by statement id. To say more on paper, add to it.

    Attributes:
        votes: the number of the choice, and whether it matters to them.
        put_off: how often the statement was put off. Some of these may have been voted on since.

    """

    votes: dict[int, tuple[int, bool]] = field(default_factory=dict)
    put_off: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Card:
    """One statement put before a participant.

    Attributes:
        exposure: the probability with which it was drawn, or None if it was asked for by name.
        choice: what they said before, if anything.
        is_important: whether they said before that it matters to them.
        came_back: whether they have put it off before.

    """

    statement_id: int
    number: int
    wording: Wording
    exposure: float | None
    choice: Choice | None = None
    is_important: bool = False
    came_back: bool = False


@dataclass(frozen=True)
class Turn:
    """Where a participant is: the card before them, or None when nothing is left to draw.

    `waiting` are the statements that they put off twice, once there is nothing else to say.
    """

    card: Card | None
    voted: int
    total: int
    waiting: tuple[Card, ...]


@dataclass(frozen=True)
class AnsweredCard:
    """A statement with the vote that holds on it. It can no longer be changed if it was taken out of the vote."""

    number: int
    statement_id: int
    wording: Wording
    choice: Choice
    is_important: bool


def _all_said() -> Any:  # noqa: ANN401 - a query
    votes, later = cast("Table", Vote.__table__).c, cast("Table", PutOff.__table__).c
    me: Any = bindparam("participant_id")
    nothing = literal(0, SmallInteger)
    return (
        select(votes.statement_id, type_coerce(votes.choice, SmallInteger), votes.is_important, nothing)
        .where(votes.participant_id == me)
        .union_all(
            select(later.statement_id, nothing, false(), later.times).where(later.participant_id == me)
        )
    )


# Put together once: that takes longer than the asking.
_ALL_SAID = _all_said()


def all_said_by(participant_id: int | None) -> Said:
    """What a participant has said. Costs one query."""
    said = Said()
    if participant_id is not None:
        for statement_id, choice, is_important, times in db.session.execute(
            _ALL_SAID, {"participant_id": participant_id}
        ):
            if times:
                said.put_off[statement_id] = times
            else:
                said.votes[statement_id] = (choice, bool(is_important))
    return said


def next_turn(consultation: Consultation, said: Said, language: str, *, seed: int) -> Turn:
    """Draw the next statement for a participant. Asks the database nothing.

    What was put off once comes when nothing else is left; what was put off twice comes only by name.

    Args:
        said: what is not asked again.
        seed: the participant's own 64 bits; having said the same, they are shown the same card.

    """
    deck = deck_of(consultation)
    drawn = _draw(deck, said, language, seed)
    index = None if drawn is None else drawn.index
    return _turn(deck, said, language, index, drawn)


def turn_at(
    consultation: Consultation, said: Said, language: str, statement_id: int, *, seed: int
) -> Turn | None:
    """The card of one statement, asked for by name; None if it is not open to votes. Asks the database nothing."""
    deck = deck_of(consultation)
    index = deck.index_of(statement_id)
    return None if index is None else _turn(deck, said, language, index, _draw(deck, said, language, seed))


def turns_ahead(
    consultation: Consultation, said: Said, language: str, *, seed: int, after: int | None
) -> Iterator[tuple[int | None, Turn]]:
    """The turns that come if one card after the other is answered, each with the statement before it.

    Args:
        after: the statement that is answered first, before them now.

    """
    answered = Said(dict(said.votes), said.put_off)
    for _ahead in range(TURNS_AHEAD):
        if after is not None:
            answered.votes[after] = (Choice.PASS, False)
        turn = next_turn(consultation, answered, language, seed=seed)
        yield after, turn
        if turn.card is None:
            return
        after = turn.card.statement_id


def answered_cards(consultation: Consultation, participant_id: int, language: str) -> Sequence[AnsweredCard]:
    """Everything a participant has voted on that is still open to votes, the latest first."""
    deck = deck_of(consultation)
    votes = db.session.execute(
        select(Vote.statement_id, Vote.choice, Vote.is_important)
        .where(Vote.participant_id == participant_id)
        .order_by(Vote.id.desc())
    )
    return [
        AnsweredCard(deck.numbers[index], statement_id, deck.wording(index, language), choice, is_important)
        for statement_id, choice, is_important in votes
        if (index := deck.index_of(statement_id)) is not None
    ]


def choices_of(participant_id: int | None) -> dict[int, Choice]:
    """What a participant says on each statement, by statement id. Costs one query."""
    return {
        statement_id: Choice(choice)
        for statement_id, (choice, _) in all_said_by(participant_id).votes.items()
    }


def _draw(deck: Deck, said: Said, language: str, seed: int) -> NextStatement | None:
    weights, unanswered = deck.weights_for(language), ~deck.among(said.votes)
    fresh = unanswered & ~deck.among(said.put_off)
    back = unanswered & deck.among([statement for statement, times in said.put_off.items() if times == 1])
    return next_statement(deck.ids, weights, fresh, seed=seed) or next_statement(
        deck.ids, weights, back, seed=seed
    )


def _turn(deck: Deck, said: Said, language: str, index: int | None, drawn: NextStatement | None) -> Turn:
    card = None
    if index is not None:
        exposure = drawn.exposure if drawn and drawn.index == index else None
        card = _card(deck, said, language, index, exposure)
    unanswered = ~deck.among(said.votes)
    waiting = () if card else (unanswered & deck.among(said.put_off)).nonzero()[0].tolist()
    return Turn(
        card=card,
        voted=int((~unanswered).sum()),
        total=len(deck.ids),
        waiting=tuple(_card(deck, said, language, index, None) for index in waiting),
    )


def _card(deck: Deck, said: Said, language: str, index: int, exposure: float | None) -> Card:
    statement_id = int(deck.ids[index])
    choice, is_important = said.votes.get(statement_id, (None, False))
    return Card(
        statement_id=statement_id,
        number=deck.numbers[index],
        wording=deck.wording(index, language),
        exposure=exposure,
        choice=None if choice is None else Choice(choice),
        is_important=is_important,
        came_back=statement_id in said.put_off,
    )
