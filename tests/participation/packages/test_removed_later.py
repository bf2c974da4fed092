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
from participation.transparency.models import Kind
from participation.transparency.queries import entries_of_kind
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


def test_everybody_is_told_that_the_package_was_made_anew(app: Flask, open_votes: str) -> None:
    def entered() -> list[dict[str, object]]:
        with app.app_context():
            return [entry.facts for entry in entries_of_kind(Kind.PACKAGE_MADE, open_votes)]

    with app.app_context():
        before = package_of(open_votes).stem
    assert entered() == [{"version": 1, "sha256": before, "anew": False}]
    assert "were removed after the report" not in Visitor(app).opens(f"/c/{open_votes}/data").text
    remove_words(app, open_votes)
    works(app)
    with app.app_context():
        after = package_of(open_votes).stem
    assert entered()[1:] == [{"version": 1, "sha256": after, "anew": True}]
    page = Visitor(app).opens(f"/c/{open_votes}/data").text
    assert "because the words of 1 statement were removed after the report" in page
    assert "For that reason the single votes are not in it" in page
    assert "They are not in the file now" in page
    assert "The single votes are published" not in page
    assert (
        "made anew, under another fingerprint"
        in Visitor(app).opens(f"/transparency?consultation={open_votes}").text
    )


def test_a_package_that_comes_out_the_same_is_not_told_of_again(app: Flask, closed_votes: str) -> None:
    with app.app_context():
        package_of(closed_votes).unlink()
    works(app)
    with app.app_context():
        assert len(entries_of_kind(Kind.PACKAGE_MADE, closed_votes)) == 1


def test_a_moderator_is_warned_what_becomes_of_the_report(
    app: Flask,
    closed_votes: str,
    fatima: Staff,  # noqa: F811
) -> None:
    with app.app_context():
        statement_id = statements_of(consultation_by_slug(closed_votes).id)[0].id
    page = fatima.opens(f"/desk/c/{closed_votes}/statements/{statement_id}").text
    assert "This statement is in the published report" in page
    assert "The new file has no single votes" not in page, "the old one has none either"


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
