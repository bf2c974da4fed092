"""Fatima decides with single keys about what she has taken; Amina says it in other words and asks for a second look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from participation.accounts.queries import account_by_email
from participation.moderation.forms import REASONS
from participation.moderation.models import Reason
from tests.builders import make_account, make_consultation
from tests.journeys.citizen import Citizen
from tests.journeys.staff import Facilitator

if TYPE_CHECKING:
    from flask import Flask

    from tests.journeys.conftest import Arrival

GOOD, BAD, UNCLEAR = "Case workers must be trained first.", "Who pays for this?", "They should explain it."


@pytest.fixture
def fatima(town: Flask, arrives: Arrival) -> Facilitator:
    with town.app_context():
        email = make_account("Fatima").email
    fatima = arrives(Facilitator)
    fatima.signs_in(email)
    return fatima


@pytest.fixture
def amina(fatima: Facilitator, arrives: Arrival, town: Flask) -> Citizen:
    """She has written three statements in the consultation that Fatima runs."""
    with town.app_context():
        slug = make_consultation(account_by_email(fatima.email)).slug
    amina = arrives(Citizen)
    for text in (GOOD, BAD, UNCLEAR):
        amina.opens(f"/c/{slug}/vote")
        amina.adds_statement(text)
    fatima.opens("/desk")
    fatima.follows("Should a model rank applications? (en)")
    return amina


def test_one_key_for_each_statement(fatima: Facilitator, amina: Citizen) -> None:
    fatima.opens_the_queue()
    fatima.presses("Take the next 10")
    fatima.page.get_by_role("button", name="Start with the first one").click()
    keyboard, focused = fatima.page.keyboard, fatima.page.locator(":focus")
    expect(focused).to_contain_text(GOOD)
    keyboard.press("1")
    expect(focused).to_contain_text(BAD)
    keyboard.press("4")
    expect(focused).to_contain_text(UNCLEAR)
    expect(fatima.page.locator(".submission--done")).to_have_count(2)
    expect(fatima.page.locator(".submission--done").last).to_contain_text(str(REASONS[Reason.QUESTION]))
    keyboard.press("9")
    fatima.page.locator("summary", has_text=fatima.says("Ask for other words …")).click()
    asking = fatima.page.locator("details[open]")
    fatima.chooses(str(REASONS[Reason.NOT_UNDERSTANDABLE]), "Reason for not publishing", within=asking)
    fatima.fills("Note to the author, if it helps", "Who, and what?", within=asking)
    fatima.presses("Ask for other words", within=asking)
    fatima.sees("Nothing is waiting.")

    amina.follows("Add another statement")
    amina.follows("Your contributions so far")
    amina.sees("Who, and what?")
    amina.follows("Say it in other words")
    amina.fills("Your statement in other words", "The city should explain each score.")
    amina.presses("Send these words")
    amina.is_told("Sent. Your statement waits for a decision again.")
    amina.follows("Ask for a second look")
    amina.fills("Why should it be published?", "It says that nobody should pay.")
    amina.presses("Ask for a second look")
    amina.is_told("Sent. Somebody else looks at it again. The answer will stand here.")
    amina.follows("Log of decisions about statements")
    amina.sees("Its author asked for a second look, and waits for the answer.")
    amina.does_not_see(UNCLEAR)
