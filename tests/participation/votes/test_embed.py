"""A newspaper shows the question in a frame. Nobody is known there, and nothing is cast there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask_babel import force_locale, gettext
from sqlalchemy import func, select

from deliberation.ballot import Choice
from participation.consultations.models import Participant
from participation.consultations.translations import translate_texts
from participation.database import db, now
from participation.statements.queries import statements_of
from participation.statements.translations import add_translation
from participation.votes.models import Vote
from tests.builders import make_consultation, move_closing
from tests.people import Citizen, Page, statement_on

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture
def slug(app: Flask) -> str:
    with app.app_context():
        return make_consultation().slug


def in_a_frame(app: Flask, slug: str, query: str = "") -> Page:
    return Page(app.test_client().get(f"/en/c/{slug}/embed{query}"))


def test_it_may_be_framed_and_nothing_else_may(app: Flask, slug: str) -> None:
    framed = in_a_frame(app, slug).headers
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    for path in ("", "/vote", "/votes"):
        own = Citizen(app).opens(f"/c/{slug}{path}").headers
        assert "frame-ancestors 'none'" in own["Content-Security-Policy"]
        assert own["X-Frame-Options"].lower() == "deny"


def test_it_sets_no_cookie_and_sends_nothing(app: Flask, slug: str) -> None:
    page = in_a_frame(app, slug)
    assert "Set-Cookie" not in page.headers
    assert not page.html.select("form, script, input")
    assert {link["target"] for link in page.html.select("a.vote")} == {"_blank"}


def test_an_answer_is_prepared_and_counts_only_once_it_is_confirmed(app: Flask, slug: str) -> None:
    page, amina = in_a_frame(app, slug), Citizen(app)
    disagree = page.html.find("a", class_="vote", string=None, href=lambda href: href.endswith("choice=-1"))
    vote = amina.opens(disagree["href"].removeprefix("/en"))
    assert statement_on(vote) == statement_on(page)
    assert "You chose “Disagree”" in vote.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Vote)) == 0
    button = vote.html.find("button", string="Confirm: Disagree")
    amina.sends(f"/c/{slug}/votes", statement=vote.hidden("statement"), choice=button["value"])
    with app.app_context():
        assert db.session.scalars(select(Vote.choice)).all() == [Choice.DISAGREE]


def test_who_votes_already_stays_one_person(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    amina.votes(slug, Choice.AGREE)
    link = in_a_frame(app, slug).html.select_one("a.vote")["href"].removeprefix("/en")
    vote = amina.opens(link)
    amina.sends(f"/c/{slug}/votes", statement=vote.hidden("statement"), choice=0)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Participant)) == 1


def test_another_statement_is_another_one(app: Flask, slug: str) -> None:
    page = in_a_frame(app, slug)
    link = page.html.find("a", string="Another statement")["href"]
    for _look in range(10):
        assert statement_on(Page(app.test_client().get(link))) != statement_on(page)


@pytest.mark.parametrize("nonsense", ["choice=7", "choice=x", "choice="])
def test_an_address_that_prepares_nothing_shows_a_plain_card(app: Flask, slug: str, nonsense: str) -> None:
    statement = Citizen(app).sees_card(slug).hidden("statement")
    page = Citizen(app).opens(f"/c/{slug}/vote?statement={statement}&{nonsense}")
    assert page.status == 200
    assert "You chose" not in page.text


def test_after_closing_the_frame_leads_to_what_came_of_it(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation()
        move_closing(consultation, now())
        slug = consultation.slug
    page = in_a_frame(app, slug)
    assert not page.html.select(".vote")
    assert "It is closed" in page.text


def test_a_machines_words_are_labelled_in_the_frame_too(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation(seeds=("A person should decide.",))
        (statement,) = statements_of(consultation.id)
        add_translation(consultation, statement, "fr", "Une personne doit décider.", by=None)
        words = consultation.texts["en"].words() | {"question": "Un modèle ?"}
        translate_texts(consultation, "fr", words, by=None)
        slug = consultation.slug
    page = Page(app.test_client().get(f"/fr/c/{slug}/embed"))
    with app.test_request_context("/fr/"), force_locale("fr"):
        sentences = [
            "Translated by machine, not checked.",
            "A machine translated this question. No person has checked it yet.",
        ]
        assert all(gettext(sentence) in page.text for sentence in sentences)
    with app.app_context():
        assert "Translated by machine" not in in_a_frame(app, slug).text
