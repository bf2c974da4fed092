"""Amina saves her receipt, shows it to a journalist, and he checks it; a program checks the rest."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from deliberation.ballot import Choice
from deliberation.log_check import check_entries, check_heads, check_list, read_entries
from deliberation.log_entries import Head, is_signed
from deliberation.merkle import is_consistent, is_included
from participation.consultations.queries import consultation_by_slug
from participation.database import db
from participation.statements.queries import statements_of
from participation.transparency.committing import write_down_votes
from participation.transparency.models import Kind
from participation.transparency.queries import all_heads, entries_of_kind
from tests.builders import make_camps, make_consultation
from tests.participation.transparency.alterations import again, let_pass, sign
from tests.people import Citizen, Page

if TYPE_CHECKING:
    from flask import Flask


class Story:
    """An open consultation in which Amina and others have voted."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with app.app_context():
            consultation = make_consultation()
            make_camps(consultation, people=20)
            self.slug = consultation.slug
            statements = [statement.id for statement in statements_of(consultation.id)]
        self.amina, self.journalist = Citizen(app), Citizen(app)
        for statement, choice in zip(statements, Choice, strict=True):
            self.amina.votes(self.slug, choice, statement)

    def it_is_written_down(self, *, closed: bool = False) -> None:
        with self.app.app_context():
            consultation = again(self.slug)
            if closed:
                let_pass(consultation)
            write_down_votes(consultation.id)
            sign()

    def her_receipt(self, kind: str = "receipt") -> str:
        return self.amina.client.get(f"/en/c/{self.slug}/votes/{kind}.json").text

    def he_checks(self, receipt: str) -> Page:
        return self.journalist.sends("/transparency/receipt", receipt=receipt)

    def as_json(self, path: str) -> dict:
        return json.loads(self.journalist.client.get(f"/transparency/{path}").text)


@pytest.fixture
def story(app: Flask) -> Story:
    return Story(app)


def test_before_it_is_written_down_she_is_told_to_wait(story: Story) -> None:
    page = story.amina.opens(f"/c/{story.slug}/votes/receipt")
    assert "3 votes wait to be written into the public log." in page.text
    assert not page.html.select("main table")


def test_somebody_who_was_never_here_has_no_receipt(story: Story) -> None:
    story.it_is_written_down()
    assert "You have not voted here yet." in story.journalist.opens(f"/c/{story.slug}/votes/receipt").text
    answer = story.journalist.client.get(f"/en/c/{story.slug}/votes/receipt.json")
    assert answer.status_code == 404


def test_a_journalist_checks_her_receipt_and_learns_nothing_of_her_votes(story: Story) -> None:
    story.it_is_written_down()
    receipt = story.her_receipt()
    assert not any(word in receipt for word in ("agree", "pass", "nonce"))
    page = story.he_checks(receipt)
    assert "All 3 votes in it are written down" in page.text
    story.it_is_written_down(closed=True)
    assert "All 3 votes in it count" in story.he_checks(receipt).text
    assert "All 3 votes in it count" in story.he_checks(story.her_receipt()).text
    assert "Counts" in story.amina.opens(f"/c/{story.slug}/votes/receipt").text


def test_opened_the_receipt_says_how_she_voted(story: Story) -> None:
    story.it_is_written_down()
    opened = json.loads(story.her_receipt("receipt-opened"))
    assert [vote["choice"] for vote in opened["votes"]] == ["disagree", "pass", "agree"]
    assert "All 3 votes" in story.he_checks(json.dumps(opened)).text
    opened["votes"][0]["choice"] = "agree"
    page = story.he_checks(json.dumps(opened))
    assert "This receipt does not hold" in page.text
    assert "The proof is wrong" in page.text


def test_he_can_choose_the_file_instead(story: Story) -> None:
    story.it_is_written_down()
    file = (BytesIO(story.her_receipt().encode()), "receipt.json")
    page = story.journalist.sends("/transparency/receipt", file=file)
    assert "All 3 votes in it are written down" in page.text


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ("", "Please choose the file"),
        ("What?", "This is no receipt"),
        ('{"format": 1}', "This is no receipt"),
        ('{"format": "baraza-receipt-1", "votes": Infinity}', "This is no receipt"),
    ],
)
def test_what_is_no_receipt_is_said_so_and_kept_in_its_field(story: Story, sent: str, told: str) -> None:
    page = story.he_checks(sent)
    assert page.status == 422
    assert told in page.text
    assert page.field("receipt") == sent


def test_a_receipt_that_no_database_could_look_up_is_no_receipt(story: Story) -> None:
    story.it_is_written_down()
    for name in ("a\x00b", "\ud800"):
        receipt = json.loads(story.her_receipt()) | {"consultation": name}
        page = story.he_checks(json.dumps(receipt))
        assert page.status == 422
        assert "This is no receipt" in page.text


def test_a_receipt_without_proofs_does_not_hold(story: Story) -> None:
    story.it_is_written_down()
    receipt = json.loads(story.her_receipt())
    receipt["votes"][0]["proofs"] = []
    assert "This receipt does not hold" in story.he_checks(json.dumps(receipt)).text


@pytest.mark.parametrize("number", ["00000000000199999999999999999999", "0" * 12 + "9" * 5000, "4294967296"])
def test_a_number_that_no_entry_has_is_refused(story: Story, number: str) -> None:
    story.it_is_written_down()
    for address in ("entries.json?from=", "proof.json?index=0&size=", "consistency.json?from="):
        assert story.journalist.client.get(f"/transparency/{address}{number}").status_code == 400


def test_a_vote_removed_behind_her_back_is_found_by_her_receipt(story: Story) -> None:
    """While people vote nothing in the database shows it: a vote may be taken back. She knows that she did not."""
    story.it_is_written_down()
    receipt = story.her_receipt()
    with story.app.app_context():
        db.session.execute(text("DELETE FROM votes WHERE id = (SELECT max(id) FROM votes)"))
        db.session.commit()
    story.it_is_written_down(closed=True)
    page = story.he_checks(receipt)
    assert "2 of 3 votes count" in page.text
    assert "Does not count" in page.text


def test_a_log_that_was_written_anew_is_found_by_her_receipt(story: Story) -> None:
    story.it_is_written_down()
    receipt = story.her_receipt()
    with story.app.app_context():
        for table in ("tree_heads", "log_entries", "commitments"):
            db.session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - three names above
        db.session.execute(text("UPDATE votes SET nonce = NULL"))
        db.session.commit()
    story.it_is_written_down()
    assert "This receipt is of another log" in story.he_checks(receipt).text


def test_a_log_whose_later_entries_were_written_anew_is_found_too(story: Story) -> None:
    story.it_is_written_down()
    receipt = story.her_receipt()
    with story.app.app_context():
        db.session.execute(text('DELETE FROM log_entries WHERE "index" > 0'))
        db.session.execute(text("DELETE FROM commitments"))
        db.session.execute(text("UPDATE votes SET nonce = NULL"))
        db.session.commit()
    story.it_is_written_down(closed=True)
    assert "The log was rewritten since" in story.he_checks(receipt).text


def test_the_whole_log_as_a_file_can_be_checked(story: Story) -> None:
    story.it_is_written_down(closed=True)
    log = story.as_json("log.json")
    entries, hashes = read_entries(log)
    assert [*check_entries(entries, hashes), *check_heads(entries, [log["head"]])] == []
    for entry in entries:
        if entry.kind.startswith("votes-"):
            lines = story.journalist.client.get(f"/transparency/{entry.index}/commitments.txt").text
            assert list(check_list(entry, lines.splitlines())) == []
    assert [row["hash"] for row in story.as_json("entries.json?from=1&limit=2")["entries"]] == [
        one.hex() for one in hashes[1:3]
    ]


def test_proofs_hold_for_whoever_asks(story: Story) -> None:
    story.it_is_written_down()
    first = story.as_json("head.json")
    story.it_is_written_down(closed=True)
    head = story.as_json("head.json")
    assert is_signed(head["note"], [bytes.fromhex(key) for key in head["public_keys"]])
    assert Head(head["origin"], head["size"], bytes.fromhex(head["root"])).text() in head["note"]
    for index in range(head["size"]):
        proof = story.as_json(f"proof.json?index={index}")
        path = [bytes.fromhex(one) for one in proof["path"]]
        leaf = bytes.fromhex(proof["leaf"])
        assert is_included(leaf, index, proof["size"], path, bytes.fromhex(head["root"]))
    shown = story.as_json(f"consistency.json?from={first['size']}")
    roots = [bytes.fromhex(one) for one in (first["root"], head["root"])]
    path = [bytes.fromhex(one) for one in shown["path"]]
    assert is_consistent(first["size"], head["size"], *roots, path)


BAD = {
    400: ("proof.json?index=-1", "proof.json?index=x", "entries.json?from=99999999999999999999"),
    404: (
        "proof.json?index=999",
        "consistency.json?from=9&to=999",
        "999/commitments.txt",
        "0/commitments.txt",
    ),
}


@pytest.mark.parametrize(("status", "path"), [(status, path) for status in BAD for path in BAD[status]])
def test_numbers_that_cannot_be_are_refused(story: Story, status: int, path: str) -> None:
    story.it_is_written_down()
    assert story.journalist.client.get(f"/transparency/{path}").status_code == status


@pytest.mark.parametrize("path", ["999", "99999999999999"])
def test_an_entry_that_is_not_there_has_no_page(app: Flask, path: str) -> None:
    assert Citizen(app).opens(f"/transparency/{path}").status == 404


def test_an_entry_shows_its_proof_and_one_that_is_new_says_so(story: Story) -> None:
    story.it_is_written_down()
    assert "The proof that it stands in the log" in story.journalist.opens("/transparency/1").text
    with story.app.app_context():
        write_down_votes(consultation_by_slug(story.slug).id)
        let_pass(again(story.slug))
        (batch,) = entries_of_kind(Kind.VOTES_COMMITTED)
        assert all_heads()[-1].size == batch.index + 1
    page = story.journalist.opens(f"/transparency/{batch.index + 1}")
    assert "This entry is new." in page.text


def test_an_empty_log_has_pages_too(app: Flask) -> None:
    visitor = Citizen(app)
    assert "Nothing is written down about this yet." in visitor.opens("/transparency").text
    assert visitor.client.get("/transparency/head.txt").status_code == 404
    assert json.loads(visitor.client.get("/transparency/log.json").text)["entries"] == []


def test_the_commands_check_and_print_the_head(story: Story, tmp_path: Path) -> None:
    run = story.app.test_cli_runner().invoke
    assert "The log is empty" in run(args=["transparency", "head"]).output
    story.it_is_written_down(closed=True)
    saved = tmp_path / "head.txt"
    saved.write_text(run(args=["transparency", "head"]).stdout)
    good = run(args=["transparency", "check", "--head", str(saved)])
    assert (good.exit_code, "nothing wrong" in good.output) == (0, True)
    with story.app.app_context():
        db.session.execute(text("UPDATE log_entries SET facts = '{}' WHERE \"index\" = 1"))
        db.session.commit()
    bad = run(args=["transparency", "check"])
    assert bad.exit_code == 1
    assert "Entry 1 does not have the hash that stands with it" in bad.output
