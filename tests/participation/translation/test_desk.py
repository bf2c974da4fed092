"""Salma translates into Arabic at her desk, Fatima checks what she wrote, and nothing typed is ever lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from participation.consultations.actions import make_member
from participation.consultations.models import TEXT_FIELDS
from participation.consultations.queries import consultation_by_slug, translated_texts_of
from participation.database import db, now
from participation.demonstration.dossier import load_dossier
from participation.deployments.actions import publish_version, save_draft
from participation.organisations.models import Role
from participation.statements.queries import statements_of
from participation.statements.translations import add_translation
from tests.builders import make_account, make_consultation
from tests.people import Citizen, Staff

if TYPE_CHECKING:
    from flask import Flask

    from tests.people import Page

FIRST, SECOND, THIRD = "A person should decide.", "Publish every error.", "The model costs too much."
TEXTS = TEXT_FIELDS


class Desk:
    """A consultation in English, and two people who translate it into Arabic."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            fatima, salma = make_account("Fatima"), make_account("Salma", may_create_consultations=False)
            consultation = make_consultation(fatima, seeds=(FIRST, SECOND, THIRD))
            make_member(consultation, salma, Role.TRANSLATOR)
            self.slug = consultation.slug
            self.keys = [f"s{statement.id}" for statement in statements_of(consultation.id)]
            self.accounts = {"fatima": fatima.id, "salma": salma.id}
        self.fatima, self.salma = Staff(app), Staff(app)
        self.fatima.signs_in(fatima.email)
        self.salma.signs_in(salma.email)
        self.path = f"/desk/c/{self.slug}/translations/ar"

    def sends(self, who: Staff, page: Page, **typed: str) -> Page:
        """Fill in the form on a page that was opened before, and press "Save" or the button that is named."""
        fields = {field["name"]: field.get("value", "") for field in page.html.select("form input[name]")}
        fields |= {
            field["name"]: field.get_text().lstrip("\n") for field in page.html.select("textarea[name]")
        }
        fields.pop("csrf_token")
        return who.sends(self.path, **(fields | typed))

    def types(self, who: Staff, **typed: str) -> Page:
        return self.sends(who, who.opens(self.path), **typed)

    def read(self, place: int) -> str:
        with self.app.app_context():
            statement = statements_of(consultation_by_slug(self.slug).id)[place]
            return statement.wording("ar").text


@pytest.fixture
def desk(app: Flask) -> Desk:
    return Desk(app)


def about(words: str = "نص") -> dict[str, str]:
    return {f"about-{name}": f"{words} {name}" for name in TEXTS}


def tag_of(page: Page, key: str) -> str:
    return page.html.select_one(f"#{key} .tag").get_text(strip=True)


def test_one_form_saves_several_and_a_second_person_checks_them(desk: Desk) -> None:
    one, two, three = desk.keys
    page = desk.types(desk.salma, **{f"{one}-text": "إنسان يقرر.", f"{two}-text": "انشروا كل خطأ."})
    assert "2 translations are saved." in page.text
    assert [tag_of(page, key) for key in desk.keys] == ["Not checked", "Not checked", "Missing"]
    assert "Somebody else has to check it." in page.text
    assert not page.html.select(f"button[name=check][value={one}]")

    page = desk.types(desk.salma, check=one)
    assert "You made this translation yourself" in page.text
    page = desk.types(desk.fatima, check=one)
    assert tag_of(page, one) == "Checked"
    assert not page.html.select(f"[name={one}-text]"), "what is checked is not edited in passing"
    assert tag_of(page, three) == "Missing"
    assert desk.read(0) == "إنسان يقرر."


def test_one_text_that_is_too_long_keeps_no_other_back_and_nothing_typed_is_lost(desk: Desk) -> None:
    one, two, _three = desk.keys
    long = "كلمة " * 80
    page = desk.types(
        desk.salma, **{f"{one}-text": long, f"{two}-text": "انشروا كل خطأ.", "about-title": "عنوان"}
    )
    assert "1 translation is saved." in page.text
    assert "All that you typed is still here." in page.text
    assert page.field(f"{one}-text") == long.strip()
    assert page.field("about-title") == "عنوان"
    assert "Please write this text too, in this language." in page.text
    assert (desk.read(0), desk.read(1)) == (FIRST, "انشروا كل خطأ.")
    page = desk.sends(desk.salma, page, **{f"{one}-text": "إنسان يقرر."} | about())
    assert "2 translations are saved." in page.text


def test_two_translators_do_not_write_over_each_other(desk: Desk) -> None:
    one = desk.keys[0]
    before = desk.fatima.opens(desk.path)
    desk.types(desk.salma, **{f"{one}-text": "إنسان يقرر."})
    page = desk.sends(desk.fatima, before, **{f"{one}-text": "القرار لإنسان."})
    assert "since you opened this page" in page.text
    assert "إنسان يقرر." in page.text
    assert page.field(f"{one}-text") == "القرار لإنسان."
    assert desk.read(0) == "إنسان يقرر."
    desk.sends(desk.fatima, page)
    assert desk.read(0) == "القرار لإنسان."


def test_a_double_click_saves_once(desk: Desk) -> None:
    one = desk.keys[0]
    before = desk.salma.opens(desk.path)
    for _click in range(2):
        page = desk.sends(desk.salma, before, **{f"{one}-text": "إنسان يقرر."})
        assert "since you opened" not in page.text
    assert "Nothing was changed" in page.text
    assert desk.read(0) == "إنسان يقرر."


def test_nobody_checks_what_they_have_not_read(desk: Desk) -> None:
    one = desk.keys[0]
    desk.types(desk.salma, **{f"{one}-text": "إنسان يقرر."})
    before = desk.fatima.opens(desk.path)
    desk.types(desk.salma, **{f"{one}-text": "إنسان يقرر دائمًا."})
    page = desk.sends(desk.fatima, before, check=one)
    assert "has changed since you read it" in page.text
    page = desk.types(desk.fatima, **{f"{one}-text": "القرار لإنسان.", "check": one})
    assert "Save it first" in page.text
    assert page.field(f"{one}-text") == "القرار لإنسان."
    assert tag_of(desk.fatima.opens(desk.path), one) == "Not checked"


def test_what_was_taken_back_is_missing_again(desk: Desk) -> None:
    one = desk.keys[0]
    desk.types(desk.salma, **{f"{one}-text": "إنسان يقرر."} | about())
    desk.types(desk.fatima, check=one)
    page = desk.types(desk.fatima, back=one)
    assert tag_of(page, one) == "Missing"
    assert desk.read(0) == FIRST
    page = desk.types(desk.salma, **{f"{one}-text": "القرار لإنسان.", "back": "about"})
    assert (tag_of(page, one), tag_of(page, "about")) == ("Not checked", "Missing")


def test_the_consultations_own_texts_are_translated_whole_and_checked(desk: Desk) -> None:
    desk.types(desk.salma, **about())
    citizen = Citizen(desk.app, "ar").opens(f"/c/{desk.slug}")
    assert citizen.html.select_one("h1").get_text(strip=True) == "نص title"
    assert "machine" not in citizen.text
    page = desk.types(desk.fatima, check="about")
    assert tag_of(page, "about") == "Checked"


def test_when_the_source_changes_the_translation_is_out_of_date_until_somebody_looks(desk: Desk) -> None:
    one, two, _three = desk.keys
    desk.types(desk.salma, **{f"{one}-text": "إنسان يقرر.", f"{two}-text": "انشروا."} | about())
    desk.types(desk.fatima, check=one)
    desk.types(desk.fatima, check="about")
    with desk.app.app_context():
        consultation = consultation_by_slug(desk.slug)
        consultation.texts["en"].question = "May the city use it at all?"
        first, second, _third = statements_of(consultation.id)
        first.texts["en"].text = "A trained person should decide."
        second.texts["en"].text = "Publish every serious error."
        db.session.commit()
    page = desk.salma.opens(f"{desk.path}?show=stale")
    assert [tag_of(page, key) for key in ("about", one, two)] == ["Out of date"] * 3
    assert "A person should decide." in page.text, "what it said when it was translated"
    assert page.html.select_one("#about").get_text().count("This has changed.") == 1
    assert desk.read(0) == "إنسان يقرر.", "readers see it as before"

    page = desk.types(desk.fatima, check=one)
    assert tag_of(page, one) == "Checked", "a second person says that it still fits"
    page = desk.types(desk.salma, check=two)
    assert tag_of(page, two) == "Not checked", "her own still fits, but nobody else has said so"
    page = desk.types(desk.salma, **{"about-question": "هل يجوز ذلك؟"})
    assert tag_of(page, "about") == "Not checked"
    with desk.app.app_context():
        made = translated_texts_of(consultation_by_slug(desk.slug))["ar"]
        assert made.made_from["question"] == "May the city use it at all?"


def test_each_filter_shows_its_kind_and_the_overview_counts(desk: Desk) -> None:
    one, two, three = desk.keys
    desk.types(desk.salma, **{f"{one}-text": "إنسان يقرر.", f"{two}-text": "انشروا كل خطأ."})
    desk.types(desk.fatima, check=one)

    def shown(query: str) -> list[str]:
        return [card["id"] for card in desk.salma.opens(desk.path + query).html.select(".desk-item")]

    assert shown("?show=missing") == ["about", three]
    assert shown("?show=unchecked") == [two]
    assert shown("?show=stale") == []
    assert shown("?show=nonsense&page=99&slug=x&_external=1") == ["about", *desk.keys]
    overview = desk.salma.opens(f"/desk/c/{desk.slug}/translations")
    arabic = overview.html.select_one("section:has(#in-ar)").get_text(" ")
    counts = dict(re.findall(r"(Checked|Not checked yet|By machine|Out of date|Missing): (\d+)", arabic))
    assert counts == {
        "Checked": "1",
        "Not checked yet": "1",
        "By machine": "0",
        "Out of date": "0",
        "Missing": "2",
    }
    assert "2 of 4 texts are there and up to date." in " ".join(arabic.split())
    assert "Finnish" in overview.html.select_one("section:has(#not-begun)").text


def test_source_and_target_each_run_in_their_own_direction(desk: Desk) -> None:
    page = desk.salma.opens(desk.path)
    card = page.html.select_one(f"#{desk.keys[0]}")
    source, target = card.select_one(".pair__text"), card.select_one("textarea")
    assert (source["lang"], source["dir"]) == ("en", "ltr")
    assert (target.find_parent(lang=True)["lang"], target.find_parent(dir=True)["dir"]) == ("ar", "rtl")


def test_words_of_the_dossier_stand_beside_where_they_occur(desk: Desk) -> None:
    with desk.app.app_context():
        for content in load_dossier(now().date()):
            version = publish_version(save_draft(content))
        consultation_by_slug(desk.slug).dossier_version = version
        db.session.commit()
    page = desk.salma.opens(desk.path)
    assert not page.html.select(f"#{desk.keys[0]} .words")
    words = page.html.select_one(f"#{desk.keys[2]} .words")
    assert [(word["lang"], word.get_text()) for word in words.select("summary b")] == [
        ("en", "model"),
        ("ar", "نموذج"),
    ]
    assert words.select_one("dd")["lang"] == "ar"


def test_a_language_that_nobody_knows_or_that_needs_no_translation_has_no_desk(desk: Desk) -> None:
    for tag in ("xx", "en"):
        assert desk.salma.opens(f"/desk/c/{desk.slug}/translations/{tag}").status == 404


def test_the_machine_of_others_is_named_and_may_be_checked_by_anybody(desk: Desk) -> None:
    one = desk.keys[0]
    with desk.app.app_context():
        consultation = consultation_by_slug(desk.slug)
        add_translation(consultation, statements_of(consultation.id)[0], "ar", "شخص يقرر", by=None)
    page = desk.salma.opens(desk.path)
    assert tag_of(page, one) == "By machine, not checked"
    assert tag_of(desk.types(desk.salma, check=one), one) == "Checked"


def test_whose_session_has_ended_sends_what_was_typed_once_more(desk: Desk) -> None:
    one = desk.keys[0]
    page = desk.salma.opens(desk.path)
    desk.salma.sends("/sign-out")
    answer = desk.sends(desk.salma, page, **{f"{one}-text": "إنسان يقرر."})
    assert answer.status == 401
    assert "إنسان يقرر." in answer.text
    mark = page.hidden(f"{one}-source-mark")
    assert mark not in answer.text, "nobody typed it"
    assert answer.hidden(f"{one}-source-mark") == mark, "but it is sent again"
