"""Fatima asks the people about themselves: in every language, with a reason, and only until somebody answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from deliberation.ballot import Choice
from participation.consultations.queries import consultation_by_slug
from participation.questions.queries import questions_of
from tests.builders import make_account, make_consultation, make_question
from tests.people import Citizen, Staff

if TYPE_CHECKING:
    from flask import Flask

AGE = {
    "en-text": "How old are you?",
    "en-reason": "To see whether young and old took part.",
    "en-choices": "Under 30\r\n\r\n30 or over",
    "fr-text": "Quel âge avez-vous ?",
    "fr-reason": "Pour voir qui participe.",
    "fr-choices": "Moins de 30 ans\r\n30 ans ou plus",
}


@pytest.fixture
def fatima(app: Flask) -> Staff:
    with app.app_context():
        account = make_account("Fatima")
        make_consultation(account, languages=("en", "fr"))
        email = account.email
    fatima = Staff(app)
    fatima.signs_in(email)
    return fatima


@pytest.fixture
def slug(fatima: Staff) -> str:
    link = fatima.opens("/desk").html.select_one("article h2 a")
    return str(link["href"]).rsplit("/", 1)[1]


def texts(app: Flask, slug: str, language: str) -> list[tuple[str, list[str]]]:
    with app.app_context():
        questions = questions_of(consultation_by_slug(slug).id)
        return [(each.texts[language].text, each.texts[language].choices) for each in questions]


def test_she_asks_in_both_languages(app: Flask, fatima: Staff, slug: str) -> None:
    page = fatima.sends(f"/desk/c/{slug}/questions", **AGE)
    assert "How old are you?" in page.text
    assert texts(app, slug, "en") == [("How old are you?", ["Under 30", "30 or over"])]
    assert texts(app, slug, "fr") == [("Quel âge avez-vous ?", ["Moins de 30 ans", "30 ans ou plus"])]
    amina = Citizen(app, "fr")
    amina.votes(slug, Choice.AGREE)
    assert "Moins de 30 ans" in amina.opens(f"/c/{slug}/about-you").text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"en-reason": ""}, "write this text too"),
        ({"fr-text": ""}, "write this text too"),
        ({"fr-choices": "Moins\nPlus\nAutre"}, "as many choices as in the main language"),
        ({"en-choices": "Only one", "fr-choices": "Un"}, "two to twelve choices"),
        ({"en-choices": "Same\nSame"}, "stands there twice"),
        ({"en-choices": f"{'x' * 81}\nShort"}, "longer than 80 characters"),
    ],
)
def test_a_mistake_is_explained_and_nothing_is_lost(
    app: Flask, fatima: Staff, slug: str, change: dict[str, str], words: str
) -> None:
    sent = {**AGE, **change}
    page = fatima.sends(f"/desk/c/{slug}/questions", **sent)
    assert words in page.text
    assert texts(app, slug, "en") == []
    assert page.field("en-choices").split() == sent["en-choices"].split()
    assert page.field("en-text") == sent["en-text"]


def test_she_starts_from_a_ready_made_one(fatima: Staff, slug: str) -> None:
    page = fatima.opens(f"/desk/c/{slug}/questions?start=age")
    assert "18 to 29" in page.field("en-choices")
    assert len(page.field("fr-choices").splitlines()) == len(page.field("en-choices").splitlines())


def test_once_somebody_answered_nothing_changes(app: Flask, fatima: Staff, slug: str) -> None:
    fatima.sends(f"/desk/c/{slug}/questions", **AGE)
    amina = Citizen(app)
    amina.votes(slug, Choice.AGREE)
    amina.says_of_herself(slug, question_1=1)
    page = fatima.opens(f"/desk/c/{slug}/questions")
    assert "settled" in page.text
    assert not page.html.select("textarea, .button--danger")
    assert fatima.sends(f"/desk/c/{slug}/questions", **AGE).status == 409
    assert fatima.sends(f"/desk/c/{slug}/questions/1/remove").status == 409
    assert len(texts(app, slug, "en")) == 1


def test_she_removes_one_and_a_second_click_does_no_harm(app: Flask, fatima: Staff, slug: str) -> None:
    fatima.sends(f"/desk/c/{slug}/questions", **AGE)
    for _click in range(2):
        assert "removed" in fatima.sends(f"/desk/c/{slug}/questions/1/remove").text
    assert texts(app, slug, "en") == []


def test_five_are_the_most(app: Flask, fatima: Staff, slug: str) -> None:
    with app.app_context():
        for number in range(5):
            make_question(consultation_by_slug(slug), f"Question {number}?")
    assert "Five questions are the most" in fatima.opens(f"/desk/c/{slug}/questions").text
    assert fatima.sends(f"/desk/c/{slug}/questions", **AGE).status == 409


def test_a_stranger_asks_nothing(app: Flask, slug: str) -> None:
    with app.app_context():
        email = make_account("Stranger").email
    stranger = Staff(app)
    stranger.signs_in(email)
    assert stranger.opens(f"/desk/c/{slug}/questions").status == 403
    assert stranger.sends(f"/desk/c/{slug}/questions", **AGE).status == 403
