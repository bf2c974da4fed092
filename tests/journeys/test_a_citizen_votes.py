"""Amina hears of a consultation, votes with mouse and keyboard, changes her mind and adds what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from participation.database import db
from participation.statements.actions import LONGEST_STATEMENT
from participation.statements.models import StatementText
from tests.browser import accessibility_faults
from tests.builders import make_consultation
from tests.journeys.citizen import Citizen

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask
    from playwright.sync_api import Route

    from tests.journeys.conftest import Arrival

LONG = (
    "The council publishes every year how often the model was wrong, for whom, "
    "and what was done about it, in words that all residents can read."
)
SEEDS = (
    "A person should decide.",
    LONG,
    "Errors should be published.",
    "It costs too much.",
    "Try it for a year.",
)


@pytest.fixture
def slug(town: Flask) -> str:
    with town.app_context():
        return make_consultation(seeds=SEEDS).slug


@pytest.fixture
def amina(slug: str, citizen: Citizen) -> Citizen:
    """She stands before the first card."""
    citizen.opens(f"/c/{slug}/vote")
    return citizen


@pytest.mark.usefixtures("slug")
def test_from_the_home_page_to_the_last_statement(citizen: Citizen) -> None:
    citizen.opens_home()
    citizen.chooses_consultation("Should a model rank applications? (en)")
    citizen.reads_and_starts()
    citizen.has_voted_on(0, 5)
    seen = {citizen.votes("Agree"), citizen.votes("Disagree"), citizen.votes("Pass")}
    citizen.has_voted_on(3, 5)
    citizen.votes_on_the_rest()
    citizen.sees("You have voted on every statement")
    assert len(seen) == 3


def test_a_vote_swaps_the_card_and_loads_no_page(amina: Citizen) -> None:
    loaded = amina.tab.pages_loaded
    amina.votes("Agree")
    amina.votes("Pass")
    assert amina.tab.pages_loaded == loaded
    amina.has_voted_on(2, 5)


def test_the_next_statement_has_the_focus_and_is_announced(amina: Citizen) -> None:
    amina.votes("Agree")
    expect(amina.card).to_be_focused()
    amina.is_told(
        "Vote saved. Next statement, number %(number)s: %(text)s",
        number=number_of(amina),
        text=amina.statement,
    )


def test_the_swapped_card_is_as_accessible_as_the_first(amina: Citizen) -> None:
    amina.votes("Agree")
    assert not accessibility_faults(amina.page)


def test_the_end_is_announced_too(amina: Citizen) -> None:
    amina.votes_on_the_rest()
    expect(amina.card).to_be_focused()
    amina.is_told("Thank you. New statements may appear while the consultation is open.")


def test_one_two_three_vote_while_the_card_has_the_focus(amina: Citizen) -> None:
    amina.reaches_the_card_by_keyboard()
    said = {choice: amina.votes_by_key(choice) for choice in ("Agree", "Disagree", "Pass")}
    amina.opens_their_votes()
    assert {amina.has_said(statement): statement for statement in said.values()} == said


def test_a_digit_pressed_elsewhere_votes_on_nothing(amina: Citizen) -> None:
    amina.page.locator("header summary").focus()
    amina.page.keyboard.press("1")
    amina.page.reload()
    amina.has_voted_on(0, 5)


def test_tab_and_enter_are_enough(amina: Citizen) -> None:
    agreed = amina.votes_by_tab_and_enter("Agree")
    passed = amina.votes_by_tab_and_enter("Pass")
    amina.opens_their_votes()
    assert (amina.has_said(agreed), amina.has_said(passed)) == ("Agree", "Pass")


def test_she_takes_back_her_last_vote(amina: Citizen) -> None:
    amina.votes("Agree")
    regretted = amina.votes("Disagree")
    amina.undoes()
    assert amina.statement == regretted
    expect(amina.card).to_be_focused()
    amina.is_told("Taken back: %(answer)s.", answer="Disagree")
    amina.has_voted_on(1, 5)


def test_she_takes_back_the_answer_on_a_card_that_she_comes_back_to(amina: Citizen, slug: str) -> None:
    amina.votes("Agree")
    regretted = amina.votes("Disagree")
    amina.opens(f"/c/{slug}/vote?statement={ids_by_text(amina)[regretted]}")
    assert amina.statement == regretted
    amina.page.get_by_role("button", name="Take back this answer").click()
    amina.is_told("Taken back: %(answer)s.", answer="Disagree")
    amina.has_voted_on(1, 5)


def test_she_puts_one_off_and_it_comes_back_at_the_end(amina: Citizen) -> None:
    later = amina.says_later()
    amina.reaches_the_card_by_keyboard()
    other = amina.votes_by_key("Later")
    for _statement in range(3):
        amina.votes("Agree")
    back = {amina.votes("Pass"), amina.votes("Pass")}
    assert back == {later, other}
    amina.sees("You have voted on every statement")


def test_she_says_what_matters_to_her(amina: Citizen) -> None:
    amina.marks_as_important()
    statement = amina.votes("Agree")
    expect(amina.page.get_by_label("This matters to me")).not_to_be_checked()
    amina.opens_their_votes()
    mark = (
        amina.page.get_by_role("listitem")
        .filter(has_text=statement)
        .get_by_role("button", name="This matters to me")
    )
    expect(mark).to_have_attribute("aria-pressed", "true")


def test_on_a_slow_line_the_answer_shows_that_it_is_on_its_way(amina: Citizen) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    amina.page.route("**/votes", hold)
    agree = amina.page.get_by_role("button", name="Agree", exact=True)
    agree.click()
    expect(agree).to_have_attribute("aria-busy", "true")
    agree.click()
    assert len(waiting) == 1
    waiting[0].continue_()
    amina.has_voted_on(1, 5)


def test_she_changes_an_earlier_vote(amina: Citizen) -> None:
    statement = amina.votes("Agree")
    amina.votes("Agree")
    amina.opens_their_votes()
    assert amina.has_said(statement) == "Agree"
    amina.changes_vote(statement, "Disagree")
    amina.is_told("Your vote is changed.")
    assert amina.has_said(statement) == "Disagree"


def test_she_adds_a_statement_while_the_counter_counts(amina: Citizen) -> None:
    amina.follows("Add a statement")
    counter = amina.page.locator("[data-counter-for]")
    expect(counter).to_have_text(f"Characters left: {LONGEST_STATEMENT}")
    amina.fills("Your statement", "Publish  the errors é.")
    expect(counter).to_have_text(f"Characters left: {LONGEST_STATEMENT - len('Publish the errors é.')}")
    amina.fills("Your statement", "x" * (LONGEST_STATEMENT + 2))
    expect(counter).to_have_text("Characters left: -2")
    amina.presses("Send")
    amina.sees("Please shorten this text by 2 characters.")
    amina.fills("Your statement", "Case workers must be trained first.")
    amina.presses("Send")
    amina.is_at("We have received your statement")
    amina.sees("Case workers must be trained first.")
    amina.sees("A facilitator has not read it yet.")


def test_the_back_button_leads_where_she_came_from(slug: str, citizen: Citizen) -> None:
    """Votes are not steps in the history: going back leaves the cards at once, and forward brings no old card."""
    citizen.opens(f"/c/{slug}")
    citizen.reads_and_starts()
    answered = {citizen.votes("Agree"), citizen.votes("Agree")}
    citizen.goes_back()
    expect(citizen.page.locator(".prose")).to_be_visible()
    citizen.page.go_forward()
    citizen.has_voted_on(2, 5)
    assert citizen.statement not in answered


def test_the_answers_stay_under_her_thumb(slug: str, arrives: Arrival) -> None:
    """Long or short, every statement leaves the buttons where they were."""
    for width in (320, 390, 1280):
        amina = arrives(Citizen, viewport={"width": width, "height": 800})
        amina.opens(f"/c/{slug}/vote")
        places = [amina.page.locator(".votes").bounding_box()]
        for _statement in range(4):
            amina.votes("Agree")
            places.append(amina.page.locator(".votes").bounding_box())
        assert all(place == places[0] for place in places), places


def test_she_sees_where_she_stands_once_the_worker_came_by(
    amina: Citizen, worker_has_worked: Callable[[], None]
) -> None:
    amina.votes_on_the_rest()
    worker_has_worked()
    amina.follows("Where do I stand?")
    amina.is_at("Where people stand")
    amina.does_not_see("There is no picture yet.")


def ids_by_text(citizen: Citizen) -> dict[str, int]:
    with citizen.app.app_context():
        return {text.text: text.statement_id for text in db.session.scalars(select(StatementText))}


def number_of(citizen: Citizen) -> int:
    """The number of the statement before them: seeds are numbered as they were written."""
    return SEEDS.index(citizen.statement) + 1
