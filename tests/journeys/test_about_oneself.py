"""Fatima asks how old people are; Amina votes, answers without a script, and thinks better of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import make_consultation, make_question
from tests.journeys.citizen import Citizen

if TYPE_CHECKING:
    from flask import Flask

    from tests.journeys.conftest import Arrival


@pytest.fixture
def slug(town: Flask) -> str:
    with town.app_context():
        consultation = make_consultation(seeds=["A person should decide."])
        make_question(consultation)
        return consultation.slug


def test_amina_answers_after_her_vote_and_withdraws(arrives: Arrival, slug: str) -> None:
    amina = arrives(Citizen, java_script_enabled=False)
    amina.opens(f"/c/{slug}/vote")
    page = amina.tab.page
    page.get_by_role("button", name="Disagree").click()
    page.get_by_role("link", name="Say something about yourself").click()
    page.get_by_role("radio", name="30 to 59").check()
    page.get_by_role("button", name="Save my answers").click()
    assert page.get_by_role("radio", name="30 to 59").is_checked()
    page.get_by_role("button", name="Withdraw my answers").click()
    assert page.get_by_role("radio", name="No answer").is_checked()
