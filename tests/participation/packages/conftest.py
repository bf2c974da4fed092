"""Consultations with a published report, and the worker that makes their packages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from participation.consultations.queries import consultation_by_slug
from participation.database import now
from participation.jobs.worker import WorkerProcess
from participation.outcomes.actions import publish_report
from participation.packages.queries import public_packages
from participation.packages.storage import file_of, folder
from tests.builders import make_account, make_camps, make_consultation, make_question, move_closing

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

PEOPLE = 24


def close_and_publish(app: Flask, slug: str) -> None:
    """It closed some minutes ago; the worker counts, the report is published, the worker makes the package."""
    move_closing(consultation_by_slug(slug), now() - timedelta(minutes=5))
    WorkerProcess(app).do_what_is_due()
    publish_report(consultation_by_slug(slug))
    WorkerProcess(app).do_what_is_due()


def package_of(slug: str) -> Path:
    """The file of the latest version for everybody."""
    return file_of(public_packages(consultation_by_slug(slug).id)[0])


def make_trams(app: Flask, *, publishes_votes: bool) -> str:
    """Twenty-four people in two camps, three statements in two languages, and a question about age."""
    with app.app_context():
        fatima = make_account()
        consultation = make_consultation(fatima, languages=("en", "ar"), publishes_votes=publishes_votes)
        make_question(consultation)
        make_camps(consultation, people=PEOPLE)
        slug = consultation.slug
        close_and_publish(app, slug)
    return slug


@pytest.fixture(autouse=True)
def empty_folder(app: Flask) -> None:
    """The database is empty again before each test; so is the disk."""
    with app.app_context():
        for file in folder().iterdir():
            file.unlink()


@pytest.fixture
def open_votes(app: Flask) -> str:
    return make_trams(app, publishes_votes=True)


@pytest.fixture
def closed_votes(app: Flask) -> str:
    return make_trams(app, publishes_votes=False)
