"""What Amina can know before she votes, from one screen."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from participation.consultations.models import Consultation
from participation.database import db
from participation.deployments.actions import publish_version, save_draft
from tests.builders import make_account, make_consultation, move_closing
from tests.participation.deployments.cases import whole_dossier
from tests.people import Staff, Visitor

if TYPE_CHECKING:
    from flask import Flask

    from tests.people import Page

QUESTIONS = [
    "What is proposed",
    "Who decides",
    "What can still change",
    "Until when",
    "How your answers are used",
    "What is stored",
]


@pytest.fixture
def slug(app: Flask) -> str:
    with app.app_context():
        consultation = make_consultation(languages=("en", "fr"))
        consultation.responds_by = date(2031, 2, 3)
        move_closing(consultation, datetime(2031, 1, 1, tzinfo=UTC))
        return consultation.slug


def answers(page: Page) -> dict[str, str]:
    pairs = page.html.select(".answers > div")
    return {pair.dt.get_text(): " ".join(pair.dd.get_text(" ").split()) for pair in pairs}


def test_six_questions_are_answered_before_anything_else(app: Flask, slug: str) -> None:
    page = Visitor(app).opens(f"/c/{slug}")
    assert list(answers(page)) == QUESTIONS
    assert answers(page)["What is proposed"] == "A model ranks applications. A person decides."
    assert answers(page)["Who decides"] == "The city council"
    assert answers(page)["Until when"] == "It closes on 31 December 2030, 23:59 UTC."
    assert answers(page)["How your answers are used"].endswith("An answer is promised by 3 February 2031.")
    assert "A model ranks" not in page.html.select_one(".prose").get_text(), "it is said once"


def test_what_nobody_has_said_is_not_hidden(app: Flask, slug: str) -> None:
    with app.app_context():
        consultation = db.session.query(Consultation).one()
        consultation.texts["en"].decision_maker = ""
        db.session.commit()
    assert answers(Visitor(app).opens(f"/c/{slug}"))["Who decides"] == "Not stated yet."


def test_before_it_opens_and_after_it_closed_the_hour_is_there_too(app: Flask) -> None:
    with app.app_context():
        soon = make_consultation(opens_in=timedelta(days=1)).slug
        over = make_consultation(closes_in=timedelta(hours=-1)).slug
    assert answers(Visitor(app).opens(f"/c/{soon}"))["Until when"].startswith("You can vote from")
    assert answers(Visitor(app).opens(f"/c/{over}"))["Until when"].startswith("It closed on")


def test_the_dossier_that_belongs_to_it_is_one_step_away(app: Flask, slug: str) -> None:
    with app.app_context():
        version = publish_version(save_draft(whole_dossier()))
        db.session.query(Consultation).one().dossier_version = version
        db.session.commit()
        publish_version(save_draft({**whole_dossier(), "owner": "Someone else"}))
    page = Visitor(app).opens(f"/c/{slug}")
    links = [link["href"] for link in page.html.select(".sections a")]
    assert links[0] == "/en/d/velmora-welfare-checks/versions/1#identity"
    assert page.html.select_one("details.term summary").get_text() == "model"
    assert Visitor(app).opens(links[0].removeprefix("/en")).html.select_one("#identity")


def test_fatima_chooses_languages_first_and_loses_nothing(app: Flask) -> None:
    with app.app_context():
        email = make_account().email
    fatima = Staff(app)
    fatima.signs_in(email)
    assert not fatima.opens("/desk/new").html.select("[name=ar-title]")
    page = fatima.sends(
        "/desk/new",
        main_language="en",
        languages=["ar", "en"],
        show_languages="1",
        **{"en-title": "Trams"},
    )
    assert page.html.select("[name=ar-title]")
    assert not page.html.select("[name=fr-title]")
    assert page.field("en-title") == "Trams"
    assert "Please" not in page.text, "nothing is wrong yet"


def test_she_chooses_among_complete_dossiers(app: Flask) -> None:
    with app.app_context():
        email = make_account().email
        version = publish_version(save_draft(whole_dossier()))
        key = str(version.id)
    fatima = Staff(app)
    fatima.signs_in(email)
    form = {
        "main_language": "en",
        "opens_on": "2030-01-01",
        "closes_on": "2030-01-31",
        "responds_by": "2030-03-01",
        "dossier": key,
        **{f"en-{name}": "Something." for name in ("title", "question", "summary", "decision_maker")},
        "en-still_open": "All of it.",
        "en-use_of_answers": "Read.",
    }
    fatima.sends("/desk/new", **form)
    with app.app_context():
        consultation = db.session.query(Consultation).one()
        assert str(consultation.dossier_version_id) == key
        assert consultation.responds_by == date(2030, 3, 1)
