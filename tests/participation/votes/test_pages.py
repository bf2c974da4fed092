"""Amina votes in her browser; Bakari forges what he sends."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, func, select

from deliberation.ballot import Choice
from participation.consultations.models import HeldCredential, Participant
from participation.database import db
from participation.votes.models import Vote
from tests.builders import make_consultation
from tests.people import Citizen, Page, statement_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from participation.consultations.models import Consultation


@pytest.fixture
def consultation(app: Flask) -> Consultation:
    with app.app_context():
        return make_consultation()


def count_votes(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Vote))


@contextmanager
def count_sql(app: Flask) -> Iterator[list[str]]:
    """The SQL that is sent while this runs, transaction control left out."""
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_amina_votes_on_everything_and_is_thanked(app: Flask, consultation: Consultation) -> None:
    amina = Citizen(app)
    seen = set()
    for _statement in range(3):
        seen.add(statement_on(amina.sees_card(consultation.slug)))
        page = amina.votes(consultation.slug, Choice.AGREE)
    assert len(seen) == 3
    assert "voted on every statement" in page.text
    assert count_votes(app) == 3


def test_the_card_stays_the_same_when_the_page_is_loaded_again(
    app: Flask, consultation: Consultation
) -> None:
    amina = Citizen(app)
    assert len({statement_on(amina.sees_card(consultation.slug)) for _time in range(5)}) == 1


def test_her_participation_survives_closing_the_browser(app: Flask, consultation: Consultation) -> None:
    amina = Citizen(app)
    amina.votes(consultation.slug, Choice.AGREE)
    amina.client.delete_cookie("session")
    assert "1 of 3" in amina.sees_card(consultation.slug).text


def test_the_database_holds_only_a_hash_of_her_secret(app: Flask, consultation: Consultation) -> None:
    amina = Citizen(app)
    amina.votes(consultation.slug, Choice.AGREE)
    cookie = amina.client.get_cookie(f"participant-{consultation.id}").value
    with app.app_context():
        stored = db.session.scalars(select(HeldCredential.secret_hash)).one()
    assert len(bytes(stored)) == 32
    assert bytes(stored).hex() not in cookie


def test_a_forged_cookie_makes_a_new_participant_not_an_old_one(
    app: Flask, consultation: Consultation
) -> None:
    amina, bakari = Citizen(app), Citizen(app)
    amina.votes(consultation.slug, Choice.AGREE)
    name = f"participant-{consultation.id}"
    value = amina.client.get_cookie(name).value
    bakari.client.set_cookie(name, value[:-2] + "xx")
    assert "0 of 3" in bakari.sees_card(consultation.slug).text


def test_a_cookie_of_another_consultation_is_not_taken(app: Flask, consultation: Consultation) -> None:
    with app.app_context():
        other = make_consultation()
    amina = Citizen(app)
    amina.votes(consultation.slug, Choice.AGREE)
    value = amina.client.get_cookie(f"participant-{consultation.id}").value
    amina.client.set_cookie(f"participant-{other.id}", value)
    amina.votes(other.slug, Choice.AGREE)
    assert amina.client.get_cookie(f"participant-{other.id}").value != value


def test_undo_shows_the_statement_again(app: Flask, consultation: Consultation) -> None:
    amina = Citizen(app)
    before = statement_on(amina.sees_card(consultation.slug))
    undo = amina.votes(consultation.slug, Choice.AGREE).html.select_one("form[action$='/votes/undo']")
    statement = undo.select_one("input[name=statement]")["value"]
    after = amina.sends(f"/c/{consultation.slug}/votes/undo", statement=statement)
    assert statement_on(after) == before
    assert count_votes(app) == 0


def test_she_changes_an_earlier_vote_on_the_page_of_her_votes(app: Flask, consultation: Consultation) -> None:
    amina = Citizen(app)
    amina.votes(consultation.slug, Choice.AGREE)
    statement = amina.opens(f"/c/{consultation.slug}/votes").hidden("statement")
    page = amina.sends(f"/c/{consultation.slug}/votes", statement=statement, choice=-1, **{"from": "yours"})
    pressed = page.html.select_one("button[aria-pressed=true]")
    assert pressed.get_text(strip=True) == "Disagree"
    assert "is changed" in page.text


def test_the_script_gets_the_next_card_alone(app: Flask, consultation: Consultation) -> None:
    amina = Citizen(app)
    card = amina.sees_card(consultation.slug)
    answer = amina.client.post(
        f"/en/c/{consultation.slug}/votes",
        data={"csrf_token": amina.token(), "statement": card.hidden("statement"), "choice": "1"},
        headers={"X-Card": "1"},
    )
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "data-card" in answer.text


NO_VOTES = [
    {"statement": "1"},
    {"choice": "1"},
    {"statement": "1", "choice": "2"},
    {"statement": "x", "choice": "1"},
]


@pytest.mark.parametrize("sent", NO_VOTES)
def test_a_vote_that_is_none_is_refused(app: Flask, consultation: Consultation, sent: dict[str, str]) -> None:
    page = Citizen(app).sends(f"/c/{consultation.slug}/votes", **sent)
    assert page.status == 400
    assert count_votes(app) == 0


def test_a_statement_that_does_not_exist_is_refused_with_words(
    app: Flask, consultation: Consultation
) -> None:
    page = Citizen(app).sends(f"/c/{consultation.slug}/votes", statement=999_999, choice=1)
    assert page.status == 409
    assert "not open to votes" in page.text


def test_without_a_form_token_nothing_counts_and_the_page_offers_to_send_again(
    app: Flask, consultation: Consultation
) -> None:
    amina = Citizen(app)
    statement = amina.sees_card(consultation.slug).hidden("statement")
    page = Page(
        amina.client.post(f"/en/c/{consultation.slug}/votes", data={"statement": statement, "choice": "1"})
    )
    assert page.status == 400
    assert "once more" in page.text
    assert count_votes(app) == 0
    again = {
        "csrf_token": page.hidden("csrf_token"),
        "statement": page.hidden("statement"),
        "choice": page.hidden("choice"),
    }
    assert amina.client.post(f"/en/c/{consultation.slug}/votes", data=again).status_code == 302
    assert count_votes(app) == 1


def test_the_exposure_a_card_was_shown_with_is_kept_and_a_forged_one_is_not(
    app: Flask, consultation: Consultation
) -> None:
    amina = Citizen(app)
    amina.votes(consultation.slug, Choice.AGREE)
    statement = amina.sees_card(consultation.slug).hidden("statement")
    amina.sends(f"/c/{consultation.slug}/votes", statement=statement, choice=1, exposure="WzEsMC45XQ.forged")
    with app.app_context():
        first, second = db.session.scalars(select(Vote.exposure).order_by(Vote.id))
    assert 0 < first <= 1
    assert second is None


def test_one_vote_takes_at_most_four_sql_statements(app: Flask, consultation: Consultation) -> None:
    amina = Citizen(app)
    amina.votes(consultation.slug, Choice.AGREE)
    page, token = amina.sees_card(consultation.slug), amina.token()
    sent = {"csrf_token": token, "statement": page.hidden("statement"), "choice": "1"}
    with count_sql(app) as seen:
        amina.client.post(f"/en/c/{consultation.slug}/votes", data=sent, headers={"X-Card": "1"})
    assert len(seen) <= 4, seen
    with count_sql(app) as seen:
        amina.client.get(f"/en/c/{consultation.slug}/vote")
    assert len(seen) <= 4, seen


def test_a_newcomers_first_vote_takes_at_most_five_sql_statements(
    app: Flask, consultation: Consultation
) -> None:
    Citizen(app).votes(consultation.slug, Choice.AGREE)
    amina = Citizen(app)
    page, token = amina.sees_card(consultation.slug), amina.token()
    sent = {"csrf_token": token, "statement": page.hidden("statement"), "choice": "1"}
    with count_sql(app) as seen:
        amina.client.post(f"/en/c/{consultation.slug}/votes", data=sent, headers={"X-Card": "1"})
    assert len(seen) <= 5, seen


def test_sixteen_newcomers_at_once_all_count(app: Flask, consultation: Consultation) -> None:
    """Each has a browser and a card; then all press at the same moment, twice as people do."""
    crowd = [Citizen(app) for _person in range(16)]
    cards = [(person, person.sees_card(consultation.slug), person.token()) for person in crowd]

    def press(card: tuple[Citizen, Page, str]) -> list[int]:
        person, page, token = card
        sent = {"csrf_token": token, "statement": page.hidden("statement"), "choice": "1"}
        path = f"/en/c/{consultation.slug}/votes"
        return [
            person.client.post(path, data=sent, headers={"X-Card": "1"}).status_code for _press in range(2)
        ]

    with ThreadPoolExecutor(16) as together:
        answers = list(together.map(press, cards))
    assert answers == [[200, 200]] * 16
    assert count_votes(app) == 16


def test_a_double_click_on_the_very_first_vote_makes_one_participant(
    app: Flask, consultation: Consultation
) -> None:
    amina = Citizen(app)
    page, token = amina.sees_card(consultation.slug), amina.token()
    sent = {"csrf_token": token, "statement": page.hidden("statement"), "choice": "1"}
    cookies = {
        name: amina.client.get_cookie(name).value for name in ("session", f"participant-{consultation.id}")
    }

    def click(_time: int) -> int:
        browser = app.test_client()
        for name, value in cookies.items():
            browser.set_cookie(name, value)
        return browser.post(f"/en/c/{consultation.slug}/votes", data=sent).status_code

    with ThreadPoolExecutor(4) as together:
        assert set(together.map(click, range(4))) == {302}
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Participant)) == 1
    assert count_votes(app) == 1


def test_a_stranger_cannot_make_her_browser_vote(app: Flask, consultation: Consultation) -> None:
    """A form on another site gets no page that would send it again at one press."""
    amina = Citizen(app)
    statement = amina.sees_card(consultation.slug).hidden("statement")
    for sign in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        answer = Page(
            amina.client.post(
                f"/en/c/{consultation.slug}/votes", data={"statement": statement, "choice": "1"}, headers=sign
            )
        )
        assert answer.status == 400
        assert not answer.html.select("main form")


def test_a_draft_does_not_exist_for_the_public(app: Flask) -> None:
    with app.app_context():
        draft = make_consultation(published=False)
    amina = Citizen(app)
    for path in ("", "/vote", "/votes", "/opinions", "/outcome", "/statements/new"):
        assert amina.opens(f"/c/{draft.slug}{path}").status == 404
