"""Amina says "later" to a statement. It is no answer, and it comes back when the others are done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from deliberation.ballot import Choice
from participation.consultations.actions import ConsultationNotOpenError
from participation.database import db
from participation.statements.queries import statements_of
from participation.votes.actions import StatementNotOpenToVotesError, cast_vote, put_off
from participation.votes.models import Vote
from participation.votes.queries import Turn, all_said_by, next_turn
from tests.builders import make_consultation, make_participant

pytestmark = pytest.mark.usefixtures("context")


class Amina:
    """Before the cards of a consultation with three statements."""

    def __init__(self) -> None:
        self.consultation = make_consultation()
        self.id = make_participant(self.consultation).id

    def turn(self) -> Turn:
        return next_turn(self.consultation, all_said_by(self.id), "en", seed=7)

    def sees(self) -> int | None:
        card = self.turn().card
        return card and card.statement_id

    def says_later(self) -> int:
        turn = self.turn()
        put_off(self.consultation, self.id, turn.card.statement_id, again=turn.card.came_back)
        return turn.card.statement_id

    def agrees(self) -> int:
        statement = self.sees()
        cast_vote(self.consultation, self.id, statement, Choice.AGREE)
        return statement


def test_it_comes_back_when_the_others_are_done() -> None:
    amina = Amina()
    later = amina.says_later()
    assert later not in {amina.agrees(), amina.agrees()}
    assert amina.sees() == later
    assert amina.turn().card.came_back
    amina.agrees()
    assert (amina.sees(), amina.turn().waiting) == (None, ())


def test_it_is_no_answer() -> None:
    amina = Amina()
    amina.says_later()
    assert amina.turn().voted == 0
    assert db.session.scalar(select(func.count()).select_from(Vote)) == 0


def test_put_off_twice_it_waits_at_the_end_until_she_asks_for_it() -> None:
    """Nobody is led round in a circle."""
    amina = Amina()
    for _statement in range(3):
        amina.says_later()
    again = {amina.says_later() for _statement in range(3)}
    assert amina.sees() is None
    assert {card.statement_id for card in amina.turn().waiting} == again
    cast_vote(amina.consultation, amina.id, again.pop(), Choice.PASS)
    assert len(amina.turn().waiting) == 2


def test_a_double_click_puts_off_once() -> None:
    amina = Amina()
    statement = amina.sees()
    for _click in range(2):
        put_off(amina.consultation, amina.id, statement, again=False)
    assert all_said_by(amina.id).put_off == {statement: 1}


def test_only_what_is_open_can_be_put_off() -> None:
    amina, elsewhere = Amina(), make_consultation(opens_in=timedelta(days=1))
    foreign = statements_of(elsewhere.id)[0].id
    with pytest.raises(StatementNotOpenToVotesError):
        put_off(amina.consultation, amina.id, foreign, again=False)
    with pytest.raises(ConsultationNotOpenError):
        put_off(elsewhere, make_participant(elsewhere).id, foreign, again=False)
