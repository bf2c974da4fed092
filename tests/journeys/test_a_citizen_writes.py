"""Amina has something to say, and is helped to say it so that others can vote on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from participation.consultations.queries import consultation_by_slug
from participation.statements.queries import statements_of
from participation.statements.translations import add_translation
from tests.browser import accessibility_faults
from tests.builders import make_consultation
from tests.journeys.citizen import Citizen

if TYPE_CHECKING:
    from flask import Flask

    from tests.journeys.conftest import Arrival

QUESTION = "This reads like a question."
SAID = "Errors should be published every year."
IN_ARABIC = "يجب نشر الأخطاء كل عام."


@pytest.fixture
def slug(town: Flask) -> str:
    with town.app_context():
        return make_consultation(languages=("en", "ar"), seeds=(SAID,)).slug


def test_advice_comes_while_she_writes_and_the_receipt_opens_anywhere(
    slug: str, citizen: Citizen, arrives: Arrival
) -> None:
    citizen.opens(f"/c/{slug}/statements/new")
    advice = citizen.page.locator("[data-kind=question]")
    expect(advice).to_be_hidden()
    citizen.fills("Your statement", "Who checks how often the model is wrong?")
    expect(advice).to_be_visible()
    citizen.fills("Your statement", "Someone outside the city must check how often the model is wrong.")
    expect(advice).to_be_hidden()
    citizen.presses("Send")
    citizen.is_at("We have received your statement")
    on_her_phone = arrives(Citizen)
    on_her_phone.tab.goto(citizen.page.locator(".address").inner_text())
    on_her_phone.is_at("We have received your statement")


def test_without_script_she_finds_that_it_was_said_and_votes_on_that(
    slug: str, town: Flask, arrives: Arrival
) -> None:
    with town.app_context():
        consultation = consultation_by_slug(slug)
        add_translation(consultation, statements_of(consultation.id)[0], "ar", IN_ARABIC, by=None)
    yasmin = arrives(Citizen, java_script_enabled=False, viewport={"width": 320, "height": 568})
    yasmin.language = "ar"
    yasmin.opens(f"/c/{slug}/statements/new")
    yasmin.fills("Your statement", "يجب نشر الأخطاء في كل عام!")
    yasmin.presses("Send")
    yasmin.is_at("Look at it once more")
    yasmin.page.locator("#similar ~ ol a").click()
    assert yasmin.statement == IN_ARABIC
    original = yasmin.card.get_by_text(SAID)
    expect(original).to_be_hidden()
    yasmin.card.locator("summary").click()
    expect(original).to_be_visible()
    yasmin.votes("Agree")


def test_what_is_said_about_a_text_is_accessible(slug: str, citizen: Citizen) -> None:
    citizen.opens(f"/c/{slug}/statements/new")
    citizen.fills("Your statement", "Should errors be published every year?")
    citizen.presses("Send")
    citizen.is_at("Look at it once more")
    citizen.sees(QUESTION)
    assert not accessibility_faults(citizen.page)
