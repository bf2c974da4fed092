"""Fatima and Omar share a queue: filtered, the oldest first, and never both at the same statement."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from participation.database import db, now
from participation.moderation.models import Decision, Hold, Verdict
from participation.moderation.signals import Signal, signals_in
from participation.statements.models import State, Statement

if TYPE_CHECKING:
    from tests.participation.moderation.conftest import Town


@pytest.mark.parametrize(
    ("text", "signals"),
    [
        ("The city should publish every mistake that the model makes.", []),
        ("See www.buy.example for the whole truth.", [Signal.LINK]),
        ("Write to fatima@city.example about all of this.", [Signal.PERSONAL_DATA]),
        ("Call 020 7946 0958 about all of this.", [Signal.PERSONAL_DATA]),
        ("Stop the \u0441ity from using the model.", [Signal.MIXED_SCRIPTS]),
        ("The model is called Клара and it works.", []),
        ("Stop the model now!!!!!!", [Signal.REPEATED]),
        ("Stop it now stop it now stop it now", [Signal.REPEATED]),
        ("Who pays for all of this?", [Signal.QUESTION]),
        ("No way.", [Signal.SHORT]),
    ],
)
def test_what_is_noticed_about_a_text(text: str, signals: list[Signal]) -> None:
    assert signals_in(text, "en") == signals


def test_the_oldest_stands_first_with_its_age(town: Town) -> None:
    first = town.writes("The letters should be plain.")
    town.writes("The forms should be shorter.")
    with town.app.app_context():
        db.session.execute(
            update(Statement).where(Statement.id == first).values(written_at=now() + timedelta(hours=1))
        )
        db.session.commit()
    assert town.numbers(town.queue(town.fatima)) == ["5", "4"]


def test_the_queue_is_filtered_by_state_language_and_signal(town: Town) -> None:
    town.writes("The letters should be plain.")
    town.writes("Les lettres doivent être simples et courtes.", "fr")
    town.writes("See www.buy.example for the whole truth.")
    town.decides(town.fatima, town.writes("Who pays for it?"), Verdict.REJECT, reason="question")
    assert town.numbers(town.queue(town.fatima)) == ["4", "5", "6"]
    assert town.numbers(town.queue(town.fatima, "?language=fr")) == ["5"]
    assert town.numbers(town.queue(town.fatima, "?signal=link")) == ["6"]
    assert town.numbers(town.queue(town.fatima, "?state=rejected")) == ["7"]
    assert town.numbers(town.queue(town.fatima, "?state=nonsense&signal=nonsense&page=99")) == ["4", "5", "6"]


def test_what_nearly_says_the_same_stands_with_it(town: Town) -> None:
    town.writes("Errors should be published!")
    page = town.queue(town.fatima)
    assert "Close as a duplicate of 2" in page.text


def test_two_people_never_take_the_same(town: Town) -> None:
    town.writes("The letters should be plain.")
    town.writes("The forms should be shorter.")
    path = f"/desk/c/{town.slug}/statements/take"
    assert town.numbers(town.fatima.sends(path)) == ["4", "5"]
    assert "Nothing is left to take" in town.omar.sends(path).text
    assert "Fatima (Facilitator) has been reading it since" in town.queue(town.omar).text
    town.writes("The desk should be open on Sundays.")
    assert town.numbers(town.omar.sends(path)) == ["6"]


def test_what_somebody_else_is_reading_is_not_decided_meanwhile(town: Town) -> None:
    statement = town.writes()
    town.fatima.sends(f"/desk/c/{town.slug}/statements/take")
    page = town.decides(town.omar, statement, Verdict.ACCEPT)
    assert "Somebody else is reading this statement" in page.text
    town.decides(town.fatima, statement, Verdict.ACCEPT)
    assert town.statement("The letters should be plain.").state is State.PUBLISHED


def test_after_a_quarter_of_an_hour_or_when_given_back_it_is_free_again(town: Town) -> None:
    town.writes("The letters should be plain.")
    take, give_back = (f"/desk/c/{town.slug}/statements/{deed}" for deed in ("take", "give-back"))
    town.fatima.sends(take)
    with town.app.app_context():
        db.session.execute(update(Hold).values(held_since=now() - timedelta(minutes=16)))
        db.session.commit()
    assert town.numbers(town.omar.sends(take)) == ["4"]
    town.omar.sends(give_back)
    assert town.numbers(town.fatima.sends(take)) == ["4"]


def test_several_are_decided_at_once_with_one_reason(town: Town) -> None:
    texts = ("Buy the better model.", "Buy the cheaper model.", "The letters should be plain.")
    first, second, third = (town.writes(text) for text in texts)
    path = f"/desk/c/{town.slug}/statements/several"
    page = town.fatima.sends(path, ticked=[f"{first}-", f"{second}-"], verdict="reject")
    assert "choose the reason" in page.text
    page = town.fatima.sends(path, ticked=[f"{first}-", f"{second}-"], verdict="reject", reason="off-topic")
    assert "2 decided." in page.text
    assert town.numbers(page) == ["6"]
    page = town.fatima.sends(path, ticked=[f"{second}-", f"{third}-", "nonsense"], verdict="accept")
    assert "Number 5: Someone has already decided" in page.text
    assert "1 decided." in page.text
    assert "Please tick" in town.fatima.sends(path, verdict="accept").text
    with town.app.app_context():
        assert len(db.session.scalars(select(Decision)).all()) == 3


def test_a_key_gets_a_short_answer(town: Town) -> None:
    path = f"/en/desk/c/{town.slug}/statements/{town.writes()}"
    sent = {"csrf_token": town.fatima.token(), "verdict": "reject", "reason": "question"}
    answers = [
        town.fatima.client.post(path, data=sent, headers={"X-Card": "1"}) for _press in ("first", "second")
    ]
    assert [answer.status_code for answer in answers] == [200, 409]
    assert "Not published" in answers[0].text
    assert "already decided" in answers[1].text
    assert "<html" not in answers[0].text + answers[1].text
