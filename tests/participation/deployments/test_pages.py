"""Amina reads the dossier; Bakari checks that nobody has changed it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from participation.deployments.actions import publish_version, save_draft
from tests.participation.deployments.cases import WITHHELD, small_dossier
from tests.people import Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.people import Page


@pytest.fixture
def trams(app: Flask) -> None:
    first = small_dossier(
        supplier=WITHHELD,
        decision_body={"en": "The city council", "fr": "Le conseil municipal"},
        planned_start="2027-03-01",
        risks=[{"harm": {"en": "It is **late**."}, "probability": "high"}],
        glossary=[{"term": {"en": "council"}, "explanation": {"en": "The people whom the city elected."}}],
    )
    second = {**first, "fields": {**first["fields"], "decision_body": {"en": "The mayor of the city"}}}
    with app.app_context():
        for dossier in (first, second):
            publish_version(save_draft(dossier))


def answer_to(page: Page, field: str) -> str:
    return page.html.select_one(f"#{field} dd").get_text(" ", strip=True)


def words(page: Page, kind: str) -> str:
    return " ".join(" ".join(piece.get_text() for piece in page.html.select(f".changes {kind}")).split())


@pytest.mark.usefixtures("trams")
def test_given_withheld_and_missing_facts_look_different(app: Flask) -> None:
    page = Visitor(app).opens("/d/trams")
    assert answer_to(page, "planned_start") == "1 March 2027"
    assert answer_to(page, "risks") == "It is late . How likely Likely"
    assert answer_to(page, "supplier").startswith("Withheld Offers are secret. Legal ground Section 14")
    assert answer_to(page, "problem").startswith("Missing")
    assert page.html.select_one("#supplier .withheld")
    assert not page.html.select_one("#problem .withheld")
    assert "Withheld with a reason: 1." in page.text


@pytest.mark.usefixtures("trams")
def test_words_are_explained_where_they_stand(app: Flask) -> None:
    page = Visitor(app).opens("/d/trams/versions/1")
    [word] = page.html.select("details.term")
    assert word.summary.get_text() == "council"
    assert "whom the city elected" in word.get_text()


@pytest.mark.usefixtures("trams")
def test_each_text_is_marked_with_the_language_it_is_in(app: Flask) -> None:
    page = Visitor(app, "fr").opens("/d/trams/versions/1")
    assert page.html.select_one("h1")["lang"] == "en"
    assert page.html.select_one("#decision_body [lang=fr]").get_text(strip=True) == "Le conseil municipal"
    arabic = Visitor(app, "ar").opens("/d/trams")
    assert arabic.html.select_one("#decision_body [lang=en]")["dir"] == "ltr"


@pytest.mark.usefixtures("trams")
def test_the_fingerprint_is_of_the_file_byte_for_byte(app: Flask) -> None:
    bakari = Visitor(app)
    shown = [code.get_text() for code in bakari.opens("/d/trams").html.select("code")]
    files = [bakari.client.get(f"/d/trams/versions/{number}.json").data for number in (2, 1)]
    assert [hashlib.sha256(file).hexdigest() for file in files] == shown
    assert bakari.client.get("/d/trams.json").data == files[0]


@pytest.mark.usefixtures("trams")
def test_what_changed_is_shown_word_by_word(app: Flask) -> None:
    page = Visitor(app).opens("/d/trams/versions/2/changes")
    assert [heading.get_text() for heading in page.html.select("main h2")] == [
        "Who decides",
        "Who decides, in French",
    ]
    assert words(page, "ins") == "Added: mayor of the"
    assert words(page, "del") == "Removed: council Removed: Le conseil municipal"
    backwards = Visitor(app).opens("/d/trams/versions/1/changes?since=2")
    assert "mayor" in words(backwards, "del")
    assert "council" in words(backwards, "ins")


@pytest.mark.usefixtures("trams")
def test_an_old_version_says_that_there_is_a_newer_one(app: Flask) -> None:
    assert "newer version" in Visitor(app).opens("/d/trams/versions/1").text
    assert "newer version" not in Visitor(app).opens("/d/trams").text


@pytest.mark.usefixtures("trams")
@pytest.mark.parametrize(
    "path",
    ["/d/buses", "/d/trams/versions/3", "/d/trams/versions/1/changes", "/d/trams/versions/99999999999"],
)
def test_what_does_not_exist_is_not_found(app: Flask, path: str) -> None:
    assert Visitor(app).opens(path).status == 404


def test_a_draft_is_for_nobody(app: Flask) -> None:
    with app.app_context():
        save_draft(small_dossier())
    assert Visitor(app).opens("/d/trams").status == 404
    assert Visitor(app).client.get("/d/trams.json").status_code == 404
