"""Amina has something to say that nobody has said yet."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from participation.consultations.actions import revise_deck
from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.i18n import count_characters
from participation.statements.actions import LONGEST_STATEMENT, STATEMENTS_AN_HOUR
from participation.statements.languages import likely_language
from participation.statements.models import State, Statement
from tests.builders import make_consultation, move_closing
from tests.people import Citizen

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture
def slug(app: Flask) -> str:
    with app.app_context():
        return make_consultation(languages=("en", "ar")).slug


def written(app: Flask) -> list[Statement]:
    with app.app_context():
        return list(db.session.scalars(select(Statement).where(Statement.is_seed.is_(False))))


def test_her_statement_waits_for_a_facilitator(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    page = amina.writes(slug, "  The letters   should be plain. ")
    assert "A facilitator has not read it yet" in page.text
    assert "The letters should be plain." in page.text
    assert [statement.state for statement in written(app)] == [State.WAITING]


def test_it_is_not_put_to_the_vote_before(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    amina.writes(slug, "The letters should be plain.")
    assert "of 3 statements" in amina.sees_card(slug).text


def test_one_character_too_many_is_refused_and_the_text_is_kept(app: Flask, slug: str) -> None:
    long = "a" * (LONGEST_STATEMENT + 1)
    page = Citizen(app).writes(slug, long)
    assert "shorten this text by 1 character" in page.text
    assert page.field("text") == long
    assert written(app) == []


def test_marks_belong_to_their_letter_and_are_not_counted() -> None:
    assert count_characters("नमस्ते") == 4
    assert count_characters("مُحَمَّد") == 4
    assert count_characters("é") == count_characters("e\u0301") == 1
    assert count_characters("Pass") == 4


def test_an_arabic_statement_with_vowel_signs_may_be_as_long_as_one_without(app: Flask, slug: str) -> None:
    page = Citizen(app).writes(slug, "مَ" * LONGEST_STATEMENT, "ar")
    assert page.status == 200
    assert len(written(app)) == 1


@pytest.mark.parametrize("trick", ["safe\u202eevil", "a\u2066b", "nul\x00byte", "bell\x07"])
def test_characters_that_deceive_are_refused(app: Flask, slug: str, trick: str) -> None:
    page = Citizen(app).writes(slug, trick)
    assert "invisible control characters" in page.text
    assert written(app) == []


def test_joiners_that_hindi_and_persian_need_stay(app: Flask, slug: str) -> None:
    Citizen(app).writes(slug, "क्‍ष می‌خواهم")
    with app.app_context():
        text = (
            db.session.scalars(select(Statement).where(Statement.is_seed.is_(False))).one().wording("en").text
        )
    assert "\u200d" in text
    assert "\u200c" in text


def test_what_was_said_already_is_shown_to_vote_on_instead(app: Flask, slug: str) -> None:
    page = Citizen(app).writes(slug, "A person should decide.")
    assert "already said exactly this" in page.text
    assert page.html.select_one("main a[href*='vote?statement=']")
    assert page.field("text") == "A person should decide."


def test_what_waits_is_not_shown_to_others_who_say_the_same(app: Flask, slug: str) -> None:
    Citizen(app).writes(slug, "The letters should be plain.")
    page = Citizen(app).writes(slug, "The letters should be plain.")
    assert "already said exactly this" in page.text
    assert not page.html.select("main a[href*='vote?statement=']")


def test_an_hour_has_room_for_a_few_statements_only(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    for number in range(STATEMENTS_AN_HOUR):
        amina.writes(slug, f"Statement of hers, number {number}.")
    page = amina.writes(slug, "One more.")
    assert "You can send this one in 60 minutes." in page.text
    assert page.field("text") == "One more."
    assert len(written(app)) == STATEMENTS_AN_HOUR


def test_a_network_that_sends_very_much_has_to_wait_and_loses_nothing(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    for _attempt in range(60):
        amina.drafts(slug, "Why?")
    page = amina.drafts(slug, "Letters should be plain.")
    assert page.status == 429
    assert "send again in a few minutes" in page.text
    assert page.field("text") == "Letters should be plain."


def test_a_consultation_that_closes_while_she_writes_keeps_her_text(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    amina.opens(f"/c/{slug}/statements/new")
    with app.app_context():
        move_closing(consultation_by_slug(slug), now())
    page = amina.drafts(slug, "Letters should be plain.")
    assert page.status == 409
    assert "closed while you were writing" in page.text
    assert page.field("text") == "Letters should be plain."
    assert not page.html.select("main form button")
    assert written(app) == []


def test_a_double_click_sends_once_and_shows_the_receipt_twice(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    amina.opens(f"/c/{slug}/statements/new")
    first, second = (amina.writes(slug, "The letters should be plain.") for _click in range(2))
    assert first.text == second.text
    assert "We have received your statement" in second.text
    assert len(written(app)) == 1


def test_two_clicks_that_arrive_at_the_same_moment_are_one_statement(app: Flask, slug: str) -> None:
    amina, again = Citizen(app), Citizen(app)
    amina.opens(f"/c/{slug}/statements/new")
    again.client._cookies = amina.client._cookies  # noqa: SLF001 - the client copies them in no other way
    form = {"csrf_token": amina.token(), "text": "The letters should be plain.", "language": "en"}
    likely_language(form["text"], ("en", "fr"))
    with app.app_context(), ThreadPoolExecutor() as clicks:
        # Both have looked for a receipt and found none when the first of them may write.
        revise_deck(consultation_by_slug(slug))
        answers = [
            clicks.submit(click.client.post, f"/en/c/{slug}/statements/new", data=form)
            for click in (amina, again)
        ]
        time.sleep(1)
        db.session.commit()
    first, second = (answer.result() for answer in answers)
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert "/receipts/" in first.location
    assert len(written(app)) == 1


def test_a_double_click_on_her_last_statement_of_the_hour_is_no_sixth(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    for number in range(STATEMENTS_AN_HOUR):
        amina.writes(slug, f"Statement of hers, number {number}.")
    page = amina.writes(slug, f"Statement of hers, number {STATEMENTS_AN_HOUR - 1}.")
    assert "We have received your statement" in page.text


def test_markup_is_text(app: Flask, slug: str) -> None:
    page = Citizen(app).writes(slug, "<script>alert(1)</script>")
    assert not [script for script in page.html.select("script") if "alert" in script.text]
    assert "<script>alert(1)</script>" in page.text


def test_an_expired_form_gives_the_text_back(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    answer = amina.client.post(
        f"/en/c/{slug}/statements/new", data={"text": "A long thought that took an hour.", "language": "en"}
    )
    assert answer.status_code == 400
    assert "A long thought that took an hour." in answer.text
