"""What must never be found out, even by those who hold the logs or the address bar."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import SQLAlchemyError
from structlog.processors import format_exc_info

from deliberation.ballot import Choice
from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.following.tokens import sign_follower
from participation.jobs.worker import WorkerProcess
from participation.logs import strike_out
from participation.outcomes.polis_export import beside_the_conversation, whole_conversation
from participation.votes.models import Vote
from tests.builders import make_account, make_consultation, make_follower, move_closing
from tests.people import Citizen, Staff

if TYPE_CHECKING:
    from flask import Flask


def test_a_whole_visit_leaves_no_trace_of_a_person_in_the_log(
    app: Flask, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with app.app_context():
        facilitator = make_account("Fatima")
        email = facilitator.email
        consultation = make_consultation(facilitator)
    amina, fatima = Citizen(app), Staff(app)
    with caplog.at_level(logging.DEBUG):
        amina.votes(consultation.slug, Choice.DISAGREE)
        amina.writes(consultation.slug, "A sentence that only Amina would write.")
        for _attempt in range(25):
            fatima.signs_in(email, "a wrong password")
        amina.opens("/no-such-page")
        amina.sends(f"/c/{consultation.slug}/follow", email="amina@home.example")
        amina.sends(f"/c/{consultation.slug}/follow", email="amina@home")
        with app.app_context():
            WorkerProcess(app).do_what_is_due()
    written = caplog.text + "".join(capfd.readouterr())
    for secret in (email, "127.0.0.1", "only Amina", "a wrong password", "amina@"):
        assert secret not in written


def test_an_error_of_the_database_does_not_say_who_voted_what(app: Flask) -> None:
    with app.app_context():
        db.session.add(
            Vote(consultation_id=1, participant_id=777_777, statement_id=888_888, choice=Choice.AGREE)
        )
        try:
            db.session.commit()
        except SQLAlchemyError:
            line = {"event": "work failed", "exc_info": True}
            written = strike_out(None, "error", format_exc_info(None, "error", line))
        db.session.rollback()
    assert "INSERT INTO votes" in written["exception"]
    assert "777777" not in str(written)


def test_no_page_file_or_export_names_a_follower(app: Flask) -> None:
    with app.app_context():
        facilitator = make_account("Fatima")
        consultation = make_consultation(facilitator)
        reader = make_follower(consultation)
        settings, address = sign_follower(reader.handle), reader.email
        email, slug = facilitator.email, consultation.slug
        move_closing(consultation, now())
        WorkerProcess(app).do_what_is_due()
        closed = consultation_by_slug(slug)
        files = str(beside_the_conversation(closed)) + str(whole_conversation(closed))
    fatima = Staff(app)
    fatima.signs_in(email)
    paths = ("", "/follow", "/outcome", "/outcome.json", "/feed.atom", "/calendar.ics")
    pages = [fatima.client.get(f"/en/c/{slug}{path}") for path in paths]
    pages += [
        fatima.client.get(path) for path in (f"/en/desk/c/{slug}", f"/en/follow/{settings}", "/en/feed.atom")
    ]
    assert {page.status_code for page in pages} == {200}
    assert address not in files + "".join(page.text for page in pages)


def test_a_careless_log_line_is_struck_out() -> None:
    line = strike_out(None, "info", {"event": "vote", "participant": 7, "choice": 1, "seconds": 2})
    assert line == {"event": "vote", "participant": "[struck out]", "choice": "[struck out]", "seconds": 2}


STEERING = (
    "endpoint=x",
    "_method=PUT",
    "_external=1&_scheme=javascript",
    "_anchor=x",
    "language=xx",
    "a=1&a=2",
)


@pytest.mark.parametrize("query", STEERING)
def test_nobody_steers_the_links_by_the_address(app: Flask, query: str) -> None:
    page = Citizen(app).opens(f"/?{query}")
    assert page.status == 200
    for link in page.html.select("a[hreflang]"):
        assert link["href"].startswith("/")
        assert link["href"].split("?")[0] == f"/{link['hreflang']}/"


@pytest.mark.parametrize("path", ["/c/a%00b", "/c/a%0Ab/vote"])
def test_an_impossible_address_is_a_page_that_is_not_there(app: Flask, path: str) -> None:
    assert Citizen(app).opens(path).status == 404


def test_after_a_refused_step_the_languages_lead_to_pages_that_open(app: Flask) -> None:
    with app.app_context():
        facilitator = make_account()
        consultation = make_consultation(facilitator)
        email = facilitator.email
    fatima = Staff(app)
    fatima.signs_in(email)
    page = fatima.sends(f"/desk/c/{consultation.slug}/publish")
    assert page.status == 409
    for link in page.html.select("a[hreflang]"):
        assert fatima.client.get(link["href"]).status_code == 200
