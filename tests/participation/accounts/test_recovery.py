"""Fatima has forgotten her password, or has a new address: a link in a mail lets her in again, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from participation.accounts.models import Account, AccountSession
from participation.accounts.queries import account_by_email
from participation.accounts.tokens import LINKS_LAST_SECONDS
from participation.database import db, now
from participation.jobs.worker import WorkerProcess
from participation.mail.models import Mail
from tests.builders import PASSWORD, make_account
from tests.people import Citizen, Staff

if TYPE_CHECKING:
    from flask import Flask

    from tests.people import Page

NEW = "harbour violin gravel moon"
ADDRESS = "fatima@new-city.example"


@pytest.fixture
def email(app: Flask) -> str:
    with app.app_context():
        return make_account("Fatima").email


@pytest.fixture
def fatima(app: Flask, email: str) -> Staff:
    fatima = Staff(app)
    fatima.signs_in(email)
    return fatima


def letters_to(app: Flask, address: str) -> list[Mail]:
    with app.app_context():
        return list(db.session.scalars(select(Mail).where(Mail.recipient == address)))


def link_to(app: Flask, address: str) -> str:
    """The link in the letter to an address, behind the language."""
    (mail,) = letters_to(app, address)
    return str(mail.letter["action"]["url"]).removeprefix("https://baraza.city.example/en")


def is_let_in(page: Page) -> bool:
    return "Your consultations" in page.text


def forgets(app: Flask, email: str) -> str:
    Citizen(app).sends("/forgotten-password", email=email)
    return link_to(app, email)


def chooses(app: Flask, link: str, password: str = NEW) -> Page:
    return Citizen(app).sends(link, password=password, repeated=password)


def test_a_link_lets_her_choose_a_new_password_and_ends_every_session(
    app: Flask, fatima: Staff, email: str
) -> None:
    link = forgets(app, email)
    assert is_let_in(fatima.opens("/desk"))
    assert "Your password is changed" in chooses(app, link).text
    assert not is_let_in(fatima.opens("/desk"))
    assert Staff(app).signs_in(email).status == 401
    assert is_let_in(Staff(app).signs_in(email, NEW))


def test_the_answer_is_the_same_whether_or_not_the_address_is_known(app: Flask, email: str) -> None:
    known = Citizen(app).sends("/forgotten-password", email=email)
    unknown = Citizen(app).sends("/forgotten-password", email="nobody@city.example")
    assert known.status == unknown.status == 200
    assert known.text.replace(email, "") == unknown.text.replace("nobody@city.example", "")
    assert not letters_to(app, "nobody@city.example")


def test_a_link_works_once(app: Flask, email: str) -> None:
    link = forgets(app, email)
    chooses(app, link)
    page = chooses(app, link, "another good long sentence")
    assert page.status == 410
    assert "has been used" in page.text
    assert Staff(app).signs_in(email, NEW).status == 200


def test_opening_the_link_and_a_weak_password_leave_everything_as_it_is(app: Flask, email: str) -> None:
    link = forgets(app, email)
    assert Citizen(app).opens(link).status == 200
    assert "at least twelve characters" in chooses(app, link, "short").text
    assert is_let_in(Staff(app).signs_in(email))
    assert "Your password is changed" in chooses(app, link).text


def test_a_link_is_too_old_after_two_hours(app: Flask, email: str, monkeypatch: pytest.MonkeyPatch) -> None:
    link = forgets(app, email)
    later = int(now().timestamp()) + LINKS_LAST_SECONDS + 1
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)
    assert Citizen(app).opens(link).status == 410


def test_two_links_are_worth_one_new_password(app: Flask, email: str) -> None:
    visitor = Citizen(app)
    for _time in range(2):
        visitor.sends("/forgotten-password", email=email)
    first, second = (
        mail.letter["action"]["url"].removeprefix("https://baraza.city.example/en")
        for mail in letters_to(app, email)
    )
    chooses(app, first)
    assert chooses(app, second).status == 410


def test_a_link_for_one_thing_is_worth_nothing_for_another(app: Flask, email: str) -> None:
    token = forgets(app, email).rsplit("/", 1)[1]
    assert Citizen(app).opens(f"/new-address/{token}").status == 410
    assert Citizen(app).opens(f"/new-password/{token}x").status == 410


def test_nobody_fills_a_mailbox(app: Flask, email: str) -> None:
    answers = [Citizen(app).sends("/forgotten-password", email=email).status for _time in range(6)]
    assert answers[-1] == 429
    assert len(letters_to(app, email)) == 5


def test_a_site_without_mail_says_whom_to_ask(app: Flask) -> None:
    config = app.extensions["baraza_config"]
    app.extensions["baraza_config"] = replace(config, mail=None)
    try:
        page = Citizen(app).opens("/forgotten-password")
    finally:
        app.extensions["baraza_config"] = config
    assert "This site sends no mail" in page.text


def test_she_signs_in_with_a_new_address_once_she_has_confirmed_it(
    app: Flask, fatima: Staff, email: str
) -> None:
    page = fatima.sends("/account/address", email=ADDRESS.upper(), password=PASSWORD)
    assert f"We have written to {ADDRESS}" in page.text
    link = link_to(app, ADDRESS)
    assert Citizen(app).opens(link).status == 200
    assert is_let_in(Staff(app).signs_in(email))
    assert "From now on you sign in with" in Citizen(app).sends(link).text
    assert Staff(app).signs_in(email).status == 401
    assert is_let_in(Staff(app).signs_in(ADDRESS))
    assert not is_let_in(fatima.opens("/desk"))
    (told,) = letters_to(app, email)
    assert "another e-mail address" in told.letter["subject"]
    assert Citizen(app).sends(link).status == 410


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"password": "guess"}, "not your present password"),
        ({"email": "fatima"}, "We cannot send to this address"),
        ({"email": "omar@taken.example"}, "already an account"),
    ],
)
def test_an_address_that_cannot_be_is_explained(
    app: Flask, fatima: Staff, wrong: dict[str, str], says: str
) -> None:
    with app.app_context():
        omar = make_account("Omar")
        omar.email = "omar@taken.example"
        db.session.commit()
    page = fatima.sends("/account/address", **{"email": ADDRESS, "password": PASSWORD} | wrong)
    assert says in page.text
    assert page.field("email") == ({"email": ADDRESS} | wrong)["email"]


def test_an_address_that_somebody_took_meanwhile_is_not_given_twice(app: Flask, fatima: Staff) -> None:
    fatima.sends("/account/address", email=ADDRESS, password=PASSWORD)
    link = link_to(app, ADDRESS)
    with app.app_context():
        omar = make_account("Omar")
        omar.email = ADDRESS
        db.session.commit()
    assert Citizen(app).sends(link).status == 409


def test_a_new_password_ends_a_change_of_address_that_was_begun(
    app: Flask, fatima: Staff, email: str
) -> None:
    fatima.sends("/account/address", email=ADDRESS, password=PASSWORD)
    link = link_to(app, ADDRESS)
    chooses(app, forgets(app, email))
    assert Citizen(app).opens(link).status == 410


def test_sessions_that_have_ended_are_deleted(app: Flask, email: str) -> None:
    Staff(app).signs_in(email)
    with app.app_context():
        db.session.execute(update(AccountSession).values(started_at=now() - timedelta(days=31)))
        db.session.commit()
    Staff(app).signs_in(email)
    with app.app_context():
        WorkerProcess(app).do_what_is_due()
        assert db.session.query(AccountSession).count() == 1


def test_an_address_is_found_however_it_is_written(app: Flask) -> None:
    with app.app_context():
        db.session.add(Account(email="ada@xn--mnchen-3ya.example", name="Ada", password_hash=""))
        db.session.commit()
        assert account_by_email(" ADA@München.example ")
        assert account_by_email("ada") is None
