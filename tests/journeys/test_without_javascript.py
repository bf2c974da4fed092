"""Yasmin's old phone runs no scripts. She reads Arabic, from right to left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.builders import make_consultation
from tests.journeys.citizen import Citizen

if TYPE_CHECKING:
    from flask import Flask

    from tests.journeys.conftest import Arrival

TITLE = "Should a model rank applications? (ar)"
SEEDS = ("يجب أن يقرر إنسان.", "يجب نشر الأخطاء.", "إنه مكلف جدا.")


@pytest.fixture
def slug(town: Flask) -> str:
    with town.app_context():
        return make_consultation(languages=("ar", "en"), seeds=SEEDS).slug


@pytest.fixture
def yasmin(slug: str, arrives: Arrival) -> Citizen:
    """She stands before the first card."""
    yasmin = arrives(Citizen, java_script_enabled=False, viewport={"width": 320, "height": 568}, locale="ar")
    yasmin.language = "ar"
    yasmin.opens(f"/c/{slug}/vote")
    return yasmin


@pytest.mark.usefixtures("slug")
def test_she_finds_her_language_and_votes_on_everything(arrives: Arrival) -> None:
    yasmin = arrives(Citizen, java_script_enabled=False)
    yasmin.opens_home()
    yasmin.chooses_language("العربية")
    expect(yasmin.page.locator("html")).to_have_attribute("dir", "rtl")
    yasmin.chooses_consultation(TITLE)
    yasmin.reads_and_starts()
    seen = {yasmin.votes("Agree"), yasmin.votes("Disagree"), yasmin.votes_by_tab_and_enter("Pass")}
    assert seen == set(SEEDS)
    yasmin.sees("You have voted on every statement")


@pytest.mark.usefixtures("slug")
def test_her_language_is_remembered(arrives: Arrival) -> None:
    yasmin = arrives(Citizen)
    yasmin.opens_home()
    yasmin.chooses_language("العربية")
    yasmin.page.goto(f"{yasmin.address}/")
    expect(yasmin.page.locator("html")).to_have_attribute("lang", "ar")


@pytest.mark.usefixtures("slug")
def test_her_browser_speaks_for_her_on_the_first_visit(arrives: Arrival) -> None:
    yasmin = arrives(Citizen, locale="ar-EG")
    yasmin.page.goto(f"{yasmin.address}/")
    expect(yasmin.page.locator("html")).to_have_attribute("lang", "ar")


def test_statements_say_in_which_language_they_are(slug: str, yasmin: Citizen) -> None:
    heading = yasmin.card.get_by_role("heading")
    yasmin.language = "en"
    yasmin.opens(f"/c/{slug}/vote")
    expect(heading).to_have_attribute("lang", "ar")
    expect(heading).to_have_attribute("dir", "rtl")


def test_every_vote_loads_the_next_page(yasmin: Citizen) -> None:
    loaded = yasmin.tab.pages_loaded
    yasmin.votes("Agree")
    assert yasmin.tab.pages_loaded > loaded
    yasmin.has_voted_on(1, 3)


def test_she_takes_back_and_changes_votes(yasmin: Citizen) -> None:
    first = yasmin.votes("Agree")
    second = yasmin.votes("Disagree")
    yasmin.undoes()
    assert yasmin.statement == second
    yasmin.opens_their_votes()
    yasmin.changes_vote(first, "Pass")
    assert yasmin.has_said(first) == yasmin.says("Pass")


def test_she_adds_a_statement_and_is_told_when_it_is_too_long(yasmin: Citizen) -> None:
    yasmin.adds_statement("ن" * 141)
    expect(yasmin.page.get_by_label(yasmin.says("Your statement"), exact=True)).to_have_attribute(
        "aria-invalid", "true"
    )
    yasmin.fills("Your statement", "يجب تدريب الموظفين أولا.")
    yasmin.presses("Send")
    yasmin.is_at("Your contributions")
    yasmin.sees("A facilitator has not read it yet.")
