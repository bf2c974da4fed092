"""Fatima looks after her account: her password, where she is signed in, and a second factor."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pyotp
import pytest
from sqlalchemy import update

from participation.accounts.models import Account, AccountSession, RecoveryCode
from participation.accounts.second_factor import STEP_IN_SECONDS
from participation.database import db, now
from tests.builders import PASSWORD, make_account
from tests.people import Page, Staff

if TYPE_CHECKING:
    from flask import Flask

NEW = "harbour violin gravel moon"


@pytest.fixture
def email(app: Flask) -> str:
    with app.app_context():
        return make_account("Fatima").email


@pytest.fixture
def fatima(app: Flask, email: str) -> Staff:
    fatima = Staff(app)
    fatima.signs_in(email)
    return fatima


def turns_on(fatima: Staff) -> tuple[pyotp.TOTP, list[str]]:
    """Set a second factor up with the code before the present one, so that the next is still good."""
    totp = pyotp.TOTP(fatima.opens("/account/second-factor").html.select_one("figcaption code").text)
    page = fatima.sends("/account/second-factor", code=totp.at(now() - timedelta(seconds=STEP_IN_SECONDS)))
    return totp, [code.text for code in page.html.select("main li code")]


def test_fatima_changes_her_password_and_is_signed_out_elsewhere(
    app: Flask, fatima: Staff, email: str
) -> None:
    at_home = Staff(app)
    at_home.signs_in(email)
    page = fatima.sends("/account/password", present=PASSWORD, password=NEW, repeated=NEW)
    assert "Your password is changed" in page.text
    assert "Sign in" in at_home.opens("/desk").text
    assert "Your consultations" in fatima.opens("/desk").text
    assert Staff(app).signs_in(email).status == 401
    assert Staff(app).signs_in(email, NEW).status == 200


@pytest.mark.parametrize(
    ("present", "password", "again", "says"),
    [
        ("not it", NEW, NEW, "This is not your present password."),
        (PASSWORD, NEW, NEW + "!", "The two new passwords are not the same."),
        (PASSWORD, "short", "short", "at least twelve characters"),
        (PASSWORD, "passwordpassword", "passwordpassword", "easy to guess"),
    ],
)
def test_a_change_that_cannot_be_is_explained(
    fatima: Staff, present: str, password: str, again: str, says: str
) -> None:
    page = fatima.sends("/account/password", present=present, password=password, repeated=again)
    assert says in page.text


def test_she_sees_where_she_is_signed_in_and_ends_it(app: Flask, fatima: Staff, email: str) -> None:
    stolen = Staff(app)
    stolen.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Linux; Android 14) Firefox/130.0"
    stolen.signs_in(email)
    page = fatima.opens("/account")
    assert "Firefox, Android" in page.text
    assert "This browser" in page.text
    end = page.html.select_one("form[action*='/sessions/'][action$='/end']")["action"]
    fatima.sends(end.removeprefix("/en"))
    assert "Sign in" in stolen.opens("/desk").text
    assert "Your consultations" in fatima.opens("/desk").text


def test_nobody_ends_a_session_of_somebody_else(app: Flask, fatima: Staff) -> None:
    with app.app_context():
        other = make_account("Omar").email
        session_id = db.session.query(AccountSession).one().id
    omar = Staff(app)
    omar.signs_in(other)
    omar.sends(f"/account/sessions/{session_id}/end")
    assert "Your consultations" in fatima.opens("/desk").text


def test_a_session_ends_after_thirty_days(app: Flask, fatima: Staff) -> None:
    with app.app_context():
        db.session.execute(update(AccountSession).values(started_at=now() - timedelta(days=31)))
        db.session.commit()
    assert "Sign in" in fatima.opens("/desk").text


def test_with_a_second_factor_the_password_alone_is_not_enough(app: Flask, fatima: Staff, email: str) -> None:
    totp, _codes = turns_on(fatima)
    mallory = Staff(app)
    assert "Your code" in mallory.signs_in(email).text
    assert "Sign in" in mallory.opens("/desk").text
    wrong = mallory.sends("/sign-in/code", code="000000")
    assert wrong.status == 401
    assert "not right" in wrong.text
    at_home = Staff(app)
    at_home.signs_in(email)
    assert "Your consultations" in at_home.sends("/sign-in/code", code=totp.now()).text


def test_no_code_is_good_twice(app: Flask, fatima: Staff, email: str) -> None:
    totp, _codes = turns_on(fatima)
    code = totp.now()
    for browser, status in ((Staff(app), 200), (Staff(app), 401)):
        browser.signs_in(email)
        assert browser.sends("/sign-in/code", code=code).status == status


def test_a_recovery_code_lets_her_in_once(app: Flask, fatima: Staff, email: str) -> None:
    _totp, codes = turns_on(fatima)
    assert len(set(codes)) == 10
    for browser, status in ((Staff(app), 200), (Staff(app), 401)):
        browser.signs_in(email)
        assert browser.sends("/sign-in/code", code=codes[0].upper().replace("-", " ")).status == status


def test_setting_up_needs_a_code_from_the_telephone(app: Flask, fatima: Staff) -> None:
    fatima.opens("/account/second-factor")
    assert "not right" in fatima.sends("/account/second-factor", code="123456").text
    with app.app_context():
        assert not db.session.query(Account).one().has_second_factor


def test_turning_it_off_needs_the_password_and_ends_the_recovery_codes(app: Flask, fatima: Staff) -> None:
    turns_on(fatima)
    assert "not your present password" in fatima.sends("/account/second-factor/off", password="guess").text
    fatima.sends("/account/second-factor/off", password=PASSWORD)
    with app.app_context():
        assert not db.session.query(Account).one().has_second_factor
        assert db.session.query(RecoveryCode).count() == 0


def test_a_copy_of_the_database_holds_no_secret_and_no_code(app: Flask, fatima: Staff) -> None:
    totp, codes = turns_on(fatima)
    with app.app_context():
        kept = bytes(db.session.query(Account).one().totp_secret)
        hashes = [row.code_hash for row in db.session.query(RecoveryCode)]
    assert totp.secret.encode() not in kept
    assert not any(code.replace("-", "").encode() in each for code in codes for each in hashes)


def test_the_code_must_come_soon_after_the_password(
    app: Flask, fatima: Staff, email: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    totp, _codes = turns_on(fatima)
    slow = Staff(app)
    slow.signs_in(email)
    token = slow.token()
    later = now().timestamp() + 10 * STEP_IN_SECONDS + 1
    monkeypatch.setattr("time.time", lambda: later)
    answer = slow.client.post("/en/sign-in/code", data={"csrf_token": token, "code": totp.at(int(later))})
    assert answer.status_code == 302
    assert Page(slow.client.get(answer.location)).html.select_one("input[name=password]")
