"""Fatima writes the city's dossier in her browser, Bakari at the same time in his, and she publishes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from participation.deployments.actions import start_dossier
from participation.deployments.queries import deployment_by_slug
from participation.organisations.actions import create_organisation
from participation.organisations.models import Kind
from tests.builders import make_account
from tests.journeys.staff import Facilitator

if TYPE_CHECKING:
    from flask import Flask

    from tests.journeys.conftest import Arrival

DRAFT = "/desk/d/trams"
SAVED = "Saved in the draft at"


@pytest.fixture
def email(town: Flask) -> str:
    with town.app_context():
        fatima = make_account("Fatima")
        city = create_organisation(fatima, name="City of Velmora", kind=Kind.CITY, country="FI")
        start_dossier(city, name="Trams", main_language="en")
        return fatima.email


def test_what_she_types_is_saved_by_itself_and_published(town: Flask, arrives: Arrival, email: str) -> None:
    fatima = arrives(Facilitator)
    fatima.signs_in(email)
    fatima.opens(f"{DRAFT}/sections/risk")
    fatima.fills("What could go wrong", "It is late")
    expect(fatima.page.get_by_role("status")).to_contain_text(SAVED)
    fatima.page.get_by_role("button", name="Add another").first.click()
    fatima.fills("What could go wrong", "It is wrong", within=fatima.page.locator("#risks-2"))
    fatima.presses("Save and go on")
    fatima.is_at("Environment")
    fatima.opens(f"{DRAFT}/publish")
    fatima.presses("Publish version 1")
    fatima.sees("It is wrong")
    with town.app_context():
        risks = deployment_by_slug("trams").latest.content["fields"]["risks"]
        assert [risk["harm"]["en"] for risk in risks] == ["It is late", "It is wrong"]


def test_two_who_write_at_once_put_their_texts_together(arrives: Arrival, email: str) -> None:
    fatima = arrives(Facilitator)
    fatima.signs_in(email)
    bakari = fatima.in_a_second_tab()
    for someone in (fatima, bakari):
        someone.opens(f"{DRAFT}/sections/owner")
    fatima.fills("Team", "Tram office")
    expect(fatima.page.get_by_role("status")).to_contain_text(SAVED)
    bakari.fills("Team", "Bus office")
    expect(bakari.page.get_by_role("status")).to_contain_text("Somebody else has changed this section too.")
    bakari.tab.forgives("409")
    bakari.page.get_by_role("button", name="Save", exact=True).first.click()
    bakari.sees("In the draft now: Team")
    bakari.sees("Tram office")
    bakari.tab.forgives("409")
    expect(bakari.page.get_by_label("Team")).to_have_value("Bus office")


def test_without_a_connection_she_is_told_and_nothing_is_lost(arrives: Arrival, email: str) -> None:
    fatima = arrives(Facilitator)
    fatima.signs_in(email)
    fatima.opens(f"{DRAFT}/sections/owner")
    fatima.context.set_offline(True)
    fatima.fills("Team", "Tram office")
    expect(fatima.page.get_by_role("status")).to_contain_text("there is no connection")
    fatima.tab.forgives("ERR_INTERNET_DISCONNECTED")
    fatima.context.set_offline(False)
    expect(fatima.page.get_by_role("status")).to_contain_text(SAVED)


def test_without_script_she_puts_a_list_in_order(town: Flask, arrives: Arrival, email: str) -> None:
    fatima = arrives(Facilitator, java_script_enabled=False)
    fatima.signs_in(email)
    fatima.opens(f"{DRAFT}/sections/risk")
    fatima.fills("What could go wrong", "It is late")
    fatima.page.get_by_role("button", name="Add another").first.click()
    fatima.fills("What could go wrong", "It is wrong", within=fatima.page.locator("#risks-2"))
    fatima.page.get_by_role("button", name="Move number 2 up").click()
    fatima.sees("Not saved yet.")
    expect(fatima.page.get_by_label("What could go wrong").first).to_have_value("It is wrong")
    assert fatima.page.url.endswith("#risks-1")
    fatima.presses("Save and go on")
    with town.app_context():
        risks = deployment_by_slug("trams").draft["fields"]["risks"]
        assert [risk["harm"]["en"] for risk in risks] == ["It is wrong", "It is late"]
