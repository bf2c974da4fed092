"""Fatima declares how accessible the site is; Amina reads whom to tell about a barrier."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from participation.database import now
from tests.builders import make_account
from tests.people import Citizen, Staff

if TYPE_CHECKING:
    from flask import Flask

STATEMENT = {
    "organiser": "City of Velmora",
    "law": "Directive (EU) 2016/2102",
    "conformance": "partial",
    "shortcomings": "The map cannot be explored by touch. Its table **can**.",
    "assessed_by": "organiser",
    "assessed_on": "2026-01-15",
    "contact_email": "barriers@velmora.example",
    "contact_phone": "+1 555 0100",
    "answers_within_days": "14",
    "enforcement_body": "Ombudsperson of Velmora",
    "enforcement_url": "https://ombud.example/",
}


@pytest.fixture
def fatima(town: Flask) -> Staff:
    with town.app_context():
        email = make_account("Fatima").email
    fatima = Staff(town)
    fatima.signs_in(email)
    return fatima


def test_before_the_organiser_completes_it_the_page_says_so(town: Flask) -> None:
    page = Citizen(town).opens("/accessibility")
    assert "has not completed this statement yet" in page.text
    assert "keyboard alone" in page.text


def test_everybody_can_read_what_fatima_declares(town: Flask, fatima: Staff) -> None:
    assert fatima.sends("/accessibility/edit", **STATEMENT).status == 200
    page = Citizen(town).opens("/accessibility")
    assert "It meets the standard in part." in page.text
    assert page.html.select_one("a[href='mailto:barriers@velmora.example']")
    assert page.html.select_one("a[href='https://ombud.example/']").text == "Ombudsperson of Velmora"
    assert page.html.select_one("strong").text == "can"


def test_each_language_has_its_own_text_and_the_same_facts(town: Flask, fatima: Staff) -> None:
    fatima.sends("/accessibility/edit", **STATEMENT)
    fatima.language = "fr"
    fatima.sends(
        "/accessibility/edit", **STATEMENT | {"organiser": "Ville de Velmora", "answers_within_days": "7"}
    )
    assert "City of Velmora" in Citizen(town, "en").opens("/accessibility").text
    assert "7" in Citizen(town, "en").opens("/accessibility").text
    assert "Ville de Velmora" in Citizen(town, "fr").opens("/accessibility").text
    # No German text yet: the reader is told which language this is.
    german = Citizen(town, "de").opens("/accessibility")
    assert german.html.select_one("[lang=en]")


def test_a_statement_older_than_a_year_says_that_it_is_due(town: Flask, fatima: Staff) -> None:
    long_ago = (now() - timedelta(days=400)).date().isoformat()
    fatima.sends("/accessibility/edit", **STATEMENT | {"assessed_on": long_ago})
    assert "a new examination is due" in Citizen(town).opens("/accessibility").text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"shortcomings": ""}, "Please say what is not accessible"),
        ({"contact_email": "nobody"}, "We cannot send to this address."),
        ({"assessed_on": "2999-01-01"}, "This day is in the future."),
        ({"answers_within_days": "0"}, "between 1 and 60 days"),
        ({"enforcement_url": "javascript:alert(1)"}, "This is not a web address."),
        ({"conformance": "perfect"}, "How far the site meets"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_lost(fatima: Staff, wrong: dict[str, str], says: str) -> None:
    page = fatima.sends("/accessibility/edit", **STATEMENT | wrong)
    assert says in page.text
    assert page.html.select_one(".field--wrong")
    assert page.field("organiser") == "City of Velmora"


def test_only_an_account_that_may_can_declare(town: Flask) -> None:
    with town.app_context():
        email = make_account("Omar", may_create_consultations=False).email
    omar = Staff(town)
    omar.signs_in(email)
    assert omar.sends("/accessibility/edit", **STATEMENT).status == 403
    assert Citizen(town).sends("/accessibility/edit", **STATEMENT).status == 401
