"""A researcher asks for single votes that are not public: on terms, with a reason, once, and in the open."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from deliberation.verify import EQUAL, verify
from participation.consultations.actions import make_member
from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.jobs.worker import WorkerProcess
from participation.organisations.models import Role
from participation.packages.models import DataRequest, Package, RequestStep, StepKind
from participation.packages.queries import A_GRANT_LASTS
from participation.packages.storage import folder
from participation.transparency.queries import entries_from
from tests.builders import make_account, make_consultation
from tests.people import Staff, Visitor

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from tests.people import Page

PURPOSE = "Do people who live near a tram line agree with each other more than others do?"


class Researcher(Visitor):
    """Somebody without an account, who keeps the address of the answer."""

    def asks(self, slug: str, **changes: str) -> Page:
        fields = {"name": "Ada Okafor", "affiliation": "University of Velmora", "purpose": PURPOSE}
        page = self.client.post(
            f"/en/c/{slug}/data/request",
            data={"csrf_token": self.token(), "accepted": "y", **fields, **changes},
        )
        self.address = page.headers.get("Location", "").removeprefix("/en")
        return self.opens(self.address) if self.address else _page(page)

    def looks(self) -> Page:
        return self.opens(self.address)

    def fetches(self) -> tuple[int, bytes]:
        data = {"csrf_token": self.token()}
        with self.client.post(f"/en{self.address}/fetch", data=data) as answer:
            return answer.status_code, answer.data


def _page(response):  # noqa: ANN001, ANN202 - a page that was sent back
    from tests.people import Page  # noqa: PLC0415

    return Page(response)


@pytest.fixture
def fatima(app: Flask, closed_votes: str) -> Staff:
    """She runs the consultation."""
    with app.app_context():
        account = make_account("Fatima")
        make_member(consultation_by_slug(closed_votes), account, Role.FACILITATOR)
        email = account.email
    staff = Staff(app)
    staff.signs_in(email)
    return staff


def decides(
    app: Flask, fatima: Staff, slug: str, decision: str, reason: str = "It is in their interest."
) -> Page:
    """About the latest request."""
    with app.app_context():
        asked = db.session.scalars(select(DataRequest).order_by(DataRequest.id.desc())).first()
        assert asked
        number, seen = asked.id, asked.latest.id
    return fatima.sends(
        f"/desk/c/{slug}/data-requests/{number}",
        **{f"r{number}-decision": decision, f"r{number}-reason": reason, f"r{number}-seen": str(seen)},
    )


def test_ada_asks_is_granted_the_votes_and_fetches_them_once(
    app: Flask, closed_votes: str, fatima: Staff, tmp_path: Path
) -> None:
    ada = Researcher(app)
    assert "Nobody has decided yet" in ada.asks(closed_votes).text
    page = fatima.opens(f"/desk/c/{closed_votes}/data-requests")
    assert PURPOSE in page.text
    assert "University of Velmora" in page.text
    assert "Granted on" in decides(app, fatima, closed_votes, "granted").text
    assert "still being made" in ada.looks().text
    assert ada.fetches()[0] == 409
    with app.app_context():
        WorkerProcess(app).do_what_is_due()
    assert "You can fetch them once" in ada.looks().text
    status, contents = ada.fetches()
    assert status == 200
    (tmp_path / "votes.zip").write_bytes(contents)
    verdict = verify(tmp_path / "votes.zip")
    assert (verdict.exit_code, verdict.votes) == (EQUAL, 72)
    assert ada.fetches()[0] == 410
    assert "Fetched on" in ada.looks().text
    with app.app_context():
        assert [step.kind for step in db.session.scalars(select(RequestStep).order_by(RequestStep.id))] == [
            *(StepKind.ASKED, StepKind.GRANTED, StepKind.FETCHED)
        ]
        WorkerProcess(app).do_what_is_due()
        assert len(list(folder().iterdir())) == 1, "only the public one is left on the disk"
    page = Visitor(app).opens(f"/c/{closed_votes}/data")
    assert "So far 1 request was made. The votes were given out 1 time." in page.text
    assert "Ada" not in page.text


def test_everybody_reads_in_the_log_what_became_of_requests_and_nobody_s_name(
    app: Flask, closed_votes: str, fatima: Staff
) -> None:
    ada = Researcher(app)
    ada.asks(closed_votes)
    decides(app, fatima, closed_votes, "refused", "Please say where it will be published.")
    decides(app, fatima, closed_votes, "granted", "Thank you, Ada.")
    with app.app_context():
        WorkerProcess(app).do_what_is_due()
    ada.fetches()
    page = Visitor(app).opens(f"/transparency?consultation={closed_votes}")
    fetched, granted, refused, *_earlier = (entry.get_text() for entry in page.html.select(".ledger__entry"))
    assert "A researcher's request for the single votes was refused." in refused
    assert "A researcher's request for the single votes was granted." in granted
    assert "A researcher fetched the single votes that were granted." in fetched
    with app.app_context():
        assert [entry.facts for entry in entries_from(0, 100)][-3:] == [{}, {}, {"votes": True}]


def test_what_is_granted_to_one_is_not_given_to_everybody_who_knows_its_hash(
    app: Flask, closed_votes: str, fatima: Staff
) -> None:
    Researcher(app).asks(closed_votes)
    decides(app, fatima, closed_votes, "granted")
    with app.app_context():
        WorkerProcess(app).do_what_is_due()
        secret = db.session.scalars(select(Package).where(Package.request_id.is_not(None))).one()
        assert secret.has_votes
        sha256 = secret.sha256
    assert Visitor(app).client.get(f"/en/c/{closed_votes}/data/{sha256}.zip").status_code == 404


def test_a_refusal_says_why_and_can_be_thought_over(app: Flask, closed_votes: str, fatima: Staff) -> None:
    ada = Researcher(app)
    ada.asks(closed_votes)
    decides(app, fatima, closed_votes, "refused", "Please say where it will be published.")
    page = ada.looks()
    assert "Refused on" in page.text
    assert "Please say where it will be published." in page.text
    assert ada.fetches()[0] == 410
    decides(app, fatima, closed_votes, "granted", "Thank you for the answer.")
    assert "The votes are granted to you" in ada.looks().text


def test_a_grant_runs_out_and_its_file_goes(app: Flask, closed_votes: str, fatima: Staff) -> None:
    ada = Researcher(app)
    ada.asks(closed_votes)
    decides(app, fatima, closed_votes, "granted")
    with app.app_context():
        WorkerProcess(app).do_what_is_due()
        long_ago = now() - A_GRANT_LASTS - timedelta(hours=1)
        granted = RequestStep.kind == StepKind.GRANTED
        db.session.execute(update(RequestStep).where(granted).values(at=long_ago))
        db.session.commit()
    assert ada.fetches()[0] == 410
    with app.app_context():
        WorkerProcess(app).do_what_is_due()
        assert len(list(folder().iterdir())) == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Please give your name."),
        ("affiliation", " ", "where you work or study"),
        ("purpose", "Because.", "a sentence or two"),
        ("purpose", "x" * 2001, "at most 2000"),
        ("accepted", "", "on these terms only"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    app: Flask, closed_votes: str, field: str, value: str, words: str
) -> None:
    page = Researcher(app).asks(closed_votes, **{field: value})
    assert page.status == 400
    assert words in page.text
    assert page.field("purpose" if field != "purpose" else "affiliation") in {
        PURPOSE,
        "University of Velmora",
    }


def test_two_who_decide_at_once_hear_of_each_other(app: Flask, closed_votes: str, fatima: Staff) -> None:
    Researcher(app).asks(closed_votes)
    with app.app_context():
        asked = db.session.scalars(select(DataRequest)).one()
        number, seen = asked.id, asked.latest.id
    decides(app, fatima, closed_votes, "refused")
    fields = {
        f"r{number}-decision": "granted",
        f"r{number}-reason": "A good cause.",
        f"r{number}-seen": str(seen),
    }
    page = fatima.sends(f"/desk/c/{closed_votes}/data-requests/{number}", **fields)
    assert page.status == 409
    assert "Somebody has decided about this request" in page.text
    assert page.field(f"r{number}-reason") == "A good cause."


def test_a_decision_needs_a_reason(app: Flask, closed_votes: str, fatima: Staff) -> None:
    Researcher(app).asks(closed_votes)
    page = decides(app, fatima, closed_votes, "granted", "")
    assert page.status == 400
    assert "Please say why" in page.text


def test_where_votes_are_public_there_is_nothing_to_ask_for(app: Flask, open_votes: str) -> None:
    answer = Visitor(app).client.get(f"/en/c/{open_votes}/data/request")
    assert answer.headers["Location"] == f"/en/c/{open_votes}/data"


def test_a_guessed_or_foreign_address_opens_nothing(app: Flask, closed_votes: str) -> None:
    ada = Researcher(app)
    ada.asks(closed_votes)
    with app.app_context():
        other = make_consultation().slug
    assert ada.opens(f"/c/{closed_votes}/data/request/guessed").status == 404
    assert ada.opens(ada.address.replace(closed_votes, other)).status == 404
