"""Amina reads a newspaper that shows the question in a frame. Her browser gives frames no cookies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from participation.accounts.models import Account
from participation.consultations.models import Participant
from participation.database import db
from participation.votes.models import Vote
from tests.builders import make_account, make_consultation
from tests.people import Staff

if TYPE_CHECKING:
    from flask import Flask
    from playwright.sync_api import FrameLocator

    from deliberation.ballot import Choice
    from tests.journeys.citizen import Citizen

NEWSPAPER = "http://newspaper.example/article"


@pytest.fixture
def slug(town: Flask) -> str:
    with town.app_context():
        consultation = make_consultation(make_account("Fatima"))
        # Two kinds of quotation marks, which must survive in the snippet.
        consultation.texts["en"].question = """May the "model" decide in people's place?"""
        db.session.commit()
        return consultation.slug


@pytest.fixture
def frame(town: Flask, slug: str, citizen: Citizen) -> FrameLocator:
    """An article, with what the facilitator copied from her page into it."""
    fatima = Staff(town)
    with town.app_context():
        fatima.signs_in(db.session.scalars(select(Account.email)).one())
    snippet = fatima.opens(f"/desk/c/{slug}").html.select_one("#snippet").get_text().strip()
    article = "<!doctype html><h1>Tomorrow</h1>" + snippet.replace("http://localhost", citizen.address)
    citizen.context.route(
        NEWSPAPER, lambda route: route.fulfill(body=article, content_type="text/html; charset=utf-8")
    )
    citizen.tab.goto(NEWSPAPER)
    return citizen.page.frame_locator("iframe")


def votes(app: Flask) -> list[Choice]:
    with app.app_context():
        return list(db.session.scalars(select(Vote.choice)))


def test_she_answers_there_confirms_here_and_is_one_person(
    citizen: Citizen, frame: FrameLocator, slug: str, town: Flask
) -> None:
    expect(frame.get_by_role("heading", level=1)).to_have_text(
        """May the "model" decide in people's place?"""
    )
    assert (
        citizen.page.locator("iframe").get_attribute("title")
        == """May the "model" decide in people's place?"""
    )
    assert citizen.context.cookies() == [], "the frame has left a cookie"
    answered: set[str] = set()
    for choice in ("Agree", "Disagree"):
        statement = frame.get_by_role("heading", level=2).inner_text()
        with citizen.context.expect_page() as opened:
            frame.get_by_role("link", name=choice, exact=True).click()
        tab = opened.value
        expect(tab.locator("[data-card] h2")).to_have_text(statement)
        # The frame knows nobody: it may draw the statement again that she has answered, and then she changes her mind.
        answered.add(statement)
        tab.get_by_role("button", name=f"Confirm: {choice}").click()
        expect(tab.locator("[data-card] h2")).not_to_have_text(statement)
        assert len(votes(town)) == len(answered)
        frame.get_by_role("link", name="Another statement").click()
        expect(frame.get_by_role("heading", level=2)).not_to_have_text(statement)
        citizen.opens(f"/c/{slug}/vote")
        citizen.has_voted_on(len(answered), 3)
        citizen.tab.goto(NEWSPAPER)
    with town.app_context():
        assert db.session.scalar(select(func.count()).select_from(Participant)) == 1


def test_no_other_page_can_be_put_into_a_frame(citizen: Citizen, frame: FrameLocator, slug: str) -> None:
    """Otherwise a strange page could lay its own words over our buttons."""
    own = f"{citizen.address}/en/c/{slug}/vote"
    citizen.page.evaluate("url => { document.querySelector('iframe').src = url }", own)
    expect(frame.locator("[data-card]")).to_have_count(0)
    citizen.page.wait_for_timeout(300)
    assert not frame.locator("h1").filter(has_text="Your vote").count()
    citizen.tab.forgives("frame-ancestors")
    citizen.tab.forgives("X-Frame-Options")
