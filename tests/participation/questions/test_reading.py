"""What everybody may read of the answers: after closing, of many people, and nothing that leads to one."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from sqlalchemy import insert, select

from participation.consultations.models import Participant
from participation.consultations.queries import consultation_by_slug
from participation.contributions.actions import erase
from participation.database import db, now
from participation.jobs.worker import WorkerProcess
from participation.opinions.actions import refresh_snapshot
from participation.questions.actions import withdraw_answers
from participation.questions.models import SelfDescription
from participation.questions.reading import publishable_counts, publishable_shares
from tests.builders import make_camps, make_consultation, make_question, move_closing
from tests.people import Citizen

if TYPE_CHECKING:
    from flask import Flask

    from tests.people import Page

SEEDS = [f"Statement number {number} is about the model." for number in range(1, 11)]


@pytest.fixture
def slug(app: Flask) -> str:
    """Of 120 voters, 40 are under 30, 37 are 30 to 59, 3 are older, 10 do not say, 30 pass over it. It has closed."""
    said = [0] * 40 + [1] * 37 + [2] * 3 + [None] * 10
    with app.app_context():
        consultation = make_consultation(seeds=SEEDS)
        question = make_question(consultation)
        make_camps(consultation, people=120)
        people = db.session.scalars(select(Participant.id).order_by(Participant.id)).all()
        rows = [
            {
                "participant_id": person,
                "question_id": question.id,
                "consultation_id": consultation.id,
                "choice": choice,
            }
            for person, choice in zip(people, said, strict=False)
        ]
        db.session.execute(insert(SelfDescription), rows)
        db.session.commit()
        WorkerProcess(app).do_what_is_due()
        return consultation.slug


def close(app: Flask, slug: str) -> None:
    with app.app_context():
        consultation = consultation_by_slug(slug)
        move_closing(consultation, now() - timedelta(hours=1))
        refresh_snapshot(consultation.id)


def counts(page: Page) -> dict[str, str]:
    rows = page.html.select("section[aria-labelledby=answers] table")[0].select("tbody tr")
    return {row.th.get_text(strip=True): row.td.get_text(strip=True) for row in rows}


def test_counts_are_shown_without_small_ones_nor_what_gives_them_away(app: Flask, slug: str) -> None:
    close(app, slug)
    page = Citizen(app).opens(f"/c/{slug}/outcome")
    assert counts(page) == {
        "Under 30": "40",
        "30 to 59": "37",
        "60 or over": "not shown",
        "I prefer not to say": "not shown",
        "No answer": "30",
    }
    assert "not the shares of the population" in page.text


def test_agreement_is_shown_by_answer_and_not_for_the_three(app: Flask, slug: str) -> None:
    close(app, slug)
    page = Citizen(app).opens(f"/c/{slug}/outcome")
    table = page.html.select("section[aria-labelledby=answers] table")[1]
    cells = [[cell.get_text(strip=True) for cell in row.select("td")] for row in table.select("tbody tr")]
    assert any("%" in row[0] for row in cells)
    assert {row[2] for row in cells} == {"not shown"}


def test_the_counts_stay_when_somebody_withdraws_or_is_erased(app: Flask, slug: str) -> None:
    """Two counts, with one person between them, would say how that person voted."""
    close(app, slug)
    before = Citizen(app).opens(f"/c/{slug}/outcome").html.select_one("section[aria-labelledby=answers]").text
    with app.app_context():
        consultation = consultation_by_slug(slug)
        first, second = db.session.scalars(select(Participant).order_by(Participant.id).limit(2)).all()
        withdraw_answers(first.id)
        erase(consultation, second)
        WorkerProcess(app).do_what_is_due()
    after = Citizen(app).opens(f"/c/{slug}/outcome").html.select_one("section[aria-labelledby=answers]").text
    assert after == before


def test_while_it_is_open_no_page_says_anything_of_the_answers(app: Flask, slug: str) -> None:
    for path in ("outcome", "opinions", "about-you"):
        assert "What people said of themselves" not in Citizen(app).opens(f"/c/{slug}/{path}").text


def test_no_download_has_them(app: Flask, slug: str) -> None:
    close(app, slug)
    citizen = Citizen(app).client
    assert "Under 30" not in json.dumps(citizen.get(f"/en/c/{slug}/outcome.json").json)
    archive = zipfile.ZipFile(io.BytesIO(citizen.get(f"/en/c/{slug}/outcome.zip").data))
    assert not any("Under 30" in archive.read(name).decode() for name in archive.namelist())


def test_of_four_people_nothing_is_shown() -> None:
    assert publishable_counts(np.array([4, 0, 0])) == (None, None, None)


def test_a_share_that_says_how_everybody_voted_is_withheld() -> None:
    """All twelve of the second answer disagreed: whoever knows that Amina gave it would know her vote."""
    assert publishable_shares(np.array([[20, 20], [0, 12], [30, 10], [25, 25]]))[1] is None
    assert publishable_shares(np.array([[20, 20], [10, 30], [30, 10]])) == (0.5, 0.25, 0.75)
