"""The data of a report as a file: what is in it, who is protected, and that anyone can check it."""

from __future__ import annotations

import functools
import http.server
import json
import subprocess
import sys
import threading
import warnings
import zipfile
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from deliberation.ballot import Choice
from deliberation.package_file import read_package
from deliberation.verify import EQUAL, verify
from participation.consultations.actions import VotesAlreadyPromisedError, publish_votes
from participation.consultations.models import Participant
from participation.consultations.queries import consultation_by_slug
from participation.contributions.actions import erase
from participation.database import db
from participation.jobs.worker import WorkerProcess
from participation.moderation.models import Decision, Reason, Verdict
from participation.organisations.models import Role
from participation.outcomes.actions import publish_report
from participation.packages.actions import counted_votes
from participation.packages.models import Package
from participation.packages.queries import public_packages
from participation.statements.actions import submit_statement
from participation.statements.models import State
from participation.statements.queries import statements_of
from participation.votes.actions import cast_vote, put_off
from participation.votes.models import Vote
from tests.builders import make_account, make_camps, make_consultation, make_participant
from tests.participation.packages.conftest import PEOPLE, close_and_publish, package_of
from tests.people import Citizen, Staff, Visitor
from tests.tools import shared_data

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from werkzeug.test import TestResponse


def unpacked(package: Path, folder: Path) -> Path:
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    return folder


def fetched(visitor: Visitor, path: str, *, etag: str = "") -> TestResponse:
    """The whole answer; the file behind it is closed again."""
    with visitor.client.get(path, headers={"If-None-Match": etag} if etag else {}) as answer:
        assert answer.data is not None
        return answer


def test_everybody_downloads_it_under_its_hash_and_browsers_may_keep_it_but_ask(
    app: Flask, open_votes: str
) -> None:
    visitor = Visitor(app)
    page = visitor.opens(f"/c/{open_votes}/data")
    link = page.html.select_one("a[href$='.zip']")["href"]
    answer = fetched(visitor, link)
    with app.app_context():
        assert answer.data == package_of(open_votes).read_bytes()
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["ETag"].strip('"') in link
    assert fetched(visitor, link, etag=answer.headers["ETag"]).status_code == 304
    assert fetched(visitor, link.replace(link[-20:-10], "0" * 10)).status_code == 404


def test_while_it_is_made_the_page_says_how_far_it_is_and_looks_again_only_for_those_who_ask(
    app: Flask, open_votes: str
) -> None:
    with app.app_context():
        publish_report(consultation_by_slug(open_votes), {"en": "A date was wrong."})
    visitor = Visitor(app)
    page = visitor.opens(f"/c/{open_votes}/data")
    assert page.html.select_one("progress")["value"] == "0"
    assert "Refresh" not in page.headers
    assert "Earlier versions" in page.text
    waiting = page.html.find("a", string=lambda text: text and "Look again" in text)["href"]
    assert visitor.opens(waiting.removeprefix("/en")).headers["Refresh"] == "5"
    with app.app_context():
        WorkerProcess(app).do_what_is_due()
    page = visitor.opens(waiting.removeprefix("/en"))
    assert "Refresh" not in page.headers
    assert "Download version 2" in page.text


def test_before_there_is_a_report_the_page_says_so(app: Flask) -> None:
    with app.app_context():
        slug = make_consultation().slug
    assert "There is no published report yet" in Visitor(app).opens(f"/c/{slug}/data").text


def test_frictionless_finds_every_table_right_and_red_dwarf_loads_the_votes_unchanged(
    app: Flask, open_votes: str, tmp_path: Path
) -> None:
    with app.app_context():
        folder = unpacked(package_of(open_votes), tmp_path / "open")
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - a tool of ours
    assert json.loads(result.stdout)["valid"], result.stdout
    votes, comments = loaded_by_red_dwarf(folder / "polis")
    assert len(votes) == PEOPLE * 3
    assert {comment["statement_id"] for comment in comments} == {1, 2, 3}


def loaded_by_red_dwarf(folder: Path) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """It reads CSV files from a web server only: one of our own, on this machine."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from reddwarf.data_loader import Loader  # noqa: PLC0415 - its import warns about itself

        handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{server.server_port}/"
            loader = Loader(directory_url=address, is_cache_enabled=False)
            server.shutdown()
    return loader.votes_data, loader.comments_data


def test_its_figures_come_out_of_its_votes_again(app: Flask, open_votes: str) -> None:
    with app.app_context():
        package = package_of(open_votes)
        result = app.test_cli_runner().invoke(args=["verify", str(package)])
    assert result.exit_code == EQUAL, result.output
    assert "EQUAL" in result.output
    assert verify(package).votes == PEOPLE * 3


def test_groups_and_their_stability_come_out_again(app: Flask) -> None:
    with app.app_context():
        seeds = [f"Statement number {number} is about the model." for number in range(1, 11)]
        slug = make_consultation(seeds=seeds).slug
        make_camps(consultation_by_slug(slug), people=60)
        close_and_publish(app, slug)
        package = package_of(slug)
        report = json.loads(read_package(package)["report.json"])
    assert report["analysis"]["number_of_groups"] == 2
    verdict = verify(package)
    assert verdict.comparison.differences == []
    assert verdict.comparison.equal > 500


def test_without_a_decision_for_it_no_single_vote_leaves_the_house(app: Flask, closed_votes: str) -> None:
    with app.app_context():
        package = package_of(closed_votes)
    files = read_package(package)
    assert not any(name.startswith("polis/") for name in files)
    assert verify(package).exit_code == EQUAL
    assert "no single votes in it" in files["README.en.md"].decode()
    visitor = Visitor(app)
    answer = visitor.client.get(f"/en/c/{closed_votes}/outcome.zip")
    assert answer.headers["Location"] == f"/en/c/{closed_votes}/data"
    assert "The votes as CSV files" not in visitor.opens(f"/c/{closed_votes}/outcome").text


def test_votes_have_no_times_no_authors_and_nothing_about_people_beside_them(
    app: Flask, open_votes: str
) -> None:
    with app.app_context():
        files = read_package(package_of(open_votes))
        closes_on = consultation_by_slug(open_votes).closes_at.date().isoformat()
    rows = files["polis/votes.csv"].decode().splitlines()[1:]
    assert {row.split(",")[1] for row in rows} == {f"{closes_on}T00:00:00Z"}
    authors = {row.split(",")[3] for row in files["polis/comments.csv"].decode().splitlines()[1:]}
    assert authors == {str(PEOPLE)}, "a number that no voter has"
    assert not any("Under 30" in files[name].decode() for name in files if name.startswith("polis/"))


def people_in(files: dict[str, bytes]) -> list[tuple[tuple[str, str], ...]]:
    """What each person voted, in an order that says nothing about who is who."""
    by_person = defaultdict(list)
    for line in files["polis/votes.csv"].decode().splitlines()[1:]:
        _stamp, _time, statement, person, choice = line.split(",")
        by_person[person].append((statement, choice))
    return sorted(tuple(sorted(votes)) for votes in by_person.values())


def test_the_difference_between_two_packages_says_nothing_about_who_left_in_between(app: Flask) -> None:
    """Amina changed her mind, put one off, wrote what nobody read, and reads Arabic. Then she has herself erased."""
    with app.app_context():
        slug = make_consultation(languages=("en", "ar")).slug
        consultation = consultation_by_slug(slug)
        make_camps(consultation, people=PEOPLE)
        first, second, third = statements_of(consultation.id)
        for _person in range(5):
            one = make_participant(consultation, "ar")
            for statement in (first, second):
                cast_vote(consultation, one.id, statement.id, Choice.AGREE)
        amina = make_participant(consultation, "ar")
        for statement in (first, second):
            cast_vote(consultation, amina.id, statement.id, Choice.PASS)
        cast_vote(consultation, amina.id, first.id, Choice.DISAGREE)
        put_off(consultation, amina.id, third.id, again=False)
        submit_statement(consultation, amina, "Nobody has read this.", "en", receipt_hash=b"a" * 32)
        close_and_publish(app, slug)
        before = package_of(slug)
        erase(consultation_by_slug(slug), db.session.get_one(Participant, amina.id), withdraw=True)
        WorkerProcess(app).do_what_is_due()
        publish_report(consultation_by_slug(slug), {"en": "A date was wrong."})
        WorkerProcess(app).do_what_is_due()
        after = package_of(slug)
    assert before != after
    one, other = read_package(before), read_package(after)
    assert people_in(one) == people_in(other)
    aggregates = [name for name in one if name.startswith("data/") or name == "polis/comments.csv"]
    assert {name: one[name] for name in aggregates} == {name: other[name] for name in aggregates}
    for part in ("participation", "analysis", "answers", "statements", "moderation", "integrity"):
        assert facts_of(one)[part] == facts_of(other)[part], part
    assert verify(after).exit_code == EQUAL


def facts_of(files: dict[str, bytes]) -> dict[str, object]:
    return json.loads(files["report.json"])


def test_people_have_other_numbers_in_each_package(app: Flask, open_votes: str) -> None:
    with app.app_context():
        report = public_packages(consultation_by_slug(open_votes).id)[0].report
        orders = {tuple(counted_votes(report).choices.tolist()) for _package in range(5)}
    assert len(orders) > 1


def test_votes_that_are_not_those_of_the_report_stay_out(app: Flask, open_votes: str) -> None:
    """A row is gone from the database, by whatever hand: the difference to the package before would be a vote."""
    with app.app_context():
        db.session.delete(db.session.scalars(select(Vote)).first())
        db.session.commit()
        report = public_packages(consultation_by_slug(open_votes).id)[0].report
        assert counted_votes(report) is None


def test_words_that_turned_out_to_name_somebody_go_from_the_file_too(app: Flask, open_votes: str) -> None:
    with app.app_context():
        before = package_of(open_votes)
        consultation = consultation_by_slug(open_votes)
        _first, second, _third = statements_of(consultation.id)
        by = make_account()
        second.state = State.REJECTED
        db.session.add(
            Decision(
                statement_id=second.id,
                account_id=by.id,
                role=Role.FACILITATOR,
                verdict=Verdict.REJECT,
                reason=Reason.PERSONAL_DATA,
            )
        )
        db.session.commit()
        path = f"/en/c/{open_votes}/data/{before.stem}.zip"
        assert fetched(Visitor(app), path).status_code == 404
        WorkerProcess(app).do_what_is_due()
        after = package_of(open_votes)
        assert not before.exists()
        files = read_package(after)
    assert not any(b"Errors should be published." in contents for contents in files.values())
    assert verify(after).exit_code == EQUAL


def test_the_command_writes_the_file_that_everybody_has(app: Flask, open_votes: str, tmp_path: Path) -> None:
    run = app.test_cli_runner().invoke
    assert "version 1" in run(args=["outcome", "package", open_votes, str(tmp_path / "a.zip")]).output
    with app.app_context():
        assert (tmp_path / "a.zip").read_bytes() == package_of(open_votes).read_bytes()
        db.session.query(Package).delete()
        db.session.commit()
    run(args=["outcome", "package", open_votes, str(tmp_path / "b.zip")])
    assert verify(tmp_path / "b.zip").exit_code == EQUAL
    assert "no consultation" in run(args=["outcome", "package", "nothing", str(tmp_path / "c.zip")]).output
    with app.app_context():
        slug = make_consultation().slug
    assert "no published report" in run(args=["outcome", "package", slug, str(tmp_path / "c.zip")]).output


def test_catalogues_find_a_record_of_dcat_and_schema_org(app: Flask, open_votes: str) -> None:
    visitor = Visitor(app)
    page = visitor.opens(f"/c/{open_votes}/data")
    answer = visitor.client.get(page.html.select_one("link[type='application/ld+json']")["href"])
    assert answer.mimetype == "application/ld+json"
    record = json.loads(answer.text)
    assert record["@type"] == ["dcat:Dataset", "schema:Dataset"]
    assert {title["@language"] for title in record["dct:title"]} == {"en", "ar"}
    distribution = record["dcat:distribution"]
    assert fetched(visitor, distribution["dcat:downloadURL"]["@id"]).status_code == 200
    assert len(distribution["spdx:checksum"]["spdx:checksumValue"]["@value"]) == 64


def test_a_file_that_is_gone_from_the_disk_is_not_found(app: Flask, open_votes: str) -> None:
    page = Visitor(app).opens(f"/c/{open_votes}/data")
    with app.app_context():
        package_of(open_votes).unlink()
    assert Visitor(app).client.get(page.html.select_one("a[href$='.zip']")["href"]).status_code == 404


def test_people_read_before_they_vote_what_becomes_of_their_votes(app: Flask) -> None:
    with app.app_context():
        slugs = {kind: make_consultation(publishes_votes=kind).slug for kind in (True, False)}
    words = {True: "the single votes are published", False: "only counts are published"}
    for kind, slug in slugs.items():
        amina = Citizen(app)
        assert words[kind] in amina.opens(f"/c/{slug}").text
        assert words[kind] in amina.sees_card(slug).text
        amina.votes(slug, Choice.AGREE)
        assert words[kind] not in amina.sees_card(slug).text


@pytest.mark.usefixtures("context")
def test_what_was_promised_of_votes_when_it_opened_stands() -> None:
    running = make_consultation(publishes_votes=False)
    with pytest.raises(VotesAlreadyPromisedError):
        publish_votes(running, published=True)
    db.session.rollback()
    assert not running.publishes_votes


def test_fatima_decides_about_votes_on_the_page_of_her_draft(app: Flask) -> None:
    with app.app_context():
        account = make_account("Fatima")
        slug = make_consultation(account, published=False, publishes_votes=False).slug
        email = account.email
    fatima = Staff(app)
    fatima.signs_in(email)
    page = fatima.sends(f"/desk/c/{slug}/open-votes", published="1")
    assert page.html.select_one("input[name=published]").has_attr("checked")
    page = fatima.sends(f"/desk/c/{slug}/open-votes")
    assert not page.html.select_one("input[name=published]").has_attr("checked")


def test_a_recorded_conversation_comes_in_is_published_and_comes_out_to_be_checked(
    app: Flask, tmp_path: Path
) -> None:
    """The same for vTaiwan, of which it takes minutes, is in benchmarks/packages.py."""
    folder = shared_data("conformance/small-35x44")
    run = app.test_cli_runner().invoke
    run(args=["consultation", "import-polis", str(folder), "--slug", "recorded"])
    with app.app_context():
        consultation_by_slug("recorded").texts["en"].decision_maker = "The ministry"
        db.session.commit()
        close_and_publish(app, "recorded")
    run(args=["outcome", "package", "recorded", str(tmp_path / "recorded.zip")])
    result = run(args=["verify", str(tmp_path / "recorded.zip")])
    assert result.exit_code == EQUAL, result.output
    assert "EQUAL" in result.output
