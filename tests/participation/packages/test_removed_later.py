"""Words are removed after the report: no package hands them out any more, and no file is lost that is needed."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from participation.consultations.queries import consultation_by_slug
from participation.jobs.worker import WorkerProcess
from participation.moderation.actions import decide as moderate
from participation.moderation.models import Reason, Verdict
from participation.moderation.queries import latest_decision_on
from participation.statements.queries import statements_of
from tests.participation.packages.conftest import package_of
from tests.participation.packages.test_requests import Researcher, decides, fatima  # noqa: F401 - a fixture
from tests.people import Staff, Visitor

if TYPE_CHECKING:
    from flask import Flask


def remove_words(app: Flask, slug: str) -> str:
    """A moderator removes the first statement, which names somebody. Returns its words."""
    with app.app_context():
        consultation = consultation_by_slug(slug)
        statement = statements_of(consultation.id)[0]
        latest = latest_decision_on(statement.id)
        moderate(
            consultation,
            statement,
            Verdict.REJECT,
            by=None,
            reason=Reason.PERSONAL_DATA,
            seen=latest.id if latest else None,
        )
        return statement.texts["en"].text


def works(app: Flask) -> None:
    """The worker looks twice: what it has made may make another thing due."""
    with app.app_context():
        for _look in range(2):
            WorkerProcess(app).do_what_is_due()


def public_package(app: Flask, slug: str) -> int:
    """What somebody gets who downloads the package for everybody."""
    with app.app_context():
        sha256 = package_of(slug).stem
    with Visitor(app).client.get(f"/en/c/{slug}/data/{sha256}.zip") as answer:
        return answer.status_code


@pytest.mark.parametrize("asked_by", [1, 2])
def test_what_a_researcher_has_fetched_goes_and_the_public_package_of_the_same_contents_stays(
    app: Flask,
    closed_votes: str,
    fatima: Staff,  # noqa: F811
    asked_by: int,
) -> None:
    """Without the removed statement's votes nobody could compute the report, so Ada's file has no votes either."""
    remove_words(app, closed_votes)
    researchers = [Researcher(app) for _one in range(asked_by)]
    for one in researchers:
        one.asks(closed_votes)
        decides(app, fatima, closed_votes, "granted")
    works(app)
    for one in researchers:
        assert one.fetches()[0] == 200
        works(app)
    assert public_package(app, closed_votes) == 200


def test_a_file_that_is_gone_from_the_disk_is_made_again(
    app: Flask,
    closed_votes: str,
    fatima: Staff,  # noqa: F811
) -> None:
    ada = Researcher(app)
    ada.asks(closed_votes)
    decides(app, fatima, closed_votes, "granted")
    works(app)
    with app.app_context():
        for file in package_of(closed_votes).parent.iterdir():
            file.unlink()
    assert ada.fetches()[0] == 409, "her one chance is not used up"
    assert "still being made" in ada.looks().text
    assert "The file is being made" in Visitor(app).opens(f"/c/{closed_votes}/data").text
    works(app)
    assert ada.fetches()[0] == 200
    assert public_package(app, closed_votes) == 200


def test_what_was_made_for_a_researcher_hands_out_no_words_that_were_removed_since(
    app: Flask,
    closed_votes: str,
    fatima: Staff,  # noqa: F811
) -> None:
    ada = Researcher(app)
    ada.asks(closed_votes)
    decides(app, fatima, closed_votes, "granted")
    works(app)
    words = remove_words(app, closed_votes)
    assert ada.fetches()[0] == 409
    works(app)
    assert "they are not in the file" in ada.looks().text
    status, contents = ada.fetches()
    assert status == 200
    with zipfile.ZipFile(io.BytesIO(contents)) as package:
        assert not [name for name in package.namelist() if words in package.read(name).decode()]
