"""Amina asks for a second look, once, and somebody else than the first person answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.moderation.models import Verdict
from participation.statements.models import State
from tests.builders import move_closing
from tests.participation.moderation.conftest import PLAIN, Town

if TYPE_CHECKING:
    from flask import Flask

    from tests.people import Page, Staff

WORDS = "It is about letters, and letters are what is asked about."


@pytest.fixture
def rejected(town: Town) -> int:
    """Fatima has kept Amina's statement from the vote."""
    statement = town.writes()
    town.decides(town.fatima, statement, Verdict.REJECT, reason="off-topic")
    return statement


def appeals(town: Town, statement: int, words: str = WORDS) -> Page:
    return town.amina.sends(f"/c/{town.slug}/you/statements/{statement}/appeal", words=words)


def answers(town: Town, person: Staff, statement: int, outcome: str) -> Page:
    path = f"/desk/c/{town.slug}/statements/{statement}/appeal"
    return person.sends(path, outcome=outcome, answer="Letters belong to it.")


def test_somebody_else_finds_her_right(town: Town, rejected: int) -> None:
    assert "Ask for a second look" in town.yours().text
    assert "Please say why." in appeals(town, rejected, "").text
    assert "Somebody else looks at it again" in appeals(town, rejected).text
    assert "1 author asks for a second look." in town.queue(town.omar).text
    assert WORDS in town.omar.opens(f"/desk/c/{town.slug}/statements/{rejected}").text
    answers(town, town.omar, rejected, "overturned")
    assert town.statement(PLAIN).state is State.PUBLISHED
    page = town.yours()
    assert "You were right." in page.text
    assert "Letters belong to it." in page.text
    log = town.log().text
    assert "The author was right." in log
    assert WORDS not in log
    assert "asks for a second look" not in town.queue(town.omar).text


def test_the_first_decider_does_not_answer(town: Town, rejected: int) -> None:
    appeals(town, rejected)
    page = town.fatima.opens(f"/desk/c/{town.slug}/statements/{rejected}")
    assert "You decided about this statement yourself." in page.text
    assert answers(town, town.fatima, rejected, "upheld").status == 409
    assert "waits for the answer" in town.log().text


def test_whoever_runs_it_alone_answers_and_the_log_says_so(app: Flask) -> None:
    town = Town(app, alone=True)
    statement = town.writes()
    town.decides(town.fatima, statement, Verdict.REJECT, reason="off-topic")
    appeals(town, statement)
    page = town.fatima.opens(f"/desk/c/{town.slug}/statements/{statement}")
    assert "nobody else here could answer" in page.text
    answers(town, town.fatima, statement, "upheld")
    assert "The same person answered, because nobody else runs this consultation." in town.log().text


def test_one_second_look_and_one_answer(town: Town, rejected: int) -> None:
    appeals(town, rejected)
    assert "You have asked for a second look already." in appeals(town, rejected).text
    answers(town, town.omar, rejected, "upheld")
    assert "already answered" in answers(town, town.omar, rejected, "overturned").text
    assert town.statement(PLAIN).state is State.REJECTED
    assert "Ask for a second look" not in town.yours().text


def test_there_is_nothing_to_ask_about_what_waits_or_is_closed(town: Town) -> None:
    waiting = town.writes("The forms should be shorter.")
    assert "no decision against this statement" in appeals(town, waiting).text
    town.decides(town.fatima, waiting, Verdict.REJECT, reason="off-topic")
    with town.app.app_context():
        consultation = consultation_by_slug(town.slug)
        consultation.closes_at = consultation.opens_at.replace(year=consultation.opens_at.year + 1)
        db.session.commit()
    town.fatima.sends(f"/desk/c/{town.slug}/close")
    assert "not open" in appeals(town, waiting).text


def test_what_she_said_goes_with_her_and_what_came_of_it_stays(town: Town, rejected: int) -> None:
    appeals(town, rejected)
    assert WORDS in town.amina.opens(f"/c/{town.slug}/you/data").text
    town.amina.sends(f"/c/{town.slug}/you/erase", understood="y")
    assert WORDS not in town.omar.opens(f"/desk/c/{town.slug}/statements/{rejected}").text
    answers(town, town.omar, rejected, "upheld")
    assert "The decision stands." in town.log().text


def test_after_closing_she_can_still_be_right_and_everybody_reads_what_that_means(
    town: Town, rejected: int
) -> None:
    appeals(town, rejected)
    with town.app.app_context():
        move_closing(consultation_by_slug(town.slug), now())
    page = town.omar.opens(f"/desk/c/{town.slug}/statements/{rejected}")
    assert "nobody can vote on this statement any more, and the results stay as they are" in page.text
    assert "The author was right, though it is too late for votes" in page.text
    assert "Answered." in answers(town, town.omar, rejected, "overturned").text
    assert town.statement(PLAIN).state is State.REJECTED
    log = town.log().text
    assert "The author was right. " in log
    assert "nobody could vote on the statement any more, so it stands here" in log
    mine = town.yours().text
    assert "You were right." in mine
    assert "The public log shows it, and says that you were right." in mine


def test_words_that_were_thought_private_are_shown_once_she_is_right_too_late(town: Town) -> None:
    statement = town.writes()
    town.decides(town.fatima, statement, Verdict.REJECT, reason="personal-data")
    appeals(town, statement)
    with town.app.app_context():
        move_closing(consultation_by_slug(town.slug), now())
    assert PLAIN not in town.log().text
    answers(town, town.omar, statement, "overturned")
    assert PLAIN in town.log().text
