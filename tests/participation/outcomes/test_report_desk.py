"""Fatima prepares the report: her words, a lawyer who reads the draft, and the page before publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from participation.accounts.queries import account_by_email
from participation.consultations.queries import consultation_by_slug
from participation.outcomes.actions import publish_report
from participation.outcomes.queries import latest_report, texts_of
from participation.previews.actions import make_link
from participation.previews.tokens import sign_link
from tests.builders import make_account, make_consultation
from tests.participation.outcomes.conftest import agreed_by
from tests.people import Staff, Visitor

if TYPE_CHECKING:
    from flask import Flask

DESK, TEXT = "/desk/c/{}/report", "/desk/c/{}/report/texts/mandate/en"


@pytest.fixture
def fatima(app: Flask) -> Staff:
    with app.app_context():
        email = make_account("Fatima").email
    fatima = Staff(app)
    fatima.signs_in(email)
    fatima.email = email  # type: ignore[attr-defined]
    return fatima


@pytest.fixture
def slug(app: Flask, fatima: Staff) -> str:
    with app.app_context():
        owner = account_by_email(fatima.email)  # type: ignore[attr-defined]
        return agreed_by(app, facilitator=owner, languages=("en", "fr")).slug


def link_from(fatima: Staff, slug: str) -> str:
    """The path of a new link to the draft, behind the language."""
    page = fatima.sends(f"{DESK.format(slug)}/links", recipient="The ministry's lawyer")
    return page.html.select(".address")[-1].get_text(strip=True).partition("/en")[2]


def test_her_words_stand_in_the_draft_as_hers(fatima: Staff, slug: str) -> None:
    fatima.sends(TEXT.format(slug), text="We wrote to **every** household.", revision="0")
    written = fatima.opens(f"{DESK.format(slug)}/preview").html.select_one("#mandate .written")
    assert "In the words of" in written.get_text()
    assert written.strong.get_text() == "every"
    # A language without a text of its own shows the main one, and says which language that is.
    fatima.language = "fr"
    french = fatima.opens(f"{DESK.format(slug)}/preview").html.select_one("#mandate .written .prose")
    assert french["lang"] == "en"


def test_two_who_write_at_once_see_both_and_lose_nothing(app: Flask, fatima: Staff, slug: str) -> None:
    fatima.sends(TEXT.format(slug), text="Hers.", revision="0")
    page = fatima.sends(TEXT.format(slug), text="His.", revision="0")
    assert page.status == 409
    assert page.field("text") == "His."
    assert "Hers." in page.text
    fatima.sends(TEXT.format(slug), text="Both.", revision=page.hidden("revision"))
    with app.app_context():
        consultation = consultation_by_slug(slug)
        assert consultation
        assert texts_of(consultation.id)["mandate", "en"].text == "Both."


def test_the_script_saves_in_passing_and_is_told_in_words(fatima: Staff, slug: str) -> None:
    def saves(text: str, revision: str) -> tuple[int, dict[str, object]]:
        answer = fatima.client.post(
            f"/en{TEXT.format(slug)}",
            data={"csrf_token": fatima.token(), "text": text, "revision": revision},
            headers={"X-Autosave": "1"},
        )
        return answer.status_code, answer.get_json()

    assert saves("One.", "0") == (200, {"said": "Saved in the draft", "revision": 1})
    assert saves("Two.", "0")[0] == 409
    assert saves("\u202eolleh", "1")[0] == 422


def test_what_is_too_long_is_not_lost(fatima: Staff, slug: str) -> None:
    page = fatima.sends(TEXT.format(slug), text="a" * 8001, revision="0")
    assert page.status == 422
    assert len(page.field("text")) == 8001


@pytest.mark.parametrize("path", ["texts/summary/en", "texts/nothing/en", "texts/mandate/de"])
def test_nobody_writes_where_there_is_no_place_for_it(fatima: Staff, slug: str, path: str) -> None:
    assert fatima.opens(f"{DESK.format(slug)}/{path}").status == 404


def test_a_lawyer_reads_the_draft_and_comments_until_it_is_published(
    app: Flask, fatima: Staff, slug: str
) -> None:
    path, lawyer = link_from(fatima, slug), Visitor(app)
    page = lawyer.opens(path)
    assert "Draft, not published" in page.text
    assert "Finding 1: shared agreement." in page.text
    assert page.html.select_one("meta[name=robots][content=noindex]")
    lawyer.sends(path, name="Ayşe", text="Section one:\nwho is liable?")
    assert "who is liable?" in fatima.opens(DESK.format(slug)).text
    with app.app_context():
        publish_report(consultation_by_slug(slug))
    assert lawyer.opens(path).status == 410
    assert lawyer.sends(path, name="Ayşe", text="Too late?").status == 410
    assert "Opens nothing any more" in fatima.opens(DESK.format(slug)).text


def test_a_link_that_was_taken_back_opens_nothing(app: Flask, fatima: Staff, slug: str) -> None:
    path = link_from(fatima, slug)
    number = fatima.opens(DESK.format(slug)).html.select_one("[id^=link-]")["id"].removeprefix("link-")
    fatima.sends(f"{DESK.format(slug)}/links/{number}/revoke")
    assert Visitor(app).opens(path).status == 410


def test_a_link_to_the_draft_of_a_consultation_opens_no_report(app: Flask) -> None:
    with app.app_context():
        draft = make_consultation(published=False)
        token = sign_link(make_link(draft, "Ayşe").id)
    assert Visitor(app).opens(f"/report-draft/{token}").status == 410
    assert Visitor(app).opens(f"/preview/{token}").status == 200


def test_publishing_asks_once_more_and_happens_once(app: Flask, fatima: Staff, slug: str) -> None:
    path = f"{DESK.format(slug)}/publish"
    seen = fatima.opens(path).hidden("seen")
    assert "tick this box" in fatima.sends(path, seen=seen).text
    page = fatima.sends(path, seen=seen, understood="1")
    assert page.html.h1.get_text().startswith("Report:")
    assert "The report is published." in page.text
    # The second click of a double click finds the form for a correction, which it did not fill in.
    again = fatima.sends(path, seen=seen, understood="1")
    assert again.status == 422
    tab = fatima.sends(path, seen=seen, understood="1", reason_en="A date.")
    assert tab.status == 409
    assert "published since you opened this page" in tab.text
    with app.app_context():
        consultation = consultation_by_slug(slug)
        assert consultation
        report = latest_report(consultation.id)
        assert report
        assert report.number == 1


def test_a_correction_says_why_in_the_main_language(fatima: Staff, slug: str) -> None:
    path = f"{DESK.format(slug)}/publish"
    fatima.sends(path, seen="0", understood="1")
    refused = fatima.sends(path, seen="1", understood="1", reason_fr="Une date.")
    assert refused.status == 422
    assert refused.field("reason_fr") == "Une date."
    done = fatima.sends(path, seen="1", understood="1", reason_en="A date.", reason_fr="Une date.")
    assert "Version 2" in done.text


def test_the_desk_says_what_is_missing_before_closing(app: Flask) -> None:
    with app.app_context():
        account = make_account("Mei")
        slug, email = make_consultation(account).slug, account.email
    mei = Staff(app)
    mei.signs_in(email)
    desk = mei.opens(DESK.format(slug))
    assert "The consultation is not closed." in desk.text
    assert "Publish the report" not in desk.text
    assert mei.opens(f"{DESK.format(slug)}/preview").html.h1.get_text() == "Preparing the report"
    refused = mei.sends(f"{DESK.format(slug)}/publish", seen="0", understood="1")
    assert refused.status == 409
    assert "The consultation is not closed." in refused.text
