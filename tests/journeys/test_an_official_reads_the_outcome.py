"""The consultation is over. Omar, for the city, reads what came of it, sorts it and takes the data with him."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from participation.database import now
from tests.builders import make_camps, make_consultation, move_closing
from tests.journeys.staff import Official

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from tests.journeys.conftest import Arrival

PEOPLE = 80


@pytest.fixture
def slug(town: Flask, worker_has_worked: Callable[[], None]) -> str:
    """A consultation in which two camps voted, closed and analysed."""
    with town.app_context():
        consultation = make_consultation(seeds=[f"Statement number {number}." for number in range(1, 11)])
        make_camps(consultation, people=PEOPLE)
        move_closing(consultation, now())
        slug = consultation.slug
    worker_has_worked()
    return slug


@pytest.fixture
def omar(slug: str, arrives: Arrival) -> Official:
    omar = arrives(Official)
    omar.opens_the_outcome(slug)
    return omar


def test_he_reads_who_took_part_and_what_they_share(omar: Official) -> None:
    omar.sees("Who took part")
    assert omar.number("people voted") == PEOPLE
    assert omar.number("votes were cast") == PEOPLE * 10
    omar.sees("Common ground")
    omar.sees("What these results cannot say")
    omar.does_not_see("The votes are being analysed.")


def test_he_sorts_the_table_by_agreement(omar: Official) -> None:
    before = omar.column("Statement")
    omar.sorts_by("Agree")
    shares = [int(share.rstrip("%")) for share in omar.column("Agree")]
    assert shares == sorted(shares, reverse=True)
    assert len(set(shares)) > 1
    omar.sorts_by("Statement")
    assert omar.column("Statement") == before


def test_he_takes_everything_as_json(omar: Official, slug: str) -> None:
    outcome = omar.reads_the_json()
    assert outcome["consultation"]["slug"] == slug
    assert len(outcome["statements"]) == 10


def test_he_takes_the_votes_as_files_that_name_nobody(omar: Official) -> None:
    files = omar.downloads_the_files()
    assert {"votes.csv", "comments.csv", "summary.csv"} <= set(files)
    votes = list(csv.DictReader(io.StringIO(files["votes.csv"])))
    assert len(votes) == PEOPLE * 10
    assert {vote["vote"] for vote in votes} <= {"-1", "0", "1"}


def test_while_it_runs_the_outcome_shows_the_interim_picture(town: Flask, arrives: Arrival) -> None:
    with town.app_context():
        running = make_consultation().slug
    omar = arrives(Official)
    omar.opens(f"/c/{running}/outcome")
    omar.is_at("Where people stand")
