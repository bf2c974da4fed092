"""Forms that lay open too long, impatient fingers, two tabs, and votes that come too late."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from participation.consultations.actions import close_consultation
from participation.consultations.queries import consultation_by_slug
from participation.database import db
from participation.votes.models import Vote
from tests.browser import accessibility_faults
from tests.builders import make_consultation
from tests.journeys.citizen import Citizen

if TYPE_CHECKING:
    from flask import Flask
    from playwright.sync_api import Route

    from tests.journeys.conftest import Arrival

TEXT = "Case workers must be trained first, by people who know the model."
NOT_OPEN = "This consultation is not open: votes and statements cannot be given or changed now."


@pytest.fixture
def slug(town: Flask) -> str:
    with town.app_context():
        return make_consultation().slug


@pytest.fixture
def amina(slug: str, citizen: Citizen) -> Citizen:
    """She stands before the first card."""
    citizen.opens(f"/c/{slug}/vote")
    return citizen


def count_votes(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Vote)) or 0


def close(app: Flask, slug: str) -> None:
    with app.app_context():
        close_consultation(consultation_by_slug(slug))


def test_a_statement_survives_a_form_that_has_expired(amina: Citizen) -> None:
    amina.follows("Add a statement")
    amina.fills("Your statement", TEXT)
    forget_the_session(amina)
    amina.presses("Send", may_complain="a status of 400")
    amina.is_at("Please send this once more")
    expect(amina.page.get_by_label("What you wrote")).to_have_value(TEXT)
    assert not accessibility_faults(amina.page)
    amina.presses("Send again")
    amina.is_at("Your contributions")
    amina.sees(TEXT)


def test_a_vote_with_an_expired_form_is_explained_and_counts_when_sent_again(
    amina: Citizen, town: Flask
) -> None:
    forget_the_session(amina)
    amina.presses("Agree", may_complain="a status of 400")
    amina.is_at("Please send this once more")
    assert count_votes(town) == 0
    amina.presses("Send again")
    amina.has_voted_on(1, 3)
    assert count_votes(town) == 1


def test_a_double_click_counts_once_and_skips_no_statement(amina: Citizen, town: Flask) -> None:
    amina.votes_with_a_double_click("Agree")
    amina.has_voted_on(1, 3)
    assert count_votes(town) == 1


def test_a_slow_double_click_does_not_vote_on_the_next_statement(amina: Citizen, town: Flask) -> None:
    """The second click of a double click lands where the next card's button is by now."""
    amina.votes("Agree")
    amina.finishes_the_double_click_on("Agree")
    amina.page.reload()
    amina.has_voted_on(1, 3)
    assert count_votes(town) == 1


def test_a_key_held_down_votes_once(amina: Citizen, town: Flask) -> None:
    amina.reaches_the_card_by_keyboard()
    amina.votes_by_key("Agree", release=False)
    amina.page.keyboard.down("1")
    amina.page.reload()
    amina.has_voted_on(1, 3)
    assert count_votes(town) == 1


def test_without_scripts_a_double_click_counts_once_too(slug: str, arrives: Arrival, town: Flask) -> None:
    amina = arrives(Citizen, java_script_enabled=False)
    amina.opens(f"/c/{slug}/vote")
    amina.votes_with_a_double_click("Agree")
    amina.has_voted_on(1, 3)
    assert count_votes(town) == 1


def test_two_tabs_are_one_person(amina: Citizen, slug: str, town: Flask) -> None:
    """The same card in two tabs: what is said last counts, and it counts once."""
    other = amina.in_a_second_tab()
    other.opens(f"/c/{slug}/vote")
    assert other.statement == amina.statement
    statement = amina.votes("Agree")
    other.votes("Disagree")
    assert count_votes(town) == 1
    amina.opens_their_votes()
    assert amina.has_said(statement) == "Disagree"
    other.tab.must_be_content()


def test_a_vote_after_closing_says_so_and_does_not_count(amina: Citizen, slug: str, town: Flask) -> None:
    close(town, slug)
    amina.presses("Agree", may_complain="a status of 409")
    amina.is_at(NOT_OPEN)
    assert count_votes(town) == 0


def test_earlier_votes_stand_as_they_are_after_closing(amina: Citizen, slug: str, town: Flask) -> None:
    statement = amina.votes("Agree")
    close(town, slug)
    amina.opens_their_votes()
    amina.sees("The consultation is closed: your answers stand as they are.")
    assert amina.has_said(statement) == "Agree"
    expect(amina.page.get_by_role("button", name="Disagree")).to_be_disabled()


def test_a_statement_after_closing_says_so(amina: Citizen, slug: str, town: Flask) -> None:
    amina.follows("Add a statement")
    amina.fills("Your statement", TEXT)
    close(town, slug)
    amina.presses("Send", may_complain="a status of 409")
    amina.sees(NOT_OPEN)


def test_a_lost_connection_falls_back_to_the_form_and_loses_no_vote(amina: Citizen, town: Flask) -> None:
    """The script's request fails once; the form itself then gets through."""

    def lose(route: Route) -> None:
        if "x-card" in route.request.headers:
            route.abort()
        else:
            route.continue_()

    amina.page.route("**/votes", lose)
    amina.presses("Agree", may_complain="net::ERR_FAILED")
    amina.has_voted_on(1, 3)
    assert count_votes(town) == 1


def forget_the_session(someone: Citizen) -> None:
    """As when a browser throws session cookies away while the page lies open."""
    someone.context.clear_cookies(name="session")
