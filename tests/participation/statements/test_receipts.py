"""Amina keeps a receipt, and reads on another device what became of her statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.moderation.actions import decide
from participation.moderation.models import Reason, Verdict
from participation.statements.models import Statement
from participation.statements.queries import statement_with_text
from participation.tokens import hash_of
from tests.builders import make_consultation, move_closing
from tests.people import Citizen, Page

if TYPE_CHECKING:
    from flask import Flask

TEXT = "The letters should be plain."


@pytest.fixture
def slug(app: Flask) -> str:
    with app.app_context():
        return make_consultation().slug


@pytest.fixture
def receipt(app: Flask, slug: str) -> Page:
    return Citizen(app).writes(slug, TEXT)


def on_another_device(app: Flask, slug: str, receipt: Page) -> Page:
    code = receipt.html.select_one(".address").get_text().rsplit("/", 1)[-1]
    return Citizen(app).opens(f"/c/{slug}/statements/receipts/{code}")


def rule(slug: str, verdict: Verdict, **why: object) -> None:
    consultation = consultation_by_slug(slug)
    decide(consultation, statement_with_text(consultation.id, TEXT), verdict, by=None, **why)


def test_it_says_what_was_received_and_what_happens_now(receipt: Page) -> None:
    assert "We have received your statement" in receipt.text
    assert TEXT in receipt.text
    assert "Number 4" in receipt.text
    assert "A person who runs this consultation reads your statement." in receipt.text
    assert "It is a question: nobody can agree or disagree with it." in receipt.text


def test_it_opens_anywhere_without_the_cookie(app: Flask, slug: str, receipt: Page) -> None:
    assert "We have received your statement" in on_another_device(app, slug, receipt).text


def test_it_says_that_the_statement_was_published(app: Flask, slug: str, receipt: Page) -> None:
    with app.app_context():
        rule(slug, Verdict.ACCEPT)
    page = on_another_device(app, slug, receipt)
    assert "Your statement is published" in page.text
    assert page.html.select_one("main a[href*='vote?statement=']")


def test_it_gives_the_rule_and_the_note_if_it_was_not(app: Flask, slug: str, receipt: Page) -> None:
    with app.app_context():
        rule(slug, Verdict.REJECT, reason=Reason.DUPLICATE, note="See statement 2.")
    page = on_another_device(app, slug, receipt)
    assert "Your statement was not published" in page.text
    assert "Another statement already says this." in page.text
    assert "See statement 2." in page.text


def test_it_admits_that_nobody_decided_in_time(app: Flask, slug: str, receipt: Page) -> None:
    with app.app_context():
        move_closing(consultation_by_slug(slug), now())
    page = on_another_device(app, slug, receipt)
    assert "The consultation closed before anyone decided about it." in page.text
    assert "What happens now" not in page.text


def test_neither_the_database_nor_a_guess_opens_it(app: Flask, slug: str, receipt: Page) -> None:
    with app.app_context():
        kept = db.session.scalars(
            db.select(Statement.receipt_hash).where(Statement.receipt_hash.is_not(None))
        )
        (receipt_hash,) = kept
        other = make_consultation().slug
    code = receipt.html.select_one(".address").get_text().rsplit("/", 1)[-1]
    assert receipt_hash == hash_of(code)
    assert len(code) == 24
    for guess in (receipt_hash.hex(), code[:-1], code.upper()):
        assert Citizen(app).opens(f"/c/{slug}/statements/receipts/{guess}").status == 404
    assert Citizen(app).opens(f"/c/{other}/statements/receipts/{code}").status == 404


def test_her_own_browser_finds_it_again(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    receipt = amina.writes(slug, TEXT)
    link = amina.opens(f"/c/{slug}/statements").html.select_one("article a")
    assert receipt.html.select_one(".address").get_text().endswith(link["href"])
