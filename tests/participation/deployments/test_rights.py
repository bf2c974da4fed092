"""The city's lawyers answer whether a system may be incompatible with human rights; nobody decides it here."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from participation.database import db, now
from participation.deployments.actions import publish_version, save_draft, start_dossier
from participation.deployments.checking import completeness_of
from participation.deployments.queries import deployment_by_slug
from participation.deployments.rights.law import EUROPEAN_UNION, LAWS
from participation.deployments.rights.practices import PRACTICES
from participation.deployments.schema import FIELDS
from participation.organisations.actions import create_organisation
from participation.organisations.models import Kind
from tests.builders import make_account
from tests.participation.deployments.cases import WITHHELD, small_dossier
from tests.people import Staff, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.people import Page

RIGHTS = "/desk/d/trams/sections/rights"
WARNING = "May be incompatible with human rights law: legal review needed"
THIRD = "ai_act_art5_screen.3"
SCORING = {f"{THIRD}.practice": "social_scoring"}


@pytest.fixture
def lawyer(app: Flask) -> Staff:
    with app.app_context():
        account = make_account("Lea")
        city = create_organisation(account, name="City", kind=Kind.CITY, country="FI")
        start_dossier(city, name="Trams", main_language="en")
        email = account.email
    staff = Staff(app)
    staff.signs_in(email)
    return staff


def answers(staff: Staff, revision: int = 0, **typed: object) -> Page:
    return staff.sends(RIGHTS, revision=revision, save="stay", **typed)


def screen_in(app: Flask) -> list[dict[str, Any]]:
    with app.app_context():
        found: list[dict[str, Any]] = deployment_by_slug("trams").draft["fields"]["ai_act_art5_screen"]
        return found


def test_an_answer_keeps_its_office_and_its_day(app: Flask, lawyer: Staff) -> None:
    answers(
        lawyer, office="Legal office", **SCORING, **{f"{THIRD}.answer": "unclear", f"{THIRD}.note.en": "Ask."}
    )
    [kept] = screen_in(app)
    assert kept["by"] == {"en": "Legal office"}
    assert kept["on"] == now().date().isoformat()
    with app.app_context():
        deployment = deployment_by_slug("trams")
        fields = {**deployment.draft["fields"], "ai_act_art5_screen": [{**kept, "on": "2026-01-02"}]}
        deployment.draft = {**deployment.draft, "fields": fields}
        db.session.commit()
    same = {**SCORING, f"{THIRD}.answer": "unclear", f"{THIRD}.note.en": "Ask."}
    answers(lawyer, revision=1, office="Mayor", **same)
    assert screen_in(app) == [{**kept, "on": "2026-01-02"}], "who changes nothing answers nothing"
    answers(lawyer, revision=1, office="Mayor", **{**same, f"{THIRD}.answer": "no"})
    assert screen_in(app)[0]["by"] == {"en": "Mayor"}


def test_the_areas_of_high_risk_keep_who_named_them_and_when(app: Flask, lawyer: Staff) -> None:
    assert "for which office" in answers(lawyer, ai_act_annex_iii="employment").text
    answers(lawyer, office="Legal office", ai_act_annex_iii="employment")
    answers(lawyer, revision=1, office="Mayor", ai_act_annex_iii="employment")
    with app.app_context():
        fields = deployment_by_slug("trams").draft["fields"]
        assert fields["ai_act_annex_iii_answered"] == {
            "by": {"en": "Legal office"},
            "on": now().date().isoformat(),
        }
        publish_version(deployment_by_slug("trams"))
    assert "Legal office" in Visitor(app).opens("/d/trams").text
    answers(lawyer, revision=1, office="Mayor", ai_act_annex_iii=["employment", "education"])
    with app.app_context():
        assert deployment_by_slug("trams").draft["fields"]["ai_act_annex_iii_answered"]["by"] == {
            "en": "Mayor"
        }


def test_one_answered_question_does_not_make_the_screen_complete() -> None:
    every = [{"practice": practice.key, "answer": "no"} for practice in PRACTICES]
    screen = FIELDS["ai_act_art5_screen"]
    assert completeness_of(small_dossier(ai_act_art5_screen=every[:1]), [screen]).missing == (screen,)
    assert not completeness_of(small_dossier(ai_act_art5_screen=every), [screen]).missing
    assert not completeness_of(small_dossier(ai_act_art5_screen=WITHHELD), [screen]).missing


def test_nobody_answers_without_an_office_and_nothing_is_lost(lawyer: Staff) -> None:
    page = answers(lawyer, **SCORING, **{f"{THIRD}.answer": "yes"})
    assert page.status == 422
    assert "Please say for which office you answer." in page.text
    assert page.html.select_one(f"input[name='{THIRD}.answer'][checked]")["value"] == "yes"
    page = answers(lawyer, office="Legal office", **SCORING, **{f"{THIRD}.note.en": "Because."})
    assert "Please choose an answer too." in page.text
    assert page.field(f'"{THIRD}.note.en"') == "Because."


def test_a_fault_is_shown_at_the_question_that_it_is_about(lawyer: Staff) -> None:
    page = answers(
        lawyer, office="Legal office", **SCORING, **{f"{THIRD}.answer": "no", f"{THIRD}.note.ar": "لا"}
    )
    [wrong] = page.html.select("[aria-invalid]")
    assert wrong["name"] == f"{THIRD}.note.en"


@pytest.mark.parametrize(
    ("answer", "category", "warned"),
    [
        ("no", "high_risk", False),
        ("unclear", "other", True),
        ("yes", "other", True),
        ("no", "prohibited_suspect", True),
    ],
)
def test_people_are_warned_and_told_who_said_so(
    app: Flask, answer: str, category: str, *, warned: bool
) -> None:
    given = {"practice": "social_scoring", "answer": answer, "by": {"en": "Legal office"}, "on": "2026-05-01"}
    with app.app_context():
        publish_version(save_draft(small_dossier(ai_act_art5_screen=[given], publication_category=category)))
    page = Visitor(app).opens("/d/trams")
    assert (WARNING in page.text) is warned
    assert "Answered by Legal office on 1 May 2026" in page.text
    assert page.text.count("Not answered yet") == len(PRACTICES) - 1


@pytest.mark.parametrize(("country", "is_law"), [("FI", True), ("KE", False), ("ZZ", False)])
def test_the_regulation_is_cited_only_where_it_is_law(app: Flask, country: str, *, is_law: bool) -> None:
    given = {"practice": "emotions", "answer": "no"}
    with app.app_context():
        publish_version(save_draft({**small_dossier(ai_act_art5_screen=[given]), "country": country}))
    page = Visitor(app).opens("/d/trams")
    assert ("Valid from 2 February 2025." in page.text) is is_law
    assert ("does not bind this country" in page.text) is not is_law
    assert "read the feelings of people at work" in page.text


def test_every_law_says_since_when_and_who_looked() -> None:
    assert len(EUROPEAN_UNION) == 27
    for law in LAWS:
        assert law.source
        assert law.checked_on > date(2026, 1, 1)
        assert law.url or law.unverified, "what was not read at its source says so"
