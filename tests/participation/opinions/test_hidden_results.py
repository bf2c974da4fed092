"""The organisers hide results until closing: then nobody reads them anywhere, and everybody is told why."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from deliberation.ballot import Choice
from participation.consultations.actions import (
    ResultsAlreadyPromisedError,
    make_member,
    show_interim_results,
)
from participation.consultations.models import Role
from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.jobs.worker import WorkerProcess
from tests.builders import make_account, make_camps, make_consultation, make_question, move_closing
from tests.people import Citizen, Page, Staff

if TYPE_CHECKING:
    from flask import Flask

    from tests.people import Visitor

SEEDS = [f"Statement number {number} is about the model." for number in range(1, 11)]
# What only a page with results says.
TELLING = ("%", "Group A", "agree_before", "common_ground")


@pytest.fixture
def slug(app: Flask) -> str:
    """Sixty people have voted and the worker has worked."""
    with app.app_context():
        consultation = make_consultation(seeds=SEEDS, shows_interim_results=False)
        make_question(consultation)
        make_camps(consultation, people=60)
        WorkerProcess(app).do_what_is_due()
        return consultation.slug


def everybody(app: Flask, slug: str) -> list[Visitor]:
    """Somebody who voted, a passer-by, the facilitator and the official."""
    amina = Citizen(app)
    amina.votes(slug, Choice.AGREE)
    people: list[Visitor] = [amina, Citizen(app)]
    for role in Role:
        with app.app_context():
            account = make_account(role.value)
            make_member(consultation_by_slug(slug), account, role)
            email = account.email
        member = Staff(app)
        member.signs_in(email)
        people.append(member)
    return people


def addresses(app: Flask, slug: str) -> list[str]:
    """Every address that can be read about this consultation."""
    with app.test_request_context():
        return [
            app.url_for(rule.endpoint, language="en", slug=slug)
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ()) and rule.arguments == {"language", "slug"}
        ]


def test_no_page_and_no_file_says_anything_of_the_votes(app: Flask, slug: str) -> None:
    paths = addresses(app, slug)
    assert len(paths) > 10
    for person in everybody(app, slug):
        for path in paths:
            answer = person.client.get(path, follow_redirects=True)
            assert answer.status_code < 500
            page = Page(answer) if answer.mimetype == "text/html" else None
            # The snippet for other sites gives the frame its width.
            for snippet in page.html.select("textarea[readonly]") if page else ():
                snippet.decompose()
            words = page.html.get_text(" ") if page else answer.text
            # How it is going is told in per cent of people and statements, never of votes.
            telling = TELLING[1:] if "/participation" in path else TELLING
            assert not [sign for sign in telling if sign in words], path
            assert "opinion-map" not in answer.text, path


def test_the_page_says_so_why_and_until_when(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    for path in ("opinions", "outcome", "outcome.json", "outcome.zip"):
        page = amina.opens(f"/c/{slug}/{path}")
        assert "Results come after the last day" in page.text
        assert "nobody is led by what others said" in page.text
        assert "Votes are taken until" in page.text


def test_after_closing_everybody_reads_them(app: Flask, slug: str) -> None:
    with app.app_context():
        move_closing(consultation_by_slug(slug), now() - timedelta(hours=1))
    for path in ("opinions", "outcome"):
        assert "%" in Citizen(app).opens(f"/c/{slug}/{path}").text


@pytest.mark.usefixtures("context")
def test_what_was_promised_when_it_opened_stands() -> None:
    announced = make_consultation(opens_in=timedelta(days=1))
    show_interim_results(announced, shown=False)
    assert announced.hides_results
    running = make_consultation(shows_interim_results=False)
    with pytest.raises(ResultsAlreadyPromisedError):
        show_interim_results(running, shown=True)
    db.session.rollback()
    assert running.hides_results


def test_fatima_decides_on_the_page_of_her_draft(app: Flask) -> None:
    with app.app_context():
        account = make_account("Fatima")
        slug, email = make_consultation(account, published=False).slug, account.email
    fatima = Staff(app)
    fatima.signs_in(email)
    page = fatima.sends(f"/desk/c/{slug}/interim-results")
    assert not page.html.select_one("input[name=shown]").has_attr("checked")
    page = fatima.sends(f"/desk/c/{slug}/interim-results", shown="1")
    assert page.html.select_one("input[name=shown]").has_attr("checked")
