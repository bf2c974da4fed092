"""Two tabs, late arrivals, strange cookies and the Back button: something is said, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from deliberation.ballot import Choice
from participation.consultations.actions import close_consultation
from participation.consultations.queries import consultation_by_slug
from participation.database import db
from participation.votes.models import Vote
from tests.builders import make_consultation
from tests.people import Citizen, Page, statement_on

if TYPE_CHECKING:
    from flask import Flask

BALLOT = "00112233445566778899aabbccddeeff"


@pytest.fixture
def slug(app: Flask) -> str:
    with app.app_context():
        return make_consultation().slug


def choices(app: Flask) -> list[Choice]:
    with app.app_context():
        return list(db.session.scalars(select(Vote.choice).order_by(Vote.id)))


def by_script(someone: Citizen, path: str, **fields: object) -> BeautifulSoup:
    """What the script sends, and the card that it gets."""
    sent = {"csrf_token": someone.token(), **fields}
    answer = someone.client.post(f"/en{path}", data=sent, headers={"X-Card": "1"})
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "html.parser")


@pytest.mark.parametrize("cookie", ["forged", "cut", "elsewhere"])
def test_a_cookie_that_leads_to_nobody_is_explained_once(app: Flask, slug: str, cookie: str) -> None:
    amina = Citizen(app)
    amina.votes(slug, Choice.AGREE)
    with app.app_context():
        here, other = consultation_by_slug(slug).id, make_consultation()
    name = f"participant-{here}"
    value = amina.client.get_cookie(name).value
    if cookie == "elsewhere":
        amina.sees_card(other.slug)
        value = amina.client.get_cookie(f"participant-{other.id}").value
    amina.client.set_cookie(name, {"forged": value[:-2] + "xx", "cut": value[:9]}.get(cookie, value))
    assert "you start anew" in amina.sees_card(slug).text
    assert "you start anew" not in amina.sees_card(slug).text
    assert choices(app) == [Choice.AGREE]


def test_a_newcomer_is_not_told_of_a_cookie_that_they_never_had(app: Flask, slug: str) -> None:
    assert "you start anew" not in Citizen(app).sees_card(slug).text


def test_the_address_of_each_card_names_it_so_that_back_finds_it_with_its_answer(
    app: Flask, slug: str
) -> None:
    amina = Citizen(app)
    amina.votes(slug, Choice.PASS)
    card = amina.sees_card(slug)
    sent = {"csrf_token": amina.token(), "statement": card.hidden("statement"), "choice": "-1"}
    answer = amina.client.post(f"/en/c/{slug}/votes", data=sent)
    former = f"/c/{slug}/vote?statement={card.hidden('statement')}"
    assert "statement=" in answer.headers["Location"]
    back = amina.opens(former)
    assert statement_on(back) == statement_on(card)
    assert back.html.select_one(".vote[aria-pressed=true]").get_text(strip=True) == "Disagree"
    assert "Take back this answer" in back.text


def test_a_card_that_its_address_names_is_still_a_drawn_one(app: Flask, slug: str) -> None:
    """Without script every card comes by a redirect; its exposure must not be lost on the way."""
    amina = Citizen(app)
    page = amina.votes(slug, Choice.AGREE)
    assert page.hidden("exposure")
    amina.sends(
        f"/c/{slug}/votes", choice=1, statement=page.hidden("statement"), exposure=page.hidden("exposure")
    )
    with app.app_context():
        assert all(db.session.scalars(select(Vote.exposure)))


def test_undo_says_what_was_undone(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    undone = amina.votes(slug, Choice.DISAGREE).html.select_one("form[action$=undo] [name=statement]")[
        "value"
    ]
    page = amina.sends(f"/c/{slug}/votes/undo", statement=undone)
    assert "Taken back: Disagree." in page.html.select_one("[role=status].notice").get_text()
    again = amina.sends(f"/c/{slug}/votes/undo", statement=undone)
    assert "Taken back" not in again.text


def test_the_script_hears_what_was_undone_too(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    statement = amina.sees_card(slug).hidden("statement")
    by_script(amina, f"/c/{slug}/votes", statement=statement, choice=1, ballot=BALLOT)
    card = by_script(amina, f"/c/{slug}/votes/undo", statement=statement, ballot=BALLOT)
    assert "Taken back: Agree." in card.select_one("[data-status]")["data-status"]
    assert card.select_one("[name=statement]")["value"] == statement
    assert choices(app) == []


def test_a_repeated_sending_changes_nothing_and_the_card_goes_on(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    statement = amina.sees_card(slug).hidden("statement")
    sent = {"statement": statement, "choice": 1, "ballot": BALLOT}
    by_script(amina, f"/c/{slug}/votes", **sent)
    amina.votes(slug, Choice.PASS, int(statement))
    card = by_script(amina, f"/c/{slug}/votes", **sent)
    assert card.select_one("[name=statement]")["value"] != statement
    assert choices(app) == [Choice.PASS]


def test_what_is_no_ballot_costs_nobody_a_vote(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    statement = amina.sees_card(slug).hidden("statement")
    for nonsense in ("", "zz", "00", "ü" * 32):
        by_script(amina, f"/c/{slug}/votes", statement=statement, choice=1, ballot=nonsense)
    assert choices(app) == [Choice.AGREE]


def test_a_vote_that_was_kept_until_after_closing_is_refused_in_words(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    amina.votes(slug, Choice.AGREE)
    sent = {"csrf_token": amina.token(), "statement": amina.sees_card(slug).hidden("statement"), "choice": 1}
    with app.app_context():
        close_consultation(consultation_by_slug(slug))
    for path in ("votes", "votes/later", "votes/undo"):
        page = Page(amina.client.post(f"/en/c/{slug}/{path}", data=sent, headers={"X-Card": "1"}))
        assert page.status == 409
        assert "not open" in page.html.h1.get_text()
    assert choices(app) == [Choice.AGREE]


def test_later_works_without_script_and_says_what_waits(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    texts = set()
    for _round in range(2):
        for _statement in range(3):
            card = amina.sees_card(slug)
            texts.add(statement_on(card))
            later = card.html.select_one("button[formaction]")
            again = {"again": "1"} if card.html.select_one("[name=again]") else {}
            page = amina.sends(
                later["formaction"].removeprefix("/en"), statement=card.hidden("statement"), **again
            )
    assert "3 statements that you kept for later wait" in page.text
    waiting = page.html.select("[data-card] a")
    assert {link.get_text(strip=True) for link in waiting} == texts
    card = amina.opens(waiting[0]["href"].removeprefix("/en"))
    assert statement_on(card) == waiting[0].get_text(strip=True)
    assert choices(app) == []


def test_what_matters_is_ticked_on_the_card_and_changed_among_her_votes(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    statement = amina.sees_card(slug).hidden("statement")
    amina.sends(f"/c/{slug}/votes", statement=statement, choice=1, important=1)
    toggle = amina.opens(f"/c/{slug}/votes").html.select_one("button[name=important]")
    assert toggle["aria-pressed"] == "true"
    fields = {field["name"]: field["value"] for field in toggle.find_parent("form").select("input")}
    page = amina.sends(f"/c/{slug}/votes", **fields, important=toggle["value"])
    assert page.html.select_one("button[name=important]")["aria-pressed"] == "false"
    assert choices(app) == [Choice.AGREE]


def test_changing_an_answer_among_her_votes_keeps_what_matters(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    amina.sends(
        f"/c/{slug}/votes", statement=amina.sees_card(slug).hidden("statement"), choice=1, important=1
    )
    form = amina.opens(f"/c/{slug}/votes").html.select_one("li form")
    fields = {field["name"]: field["value"] for field in form.select("input")}
    page = amina.sends(f"/c/{slug}/votes", **fields, choice=-1)
    assert page.html.select_one("button[name=important]")["aria-pressed"] == "true"
    assert choices(app) == [Choice.DISAGREE]


def test_the_cards_fetched_ahead_are_those_that_come(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    card = amina.sees_card(slug)
    answer = amina.client.get(f"/en/c/{slug}/vote/ahead?statement={card.hidden('statement')}")
    foretold = [
        turn.select_one("[data-card] [name=statement]")
        for turn in BeautifulSoup(answer.text, "html.parser").select("template")
    ]
    came = []
    for _statement in range(2):
        amina.votes(slug, Choice.AGREE)
        came.append(amina.sees_card(slug).hidden("statement"))
    assert [field and field["value"] for field in foretold] == [*came, None]
