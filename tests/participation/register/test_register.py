"""A journalist looks up who answered in time and who did not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.organisations.actions import create_organisation
from participation.organisations.models import Kind
from participation.outcomes.models import FindingKind
from participation.responses.actions import Condition, Reply, Ruling, publish_answer, record_decision
from participation.responses.models import Course, Verdict
from tests.builders import make_account, make_consultation, make_dossier, make_findings
from tests.people import Citizen

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture
def slugs(app: Flask) -> dict[str, str]:
    """Helsinki has answered in time and goes on under a condition; Nairobi is late; Ljubljana still asks."""
    with app.app_context():
        owner = make_account("Fatima")
        made = {}
        for name, country, promised in (("Helsinki", "FI", 10), ("Nairobi", "KE", -3)):
            consultation = make_consultation(
                owner, opens_in=timedelta(days=-20), closes_in=timedelta(days=-5)
            )
            consultation.organisation = create_organisation(owner, name=name, kind=Kind.CITY, country=country)
            consultation.responds_by = (now() + timedelta(days=promised)).date()
            made[name] = consultation.slug
            findings = make_findings(consultation, FindingKind.SHARED_AGREEMENT, FindingKind.DIVIDES)
            if name == "Helsinki":
                for finding in findings:
                    publish_answer(
                        consultation, finding, Reply(Verdict.ACCEPT, {"en": "Yes."}, "The mayor"), {}
                    )
                condition = Condition({"en": "Publish the error rates."}, date(2031, 1, 1))
                ruling = Ruling(
                    Course.GO_WITH_CONDITIONS,
                    {"en": "It helps."},
                    "The council",
                    now().date(),
                    conditions=[condition],
                )
                record_decision(consultation, ruling, {})
        made["Ljubljana"] = make_consultation(owner).slug
        make_consultation(owner, published=False)
        return made


def test_totals_say_who_answered_in_time(app: Flask, slugs: dict[str, str]) -> None:
    page = Citizen(app).opens("/register")
    assert "3 consultations" in page.text
    assert "4 findings" in page.text
    assert "2 answered in time" in page.text
    assert "2 answers are overdue" in page.text
    assert "0 of 1 conditions met" in page.text
    assert "The answer is late" in page.html.find(id=slugs["Nairobi"]).get_text()
    assert "The system goes ahead under conditions" in page.html.find(id=slugs["Helsinki"]).get_text()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("country=KE", {"Nairobi"}),
        ("standing=answered", {"Helsinki"}),
        ("standing=overdue&country=FI", set()),
        ("standing=open", {"Ljubljana"}),
        ("standing=nonsense", {"Helsinki", "Nairobi", "Ljubljana"}),
        ("page=99", {"Helsinki", "Nairobi", "Ljubljana"}),
        ("page=-1&country=%00", set()),
    ],
)
def test_filters(app: Flask, slugs: dict[str, str], query: str, names: set[str]) -> None:
    page = Citizen(app).opens(f"/register?{query}")
    assert page.status == 200
    assert {name for name, slug in slugs.items() if page.html.find(id=slug)} == names


def test_the_data_say_the_same_and_lead_on(app: Flask, slugs: dict[str, str]) -> None:
    answer = app.test_client().get("/en/register/register.json?country=FI").get_json()
    (entry,) = answer["entries"]
    assert entry["id"] == slugs["Helsinki"]
    assert entry["tally"] | {"findings": 2, "in_time": 2, "conditions": 1, "kept": 0} == entry["tally"]
    assert [finding["answers"][0]["verdict"] for finding in entry["findings"]] == ["accept", "accept"]
    assert entry["milestones"][0]["is_condition"]
    assert answer["next"] is None


def test_the_feed_follows_the_filters(app: Flask, slugs: dict[str, str]) -> None:
    feed = app.test_client().get("/en/register/register.atom?country=FI").get_data(as_text=True)
    assert "The authority has answered" in feed
    assert slugs["Nairobi"] not in feed
    assert ": consultations (Finland)</title>" in feed
    assert "register.atom?country=FI" in feed
    feed = (
        app.test_client().get("/en/register/register.atom?country=KE&standing=overdue").get_data(as_text=True)
    )
    assert ": consultations (Kenya, The answer is late)</title>" in feed


def test_an_organisation_of_no_country_adds_none_to_the_choice(app: Flask, slugs: dict[str, str]) -> None:
    with app.app_context():
        consultation_by_slug(slugs["Nairobi"]).organisation.country = "ZZ"
        db.session.commit()
    page = Citizen(app).opens("/register")
    options = [each["value"] for each in page.html.select("#filter-country option")]
    assert "FI" in options
    assert "ZZ" not in options
    assert "Unknown Region" not in page.text


def test_a_dossier_nobody_was_asked_about_stands_there_too(app: Flask) -> None:
    with app.app_context():
        slug = make_dossier().deployment.slug
    assert Citizen(app).opens("/register").html.select_one(f"a[href$='/d/{slug}']")
    with app.app_context():
        consultation = make_consultation()
        consultation.dossier_version = make_dossier()
        db.session.commit()
        assert consultation_by_slug(consultation.slug)
    assert "nobody has been asked" not in Citizen(app).opens("/register").text


def test_without_a_report_an_authority_is_late_all_the_same(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation(opens_in=timedelta(days=-150), closes_in=timedelta(days=-120))
        consultation.responds_by = (now() - timedelta(days=60)).date()
        db.session.commit()
        slug = consultation.slug
    page = Citizen(app).opens("/register")
    assert "The answer is late" in page.html.find(id=slug).get_text()
    assert "There is no report yet, so nothing was answered." in page.text
    assert "1 report is overdue" in page.text
    assert "There is no report yet" in Citizen(app).opens(f"/c/{slug}/answers").text


def test_made_up_consultations_are_listed_and_not_counted(app: Flask, slugs: dict[str, str]) -> None:
    with app.app_context():
        consultation_by_slug(slugs["Nairobi"]).is_demonstration = True
        db.session.commit()
    page = Citizen(app).opens("/register")
    assert page.html.find(id=slugs["Nairobi"])
    assert "2 findings" in page.text
    assert "0 answers are overdue" in page.text
