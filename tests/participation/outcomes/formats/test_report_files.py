"""A journalist takes a published report home in every form, and a program checks its JSON."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from deliberation.ballot import Choice
from participation.consultations.models import Consultation
from participation.database import db, now
from participation.fingerprints import fingerprint_of
from participation.jobs.worker import WorkerProcess
from participation.moderation.models import Decision, Reason, Verdict
from participation.outcomes.actions import publish_report
from participation.outcomes.formats.schema import report_schema
from participation.outcomes.models import Report
from participation.statements.models import State
from participation.statements.queries import statements_of
from tests.builders import make_consultation, make_votes, move_closing
from tests.participation.outcomes.conftest import agreed_by
from tests.participation.outcomes.sample_report import facts, words
from tests.people import Visitor

if TYPE_CHECKING:
    from flask import Flask

FACTS, WORDS = facts(), words("en", "fr")
SHA256 = fingerprint_of({"facts": FACTS, "words": WORDS})
FILES = ("1.pdf", "1.xlsx", "1.json", "1/statements.csv", "1/tables/1.csv")


@pytest.fixture
def published(app: Flask) -> str:
    """A consultation whose report came out in English and French."""
    with app.app_context():
        consultation = make_consultation()
        report = Report(consultation_id=consultation.id, number=1, facts=FACTS, words=WORDS, sha256=SHA256)
        db.session.add(report)
        db.session.commit()
        return consultation.slug


@pytest.mark.parametrize("file", FILES)
def test_every_file_says_of_which_report_it_is_and_may_be_kept(app: Flask, published: str, file: str) -> None:
    journalist = Visitor(app).client
    answer = journalist.get(f"/en/c/{published}/report/{file}")
    assert answer.status_code == 200
    assert answer.headers["X-Report-SHA256"] == SHA256
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = journalist.get(
        f"/en/c/{published}/report/{file}", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304
    assert not again.data


@pytest.mark.parametrize("file", FILES)
def test_there_is_no_file_of_a_report_that_was_never_published(app: Flask, published: str, file: str) -> None:
    client = Visitor(app).client
    for number in ("2", "99999999999999999999"):
        assert client.get(f"/en/c/{published}/report/{number}{file[1:]}").status_code == 404
    assert client.get(f"/en/c/{published}/report/1/tables/999.csv").status_code == 404


def test_the_pdf_is_made_once(app: Flask, published: str) -> None:
    client = Visitor(app).client
    first = client.get(f"/fr/c/{published}/report/1.pdf").data
    (kept,) = _shelf(app).glob(f"{SHA256}-fr-*.pdf")
    assert kept.read_bytes() == first
    kept.write_bytes(b"%PDF from the shelf")
    assert client.get(f"/fr/c/{published}/report/1.pdf").data == b"%PDF from the shelf"
    kept.unlink()
    assert client.get(f"/fr/c/{published}/report/1.pdf").data == first


def test_who_asks_in_a_language_that_the_report_lacks_gets_the_main_one(app: Flask, published: str) -> None:
    answer = Visitor(app).client.get(f"/ar/c/{published}/report/1.pdf")
    assert answer.headers["Location"] == f"/en/c/{published}/report/1.pdf"


def test_the_json_keeps_what_its_schema_promises(app: Flask, published: str) -> None:
    client = Visitor(app).client
    report = json.loads(client.get(f"/en/c/{published}/report/1.json").text)
    schema = client.get("/schemas/report-1.json").json
    assert report["$schema"] == schema["$id"]
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(report)
    assert set(report["words"]) == {"en", "fr"}


def test_anyone_can_compute_the_fingerprint_from_the_json(app: Flask, published: str) -> None:
    report = Visitor(app).client.get(f"/en/c/{published}/report/1.json").json
    rests_on = {"facts": report["facts"], "words": report["words"]}
    text = json.dumps(rests_on, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == report["sha256"]


def test_a_report_that_was_really_published_comes_in_every_form(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation(languages=("en", "ar"))
        first = statements_of(consultation.id)[0]
        make_votes(consultation, first, [Choice.AGREE] * 9 + [Choice.DISAGREE] * 2 + [Choice.PASS])
        move_closing(consultation, now() - timedelta(minutes=2))
        slug, key = consultation.slug, consultation.id
        WorkerProcess(app).do_what_is_due()
        publish_report(db.session.get_one(Consultation, key))
    client = Visitor(app).client
    for language in ("en", "ar"):
        assert client.get(f"/{language}/c/{slug}/report/1.pdf").data.startswith(b"%PDF")
        assert client.get(f"/{language}/c/{slug}/report/1.xlsx").status_code == 200
    report = client.get(f"/en/c/{slug}/report/1.json").json
    Draft202012Validator(client.get("/schemas/report-1.json").json).validate(report)
    page = Visitor(app).opens(f"/c/{slug}/report/1")
    assert page.html.select_one(f'a[href="/en/c/{slug}/report/1.pdf"]')


def test_words_that_turn_out_to_name_a_neighbour_leave_every_file(app: Flask) -> None:
    with app.app_context():
        consultation = agreed_by(app, seeds=("My neighbour cheats.", "Two.", "Three."))
        here, report = f"/en/c/{consultation.slug}/report", publish_report(consultation)
        client = Visitor(app).client
        before = client.get(f"{here}/1.pdf").data
        assert "neighbour" in client.get(f"{here}/1.json").text
        first = statements_of(consultation.id)[0]
        db.session.add(Decision(statement_id=first.id, verdict=Verdict.REJECT, reason=Reason.PERSONAL_DATA))
        first.state = State.REJECTED
        db.session.commit()
        assert "neighbour" not in client.get(f"{here}/1.json").text
        assert client.get(f"{here}/1.json").json["removed"] == [1]
        assert "neighbour" not in client.get(f"{here}/1/statements.csv").text
        book = zipfile.ZipFile(io.BytesIO(client.get(f"{here}/1.xlsx").data))
        assert b"neighbour" not in book.read("xl/sharedStrings.xml")
        assert client.get(f"{here}/1.pdf").data != before
        # Nor does it stay on disk.
        assert len(list(_shelf(app).glob(f"{report.sha256}-en-*.pdf"))) == 1


@pytest.mark.parametrize("damage", ["kind", "text", "extra"])
def test_the_schema_notices_a_block_that_is_none(damage: str) -> None:
    report = {
        "schema_version": "1",
        "number": 1,
        "published_at": "2026-11-24T00:00:00+00:00",
        "sha256": SHA256,
        "reason": {},
        "removed": [],
        "facts": facts(),
        "words": json.loads(json.dumps(words("en"))),
    }
    validator = Draft202012Validator(report_schema("https://baraza.example/schemas/report-1.json"))
    assert validator.is_valid(report)
    block = report["words"]["en"]["sections"][0]["blocks"][0]
    block[damage] = {"kind": "heading", "text": 5, "extra": "unknown"}[damage]
    assert not validator.is_valid(report)


def _shelf(app: Flask) -> Path:
    return Path(app.instance_path) / "reports"
