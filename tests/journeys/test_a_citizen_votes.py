"""Amina hears of a consultation, votes with mouse and keyboard, changes her mind and adds what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from participation.statements.actions import LONGEST_STATEMENT
from tests.browser import accessibility_faults
from tests.builders import make_consultation
from tests.journeys.citizen import Citizen

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

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
    amina.is_at("Your contributions")
    amina.is_told("Thank you. A facilitator will read your statement before others can vote on it.")
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
    for width in (320, 1280):
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


def number_of(citizen: Citizen) -> int:
    """The number of the statement before them: seeds are numbered as they were written."""
    return SEEDS.index(citizen.statement) + 1
