"""Fatima signs in. Mallory tries to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from participation.accounts.actions import (
    EmailTakenError,
    authenticate,
    create_account,
    set_password,
)
from participation.accounts.models import Account
from participation.accounts.passwords import PasswordTooCommonError, PasswordTooShortError
from participation.database import db
from tests.builders import PASSWORD, make_account
from tests.people import Staff, Visitor

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture
def email(app: Flask) -> str:
    with app.app_context():
        return make_account().email


def test_fatima_signs_in_and_out(app: Flask, email: str) -> None:
    fatima = Staff(app)
    assert "Your consultations" in fatima.signs_in(email).text
    fatima.sends("/sign-out")
    assert "Sign in" in fatima.opens("/desk").text


def test_the_case_of_the_address_does_not_matter(app: Flask, email: str) -> None:
    assert "Your consultations" in Staff(app).signs_in(f" {email.upper()}").text


def test_a_wrong_password_says_no_more_than_that(app: Flask, email: str) -> None:
    wrong, unknown = (
        Staff(app).signs_in(email, "not her password"),
        Staff(app).signs_in("nobody@city.example"),
    )
    assert wrong.status == unknown.status == 401
    assert "is not right" in wrong.text
    assert "is not right" in unknown.text


def test_the_password_is_kept_as_an_argon2_hash(app: Flask, email: str) -> None:
    with app.app_context():
        account = db.session.query(Account).one()
        assert account.password_hash.startswith("$argon2id$")
        assert authenticate(email, PASSWORD)


def test_short_passwords_and_taken_addresses_are_refused(app: Flask, email: str) -> None:
    with app.app_context():
        with pytest.raises(PasswordTooShortError):
            create_account("new@city.example", "New", "elevenchars")
        for easy in ("123456789012", "passwordpassword", "new@city.example", "P@ssw0rd1234"):
            with pytest.raises(PasswordTooCommonError):
                create_account("new@city.example", "New", easy)
        with pytest.raises(EmailTakenError):
            create_account(email.upper(), "Again", PASSWORD)


def test_guessing_is_stopped_and_says_when_to_come_back(app: Flask, email: str) -> None:
    mallory = Staff(app)
    pages = [mallory.signs_in(email, f"guess number {number}") for number in range(11)]
    assert [page.status for page in pages[:10]] == [401] * 10
    assert pages[10].status == 429
    assert int(pages[10].headers["Retry-After"]) > 0


def test_a_session_from_before_signing_in_is_worth_nothing_after(app: Flask, email: str) -> None:
    fatima = Staff(app)
    fatima.opens("/sign-in")
    before = fatima.client.get_cookie("session").value
    fatima.signs_in(email)
    mallory = Visitor(app)
    mallory.client.set_cookie("session", before)
    assert "Sign in" in mallory.opens("/desk").text


def test_a_new_password_from_the_operator_signs_her_out_everywhere(app: Flask, email: str) -> None:
    fatima = Staff(app)
    fatima.signs_in(email)
    with app.app_context():
        set_password(db.session.query(Account).one(), "four words that differ")
    assert "Sign in" in fatima.opens("/desk").text


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "\t//evil.example",
    ],
)
def test_signing_in_leads_nowhere_else(app: Flask, email: str, target: str) -> None:
    fatima = Staff(app)
    answer = fatima.client.post(
        "/en/sign-in",
        query_string={"next": target},
        data={"csrf_token": fatima.token(), "email": email, "password": PASSWORD},
    )
    assert answer.headers["Location"] == "/en/desk"


def test_after_signing_in_she_is_where_she_wanted_to_be(app: Flask, email: str) -> None:
    fatima = Staff(app)
    asked = fatima.client.get("/en/desk/new")
    answer = fatima.client.post(
        asked.headers["Location"], data={"csrf_token": fatima.token(), "email": email, "password": PASSWORD}
    )
    assert answer.headers["Location"] == "/en/desk/new"
