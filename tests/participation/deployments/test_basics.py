"""Fatima corrects whose dossier it is and which language it is written in. No text gets lost on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from participation.database import db
from participation.deployments.actions import EditedMeanwhileError, replace_draft, save_draft
from participation.deployments.basics import NotInThisLanguageError, change_basics, fields_without, renamed
from participation.deployments.changes import changes_between
from participation.deployments.checking import problems_in
from participation.deployments.queries import deployment_by_slug
from participation.organisations.actions import create_organisation
from participation.organisations.models import Kind
from tests.builders import make_account
from tests.participation.deployments.cases import WITHHELD, small_dossier, whole_dossier
from tests.people import Staff

if TYPE_CHECKING:
    from flask import Flask

    from tests.people import Page

BASICS = "/desk/d/trams/basics"
TEXTS = {
    "problem": {"en": "Trams are late.", "fr": "Les trams ont du retard."},
    "risks": [{"harm": {"en": "It is wrong"}}],
    "team": WITHHELD,
}


@pytest.fixture
def fatima(app: Flask) -> Staff:
    with app.app_context():
        account = make_account("Fatima")
        city = create_organisation(account, name="City of Velmora", kind=Kind.CITY, country="FI")
        save_draft(small_dossier(**TEXTS)).organisation = city
        db.session.commit()
        email = account.email
    staff = Staff(app)
    staff.signs_in(email)
    return staff


def draft_in(app: Flask) -> dict[str, Any]:
    with app.app_context():
        return deployment_by_slug("trams").draft


def saves(fatima: Staff, **typed: object) -> Page:
    seen = fatima.opens(BASICS).hidden("seen")
    return fatima.sends(
        BASICS, **{"owner": "City", "country": "KE", "main_language": "en", "seen": seen} | typed
    )


def test_owner_and_country_are_changed_and_the_texts_stay(app: Flask, fatima: Staff) -> None:
    before = draft_in(app)["fields"]
    page = saves(fatima, owner="Town of Velmora", country="SI")
    assert "Saved in the draft." in page.text
    assert "Slovenia" in page.text
    draft = draft_in(app)
    assert (draft["owner"], draft["country"], draft["fields"]) == ("Town of Velmora", "SI", before)


def test_a_main_language_without_texts_is_refused_with_the_places_to_write_them(
    app: Flask, fatima: Staff
) -> None:
    before = draft_in(app)
    page = saves(fatima, main_language="fr", owner="Town")
    assert page.status == 422
    links = [link["href"] for link in page.html.select(".notice li a")]
    assert "/en/desk/d/trams/sections/risk?beside=fr#risks" in links
    assert not any("problem" in link for link in links)
    assert page.field("owner") == "Town"
    assert page.html.select_one("option[value=fr][selected]")
    assert draft_in(app) == before


def test_once_every_text_exists_the_main_language_changes_and_both_stay(app: Flask, fatima: Staff) -> None:
    content = small_dossier(name={"en": "Trams", "fr": "Trams (fr)"}, problem=TEXTS["problem"])
    with app.app_context():
        replace_draft(deployment_by_slug("trams"), content)
    saves(fatima, main_language="fr")
    draft = draft_in(app)
    assert draft["main_language"] == "fr"
    assert draft["fields"] == content["fields"]


def test_a_language_that_was_only_named_wrongly_is_named_anew(app: Flask, fatima: Staff) -> None:
    saves(fatima, main_language="sw", renames="renames")
    draft = draft_in(app)
    assert draft["main_language"] == "sw"
    assert draft["fields"]["risks"] == [{"harm": {"sw": "It is wrong"}}]
    assert draft["fields"]["problem"] == {"sw": "Trams are late.", "fr": "Les trams ont du retard."}
    assert draft["fields"]["team"]["withheld"]["reason"] == {"sw": "Offers are secret."}


def test_renaming_loses_no_text_of_a_whole_dossier() -> None:
    whole = whole_dossier()
    other = {**renamed(whole, "en", "de"), "main_language": "de"}
    assert problems_in(other) == []
    assert not fields_without(other, "de")
    assert renamed(other, "de", "en")["fields"] == whole["fields"]


def test_a_text_that_is_there_in_the_new_language_is_not_written_over() -> None:
    both = small_dossier(problem={"en": "Late.", "fr": "Tard."})
    assert renamed(both, "en", "fr")["fields"]["problem"] == {"en": "Late.", "fr": "Tard."}


def test_two_who_change_it_at_once_see_both(app: Flask, fatima: Staff) -> None:
    seen = fatima.opens(BASICS).hidden("seen")
    saves(fatima, owner="Town of Velmora")
    page = fatima.sends(BASICS, owner="Village", country="KE", main_language="en", seen=seen)
    assert page.status == 409
    assert "Town of Velmora" in page.text
    assert page.field("owner") == "Village"
    again = fatima.sends(BASICS, owner="Village", country="KE", main_language="en", seen=page.hidden("seen"))
    assert "Saved in the draft." in again.text
    assert draft_in(app)["owner"] == "Village"


@pytest.mark.usefixtures("context")
def test_an_action_that_was_overtaken_changes_nothing() -> None:
    deployment = save_draft(small_dossier())
    choice = {"country": "FI", "main_language": "en", "renames": False}
    change_basics(deployment, owner="Town", seen=deployment.revision_of("basics"), **choice)
    with pytest.raises(EditedMeanwhileError):
        change_basics(deployment, owner="Village", seen=1, **choice)
    with pytest.raises(NotInThisLanguageError):
        change_basics(deployment, owner="Town", seen=2, **choice | {"main_language": "ar"})
    assert deployment.owner == "Town"


@pytest.mark.parametrize(("field", "value"), [("owner", " "), ("country", "Kenya"), ("main_language", "xx")])
def test_a_mistake_is_named_and_changes_nothing(app: Flask, fatima: Staff, field: str, value: str) -> None:
    before = draft_in(app)
    page = saves(fatima, **{field: value})
    assert "Please correct this first" in page.text
    assert draft_in(app) == before


@pytest.mark.usefixtures("context")
def test_the_differences_name_what_changed_beside_the_fields_and_in_other_languages() -> None:
    before = small_dossier(problem={"en": "Late.", "ar": "متأخر"})
    after = {**small_dossier(problem={"en": "Late.", "ar": "متأخر جدا"}), "country": "KE"}
    changes = changes_between(before, after)
    assert [(change.key, change.language) for change in changes] == [("country", ""), ("problem-ar", "ar")]
