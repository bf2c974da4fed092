"""What people see of the analysis: Amina finds herself, everybody finds what is shared, nobody a small cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from deliberation.ballot import Choice
from participation.database import db
from participation.jobs.worker import WorkerProcess
from participation.statements.models import Statement
from participation.votes.actions import cast_vote
from tests.builders import make_consultation, make_participant
from tests.people import Citizen

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture
def divided_town(app: Flask) -> str:
    """Two camps of forty who differ on six statements, and agree that errors should be published."""
    with app.app_context():
        consultation = make_consultation(
            seeds=["Errors should be published.", *(f"Camp statement {number}." for number in range(8))]
        )
        statements = list(db.session.scalars(select(Statement.id).order_by(Statement.number)))
        for person in range(80):
            voter = make_participant(consultation).id
            camp = Choice.AGREE if person % 2 else Choice.DISAGREE
            cast_vote(consultation, voter, statements[0], Choice.AGREE)
            for statement in statements[1:]:
                # Every seventh vote goes against the camp: people are not machines.
                against = (person * 5 + statement) % 7 == 0
                cast_vote(consultation, voter, statement, Choice(-camp) if against else camp)
        WorkerProcess(app).do_what_is_due()
        return consultation.slug


def test_before_the_first_analysis_the_page_says_so(app: Flask) -> None:
    with app.app_context():
        slug = make_consultation().slug
    assert "no picture yet" in Citizen(app).opens(f"/c/{slug}/opinions").text


def test_few_voters_get_no_groups_and_are_told_why(app: Flask) -> None:
    with app.app_context():
        slug = make_consultation().slug
    amina = Citizen(app)
    amina.votes(slug, Choice.AGREE)
    with app.app_context():
        WorkerProcess(app).do_what_is_due()
    page = amina.opens(f"/c/{slug}/opinions")
    assert "too early for opinion groups" in page.text


def test_the_town_reads_what_it_shares_and_what_divides_it(app: Flask, divided_town: str) -> None:
    page = Citizen(app).opens(f"/c/{divided_town}/opinions")
    shared = page.html.select_one("section[aria-labelledby=shared]").get_text(" ")
    dividing = page.html.select_one("section[aria-labelledby=dividing]").get_text(" ")
    assert "Errors should be published." in shared
    assert "Camp statement" not in shared
    assert "Camp statement" in dividing
    assert "Group A" in page.text
    assert "Group B" in page.text
    assert "not the opinion of the population" in page.text


def test_the_map_has_a_table_beside_it_and_shapes_beside_its_colours(app: Flask, divided_town: str) -> None:
    page = Citizen(app).opens(f"/c/{divided_town}/opinions")
    drawing = page.html.select_one("svg[role=img]")
    assert drawing.select_one("title").get_text()
    shapes = {
        path["d"].split("m", 1)[1].split("M")[0] for path in drawing.select("path.map-marks, path[d*=M]")
    }
    assert len(shapes) >= 2
    assert page.html.select_one("table caption")


def test_amina_finds_herself_on_the_map_and_a_stranger_does_not(app: Flask, divided_town: str) -> None:
    amina = Citizen(app)
    for _statement in range(5):
        amina.votes(divided_town, Choice.AGREE)
    with app.app_context():
        WorkerProcess(app).do_what_is_due()
    assert "is you" in amina.opens(f"/c/{divided_town}/opinions").text
    assert "you are not on the map" in Citizen(app).opens(f"/c/{divided_town}/opinions").text


def test_the_page_of_the_method_opens(app: Flask) -> None:
    page = Citizen(app).opens("/how")
    assert "who agreed, disagreed or passed" in page.text
