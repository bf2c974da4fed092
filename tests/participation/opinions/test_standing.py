"""Amina asks where she stands: in words, with doubt, beside people like her and the others."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from deliberation.ballot import Choice
from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.jobs.worker import WorkerProcess
from participation.opinions.map_drawing import draw_map
from participation.opinions.models import Place
from participation.statements.queries import statements_of
from tests.builders import make_camps, make_consultation, move_closing
from tests.people import Citizen

if TYPE_CHECKING:
    from flask import Flask

    from tests.people import Page

SEEDS = [f"Statement number {number} is about the model." for number in range(1, 11)]


@pytest.fixture
def slug(app: Flask) -> str:
    """Two camps of thirty: they differ on the even statements and agree on the odd ones."""
    with app.app_context():
        consultation = make_consultation(seeds=SEEDS)
        make_camps(consultation, people=60)
        return consultation.slug


def work(app: Flask) -> None:
    with app.app_context():
        WorkerProcess(app).do_what_is_due()


def votes_like_the_second_camp(app: Flask, slug: str, *, statements: int) -> Citizen:
    amina = Citizen(app)
    with app.app_context():
        ids = [statement.id for statement in statements_of(consultation_by_slug(slug).id)]
    for place, statement in enumerate(ids[:statements]):
        amina.votes(slug, Choice.DISAGREE if place % 2 else Choice.AGREE, statement)
    return amina


def part(page: Page, name: str) -> str:
    return " ".join(page.html.select_one(f"section[aria-labelledby={name}]").get_text(" ").split())


def test_after_eight_votes_she_reads_it_in_words_and_with_doubt(app: Flask, slug: str) -> None:
    amina = votes_like_the_second_camp(app, slug, statements=8)
    work(app)
    page = amina.opens(f"/c/{slug}/opinions")
    assert "the probability is" in part(page, "own")
    assert "100%" not in page.html.select_one(".standing").get_text()
    assert "People like you" in part(page, "alike")
    assert "Statement number 1 " in part(page, "alike") + part(page, "own")
    apart = part(page, "apart")
    assert "Statement number 2" in apart
    assert "You disagreed." in apart
    left = [link.get_text(strip=True) for link in page.html.select("section[aria-labelledby=next] a")]
    assert set(left) == {"Statement number 9 is about the model.", "Statement number 10 is about the model."}
    headings = [heading["id"] for heading in page.html.select("h2[id]")]
    assert headings.index("own") < headings.index("picture")


def test_after_three_votes_it_is_too_early_and_after_closing_it_stays_so(app: Flask, slug: str) -> None:
    amina = votes_like_the_second_camp(app, slug, statements=3)
    work(app)
    page = amina.opens(f"/c/{slug}/opinions")
    assert "Vote on 4 more statements" in page.text
    assert "probability" not in page.html.select_one(".standing").get_text()
    with app.app_context():
        move_closing(consultation_by_slug(slug), now() - timedelta(hours=1))
    closed = amina.opens(f"/c/{slug}/opinions").html.main.get_text(" ")
    assert "too few statements to say where you stand" in closed
    for word in (" so far", " yet", "Vote on"):
        assert word not in closed


def test_a_vote_after_the_picture_is_said_to_be_missing_in_it(app: Flask, slug: str) -> None:
    amina = votes_like_the_second_camp(app, slug, statements=8)
    work(app)
    assert "from before" not in amina.opens(f"/c/{slug}/opinions").text
    amina.votes(slug, Choice.AGREE)
    assert "your place is from before" in amina.opens(f"/c/{slug}/opinions").text


def test_where_there_are_no_camps_nobody_is_put_into_one(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation(seeds=SEEDS)
        make_camps(consultation, people=20)
        slug = consultation.slug
    amina = votes_like_the_second_camp(app, slug, statements=8)
    work(app)
    page = amina.opens(f"/c/{slug}/opinions")
    assert "too few people to speak of groups" in part(page, "own")
    assert "Group A" not in page.text
    assert "Where you and most others say the same" in part(page, "alike")


def test_the_outcome_has_the_map_and_nobody_is_marked_on_it(app: Flask, slug: str) -> None:
    amina = votes_like_the_second_camp(app, slug, statements=8)
    with app.app_context():
        move_closing(consultation_by_slug(slug), now() - timedelta(hours=1))
    work(app)
    assert amina.opens(f"/c/{slug}/opinions").html.select_one(".map-own")
    outcome = amina.opens(f"/c/{slug}/outcome").html
    assert outcome.select_one(".opinion-map svg[role=img]")
    assert not outcome.select(".map-own, .map-doubt")


def test_the_circle_of_doubt_lies_within_the_map() -> None:
    places = [Place(participant_id=person, x=person / 10, y=0.1, error=1.0) for person in range(9)]
    drawing = draw_map(places, 8, number_of_groups=0)
    own = drawing.own
    assert own.radius > 0
    assert 0 <= own.x - own.radius < own.x + own.radius <= drawing.width
    assert 0 <= own.y - own.radius < own.y + own.radius <= drawing.height


@pytest.mark.usefixtures("context")
def test_a_place_keeps_how_sure_its_group_is(app: Flask) -> None:
    consultation = make_consultation(seeds=SEEDS)
    make_camps(consultation, people=60)
    WorkerProcess(app).do_what_is_due()
    for place in db.session.scalars(select(Place)):
        assert (place.group_index is None) == (place.group_probability is None)
        assert place.group_probability is None or 0.5 <= place.group_probability <= 1
