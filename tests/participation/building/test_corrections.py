"""Fatima corrects what the public has read: everybody sees what, when and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from participation.building.corrections import NothingCorrectedError, correct_texts
from participation.building.drafts import EditedMeanwhileError
from participation.consultations.actions import WrongPhaseError
from participation.consultations.queries import consultation_by_slug
from participation.translation.items import State
from participation.translation.queries import items_of
from tests.builders import make_account, make_consultation
from tests.people import Citizen, Staff

if TYPE_CHECKING:
    from flask import Flask

    from tests.people import Page

REASON = "The name of the council was wrong."


class Town:
    """An open consultation in two languages, and Fatima, who runs it."""

    def __init__(self, app: Flask) -> None:
        with app.app_context():
            fatima = make_account("Fatima")
            self.slug, email = make_consultation(fatima, languages=("en", "fr")).slug, fatima.email
        self.fatima, self.amina = Staff(app), Citizen(app)
        self.fatima.signs_in(email)

    def corrects(self, page: Page, **words: str) -> Page:
        """Send the page as it stands, with some words changed."""
        fields = {
            field["name"]: field.get("value", "") or field.get_text().strip("\r\n")
            for field in page.html.select("main [name]")
            if field["name"] != "csrf_token"
        }
        return self.fatima.sends(f"/desk/c/{self.slug}/correct", **fields | words)

    def form(self) -> Page:
        return self.fatima.opens(f"/desk/c/{self.slug}/correct")


@pytest.fixture
def town(app: Flask) -> Town:
    return Town(app)


def test_everybody_reads_what_was_changed_and_why(app: Flask, town: Town) -> None:
    page = town.corrects(town.form(), decision_maker="The regional council", reason=REASON)
    assert "Corrected." in page.text
    read = town.amina.opens(f"/c/{town.slug}").text
    assert "What was changed since it was published" in read
    assert REASON in read
    assert "Before The city council" in read
    assert "After The regional council" in read
    with app.app_context():
        consultation = consultation_by_slug(town.slug)
        about, *_statements = items_of(consultation, ["fr"])["fr"]
        assert about.state is State.STALE
        assert about.changed == {"decision_maker": "The city council"}


def test_without_a_reason_or_with_a_text_gone_nothing_is_lost(town: Town) -> None:
    page = town.corrects(town.form(), decision_maker="", question="Cameras?", reason="")
    assert page.status == 400
    assert "Please say why: everybody can read it." in page.text
    assert "People have read a text here" in page.text
    assert page.field("question") == "Cameras?"
    assert "What was changed" not in town.amina.opens(f"/c/{town.slug}").text


def test_two_who_correct_at_once_see_both_texts(town: Town) -> None:
    first, second = town.form(), town.form()
    town.corrects(first, decision_maker="The regional council", reason=REASON)
    page = town.corrects(second, decision_maker="The ministry", reason=REASON)
    assert page.status == 409
    assert page.field("decision_maker") == "The ministry"
    assert "Somebody else saved here: The regional council" in page.text
    assert "Corrected." in town.corrects(page).text


@pytest.mark.usefixtures("context")
def test_only_what_is_public_and_different_is_corrected() -> None:
    fatima = make_account("Fatima")
    draft, open_one = make_consultation(fatima, published=False), make_consultation(fatima)
    same = open_one.texts["en"].words()
    with pytest.raises(WrongPhaseError):
        correct_texts(draft, same, REASON, edition=0, by=fatima)
    with pytest.raises(NothingCorrectedError):
        correct_texts(open_one, same, REASON, edition=0, by=fatima)
    with pytest.raises(EditedMeanwhileError):
        correct_texts(open_one, same | {"title": "Trams"}, REASON, edition=7, by=fatima)
