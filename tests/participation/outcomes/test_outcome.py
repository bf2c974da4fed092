"""An official reads what came of a consultation and takes it home as data."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from deliberation.ballot import Choice
from participation.database import db, now
from participation.jobs.worker import WorkerProcess
from participation.outcomes.gathered.analysis import with_cells
from participation.statements.models import State, Statement
from participation.statements.queries import statements_of
from participation.votes.actions import cast_vote, take_back
from participation.votes.models import Vote
from tests.builders import make_consultation, make_participant, make_votes, move_closing
from tests.people import Visitor

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture
def closed(app: Flask) -> str:
    """Twelve votes on the first statement, one on the second, none on the third; closed and analysed."""
    with app.app_context():
        consultation = make_consultation()
        first, second, _third = db.session.scalars(select(Statement).order_by(Statement.number))
        make_votes(consultation, first, [Choice.AGREE] * 9 + [Choice.DISAGREE] * 2 + [Choice.PASS])
        make_votes(consultation, second, [Choice.DISAGREE])
        move_closing(consultation, now())
        WorkerProcess(app).do_what_is_due()
        return consultation.slug


def test_the_page_gives_numbers_statements_and_limits(app: Flask, closed: str) -> None:
    page = Visitor(app).opens(f"/c/{closed}/outcome")
    assert "13 people voted" in page.text
    assert "13 votes were cast" in page.text
    assert "do not show what share of the population" in page.text
    cells = [
        cell.get_text(strip=True)
        for cell in page.html.select_one("section[aria-labelledby=all] tbody tr").select("td")
    ]
    assert cells[:4] == ["12", "75%", "17%", "8%"]


def test_where_there_are_no_groups_the_page_speaks_of_the_people(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation()
        first, second, _third = statements_of(consultation.id)
        make_votes(consultation, first, [Choice.AGREE] * 20)
        make_votes(consultation, second, [Choice.AGREE] * 18 + [Choice.DISAGREE] * 18)
        move_closing(consultation, now())
        WorkerProcess(app).do_what_is_due()
        slug = consultation.slug
    page = Visitor(app).opens(f"/c/{slug}/outcome")
    shared = page.html.select_one("section[aria-labelledby=shared]").get_text(" ")
    assert "We can be 95% sure that at least" in shared
    assert "every group" not in shared
    dividing = page.html.select_one("section[aria-labelledby=dividing]")
    assert "50% agree" in dividing.get_text(" ", strip=True)
    assert "the groups" not in dividing.get_text(" ")
    headings = page.html.select("section[aria-labelledby=all] thead th")
    assert "Divides" not in {heading.get_text(strip=True) for heading in headings}


def test_the_table_is_sorted_by_the_link_in_its_heading(app: Flask, closed: str) -> None:
    official = Visitor(app)

    def order(path: str) -> list[str]:
        rows = official.opens(path).html.select("section[aria-labelledby=all] tbody tr")
        return [row.select_one("th .muted").get_text(strip=True) for row in rows]

    assert order(f"/c/{closed}/outcome") == ["1", "2", "3"]
    link = official.opens(f"/c/{closed}/outcome").html.find(
        "a", string=lambda text: text and "Disagree" in text
    )
    assert order(link["href"].removeprefix("/en"))[0] == "2"
    assert order(f"/c/{closed}/outcome?sort=nonsense") == ["1", "2", "3"]


def test_while_it_runs_there_is_no_outcome_yet(app: Flask) -> None:
    with app.app_context():
        slug = make_consultation().slug
    for name in ("outcome", "outcome.json", "outcome.zip"):
        answer = Visitor(app).client.get(f"/en/c/{slug}/{name}")
        assert answer.headers["Location"] == f"/en/c/{slug}/opinions"


def test_the_json_says_the_same_as_the_page(app: Flask, closed: str) -> None:
    data = json.loads(Visitor(app).client.get(f"/en/c/{closed}/outcome.json").text)
    assert data["participation"]["voters"] == 13
    assert data["analysis"]["statements"][0]["agree"]["count"] == 9
    assert data["analysis"]["participants"] == []


def test_the_files_are_those_of_polis_without_times_or_names(app: Flask, closed: str) -> None:
    answer = Visitor(app).client.get(f"/en/c/{closed}/outcome.zip")
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    of_polis = {"summary.csv", "comments.csv", "votes.csv", "participants-votes.csv"}
    assert set(archive.namelist()) == {*of_polis, "importance.csv"}
    votes = archive.read("votes.csv").decode().splitlines()
    assert votes[0] == "timestamp,datetime,comment-id,voter-id,vote"
    assert len(votes) == 14
    assert all(line.split(",")[1].endswith("T00:00:00Z") for line in votes[1:])


def test_people_have_new_numbers_in_every_download(app: Flask, closed: str) -> None:
    def order() -> str:
        answer = Visitor(app).client.get(f"/en/c/{closed}/outcome.zip")
        return zipfile.ZipFile(io.BytesIO(answer.data)).read("participants-votes.csv").decode()

    assert len({order() for _download in range(6)}) > 1


def test_a_statement_that_was_kept_from_the_vote_is_not_published_by_the_download(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation(seeds=["My neighbour at number 5 cheats."])
        db.session.scalars(select(Statement)).one().state = State.REJECTED
        move_closing(consultation, now())
        slug = consultation.slug
    archive = zipfile.ZipFile(io.BytesIO(Visitor(app).client.get(f"/en/c/{slug}/outcome.zip").data))
    assert "neighbour" not in archive.read("comments.csv").decode()


def test_a_spreadsheet_runs_nothing_that_a_participant_wrote(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation(seeds=["=HYPERLINK(1)", "Plain."])
        move_closing(consultation, now())
        slug = consultation.slug
    archive = zipfile.ZipFile(io.BytesIO(Visitor(app).client.get(f"/en/c/{slug}/outcome.zip").data))
    assert "'=HYPERLINK(1)" in archive.read("comments.csv").decode()


def test_a_vote_that_was_taken_back_does_not_come_to_life_again(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation()
        statement = db.session.scalars(select(Statement)).first()
        amina = make_participant(consultation).id
        cast_vote(consultation, amina, statement.id, Choice.AGREE)
        take_back(consultation, amina, statement.id)
        move_closing(consultation, now())
        slug = consultation.slug
    archive = zipfile.ZipFile(io.BytesIO(Visitor(app).client.get(f"/en/c/{slug}/outcome.zip").data))
    assert len(archive.read("votes.csv").decode().splitlines()) == 1


def test_what_is_made_of_a_withheld_cell_is_withheld_too() -> None:
    statement = {"id": 1, "groups": ["a", "b"], "divisiveness": 0.9, "common_ground": 0.1, "votes": 44}
    shown = with_cells(statement, (None, None))
    assert (shown["groups"], shown["divisiveness"], shown["common_ground"]) == ([None, None], None, None)
    assert shown["votes"] == 44


def test_no_vote_is_lost_between_the_table_and_the_files(app: Flask, closed: str) -> None:
    archive = zipfile.ZipFile(io.BytesIO(Visitor(app).client.get(f"/en/c/{closed}/outcome.zip").data))
    with app.app_context():
        assert len(archive.read("votes.csv").decode().splitlines()) - 1 == db.session.query(Vote).count()
