"""What matters to people is told as a plain number, where it is large enough to point at nobody."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from deliberation.ballot import Choice
from deliberation.polis import read_conversation
from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.jobs.worker import WorkerProcess
from participation.outcomes.polis_import import import_conversation
from participation.statements.queries import statements_of
from participation.votes.actions import cast_vote
from participation.votes.models import Vote
from tests.builders import make_consultation, make_participant, move_closing
from tests.people import Visitor

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask


@pytest.fixture
def closed(app: Flask) -> str:
    """Seven people vote. The first statement matters to five of them, the second to four, the third to none."""
    with app.app_context():
        consultation = make_consultation()
        for person in range(7):
            voter = make_participant(consultation).id
            for statement, matters_to in zip(statements_of(consultation.id), (5, 4, 0), strict=True):
                cast_vote(consultation, voter, statement.id, Choice.AGREE, is_important=person < matters_to)
        move_closing(consultation, now())
        WorkerProcess(app).do_what_is_due()
        return consultation.slug


def test_the_table_shows_the_number_unless_it_could_point_at_someone(app: Flask, closed: str) -> None:
    table = Visitor(app).opens(f"/c/{closed}/outcome").html.select_one("section[aria-labelledby=all]")
    heading = [cell.get_text(strip=True) for cell in table.select("thead th")].index("Matters to")
    rows = [row.select("th, td") for row in table.select("tbody tr")]
    assert [row[heading].get_text(strip=True) for row in rows] == ["5", "too few", "0"]


def test_the_downloads_say_the_same(app: Flask, closed: str) -> None:
    answer = Visitor(app).client.get(f"/en/c/{closed}/outcome.zip")
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.read("importance.csv").decode().splitlines() == [
        *("comment-id,important-to", "1,5", "2,", "3,0")
    ]
    assert archive.read("votes.csv").decode().startswith("timestamp,datetime,comment-id,voter-id,vote\r\n")
    data = json.loads(Visitor(app).client.get(f"/en/c/{closed}/outcome.json").text)
    assert [statement["important_to"] for statement in data["statements"]] == [5, None, 0]


def test_it_moves_house_with_the_votes(app: Flask, closed: str, tmp_path: Path) -> None:
    app.test_cli_runner().invoke(args=["consultation", "export", closed, str(tmp_path)])
    notes = json.loads((tmp_path / "consultation.json").read_text())
    with app.app_context():
        import_conversation(read_conversation(tmp_path), slug="elsewhere", language="en", beside=notes)
        moved = consultation_by_slug("elsewhere")
        important = select(func.count()).where(Vote.consultation_id == moved.id, Vote.is_important)
        assert db.session.scalar(important) == 9
