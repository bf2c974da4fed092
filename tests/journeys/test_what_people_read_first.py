"""Yasmin reads what is proposed on a small phone without scripts, from right to left, before she votes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.demonstration.dossier import load_dossier
from participation.deployments.actions import publish_version, save_draft
from tests.builders import make_consultation
from tests.journeys.citizen import Citizen

if TYPE_CHECKING:
    from flask import Flask

    from tests.journeys.conftest import Arrival

SUMMARY = "يمنح النموذج كل طلب درجة، ثم ينظر موظف في الملف."
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def yasmin(town: Flask, arrives: Arrival) -> Citizen:
    """She opens a consultation with a dossier in Arabic."""
    with town.app_context():
        consultation = consultation_by_slug(make_consultation(languages=("ar",)).slug)
        assert consultation
        consultation.texts["ar"].summary = SUMMARY
        consultation.dossier_version = publish_version(save_draft(load_dossier(now().date())[1]))
        db.session.commit()
        slug = consultation.slug
    yasmin = arrives(Citizen, java_script_enabled=False, viewport={"width": 320, "height": 640}, locale="ar")
    yasmin.language = "ar"
    yasmin.opens(f"/c/{slug}")
    return yasmin


def test_the_way_to_vote_is_on_the_first_screen(yasmin: Citizen) -> None:
    start = yasmin.page.get_by_role("link", name=yasmin.says("Start voting"), exact=True).first
    expect(start).to_be_in_viewport()


def test_a_word_opens_in_place_with_the_keyboard_and_closes_again(yasmin: Citizen) -> None:
    word = yasmin.page.locator(".term").filter(has_text="درجة")
    explanation = word.locator(".term__text")
    expect(explanation).not_to_be_visible()
    word.locator("summary").focus()
    yasmin.page.keyboard.press("Enter")
    expect(explanation).to_be_visible()
    assert yasmin.page.evaluate(OVERFLOW) == 0
    yasmin.page.keyboard.press("Enter")
    expect(explanation).not_to_be_visible()


def test_she_goes_from_a_question_to_its_section_and_to_the_vote(yasmin: Citizen) -> None:
    yasmin.follows("Risks, and what is done about them")
    expect(yasmin.page.locator("#risk h3")).to_be_in_viewport()
    expect(yasmin.page.locator("#attack_risk .withheld")).to_contain_text(yasmin.says("Withheld"))
    yasmin.chooses_consultation("Should a model rank applications? (ar)")
    yasmin.reads_and_starts()
