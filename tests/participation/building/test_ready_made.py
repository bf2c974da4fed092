"""Fatima begins with a template: it brings texts in her languages, days that fit, and what to look for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from participation.building.ready_made import LEFT_OPEN, READY_MADE
from participation.building.texts_form import TextsForm
from participation.consultations.models import TEXT_FIELDS
from participation.database import now
from participation.i18n import LANGUAGES
from tests.builders import make_account
from tests.people import Staff

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture
def fatima(app: Flask) -> Staff:
    with app.app_context():
        email = make_account("Fatima").email
    fatima = Staff(app)
    fatima.signs_in(email)
    return fatima


@pytest.mark.parametrize("key", READY_MADE)
def test_its_texts_fit_the_fields_in_every_language(app: Flask, key: str) -> None:
    for tag in LANGUAGES:
        with app.test_request_context(f"/{tag}/"):
            words = READY_MADE[key].words(tag)
            assert list(words) == list(TEXT_FIELDS)
            assert TextsForm(data=words).validate(), f"{tag}: a text is too long"
            assert all(LEFT_OPEN.search(words[name]) for name in ("title", "summary", "decision_maker"))


@pytest.mark.parametrize("key", READY_MADE)
def test_its_days_come_in_their_order(key: str) -> None:
    days = READY_MADE[key].days(now().date())
    opens, writes, closes, responds = days.values()
    assert now().date() < opens < writes < closes < responds


def test_the_form_is_filled_and_a_language_that_is_added_too(fatima: Staff) -> None:
    page = fatima.opens("/desk/new")
    assert "A proposed AI system, before the decision" in page.text
    page = fatima.opens("/desk/new?template=before-decision")
    assert page.field("en-title") == "Should [… the authority] use AI for [… the task]?"
    assert page.field("opens_on")
    assert "Two or three reasons against it" in page.text
    page = fatima.sends(
        "/desk/new",
        template="before-decision",
        main_language="en",
        languages=["en", "fr"],
        show_languages="1",
        **{"en-title": "Should Velmora use AI?", "en-question": "Should it?"},
    )
    assert page.field("en-title") == "Should Velmora use AI?"
    assert "[…" in page.field("fr-summary")


def test_nonsense_in_the_address_is_the_empty_form(fatima: Staff) -> None:
    page = fatima.opens("/desk/new?template=nothing")
    assert page.field("en-title") == ""
