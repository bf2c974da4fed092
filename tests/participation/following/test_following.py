"""Amina follows a consultation: she asks, says yes, hears the news once, and stops."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, func, inspect, select, update

from participation.database import db, now
from participation.following.actions import forget_address, write_news
from participation.following.models import Subscription
from participation.following.queries import FOLLOWED_AFTER_CLOSING
from participation.following.tokens import CONFIRM_WITHIN_SECONDS, sign_question
from participation.jobs.worker import WorkerProcess
from participation.mail.models import Mail, State, today
from tests.builders import make_consultation, make_follower
from tests.participation.following.reader import Reader, links_in, one_click, words_of
from tests.people import Citizen, Page

if TYPE_CHECKING:
    from flask import Flask

    from participation.consultations.models import Consultation


def move(app: Flask, consultation: Consultation, **dates: object) -> None:
    with app.app_context():
        row = db.session.merge(consultation, load=True)
        for name, moment in dates.items():
            setattr(row, name, moment)
        db.session.commit()


def followers(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(
            select(func.count()).select_from(Subscription).where(Subscription.confirmed_on.is_not(None))
        )


def test_amina_follows_by_saying_yes_twice(app: Flask, consultation: Consultation) -> None:
    amina = Reader(app)
    page = amina.asks_to_follow(consultation.slug)
    assert "look into your mailbox" in page.text
    assert followers(app) == 0, "not before the owner of the address has said yes"
    link = links_in(amina.mail())[0]
    assert "Do you want to follow?" in amina.follows_link(link).text
    assert followers(app) == 0, "a program that looks through mail follows links, and presses nothing"
    page = amina.presses_button_at(link)
    assert "You follow this consultation now." in page.text
    assert followers(app) == 1
    amina.presses_button_at(link)
    assert followers(app) == 1
    assert amina.mails() == [], "what is on the page she comes from is no news"


def test_what_happens_is_told_once(app: Flask, consultation: Consultation) -> None:
    amina = Reader(app)
    amina.follows(consultation.slug)
    move(app, consultation, closes_at=now() - timedelta(minutes=2))
    assert amina.mail()["Subject"].startswith("The outcome is there: Should a model")
    assert amina.mails() == []
    with app.app_context():
        write_news(consultation.id)
        write_news(consultation.id)
    assert amina.mails() == []


def test_an_announced_consultation_opens(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation(opens_in=timedelta(days=2))
    amina = Reader(app)
    amina.follows(consultation.slug)
    assert amina.mails() == []
    move(app, consultation, opens_at=now())
    mail = amina.mail()
    assert mail["Subject"].startswith("You can take part now")
    assert links_in(mail)[0] == f"https://baraza.city.example/en/c/{consultation.slug}"


def test_only_who_asked_for_it_is_reminded(app: Flask, consultation: Consultation) -> None:
    amina, bakari = Reader(app), Reader(app, address="bakari@home.example")
    amina.follows(consultation.slug, wants_reminder="y")
    bakari.follows(consultation.slug)
    move(app, consultation, closes_at=now() + timedelta(days=2, hours=23))
    assert amina.mail()["Subject"].startswith("The consultation closes soon")
    assert bakari.mails() == []


def test_a_worker_that_was_down_for_a_day_tells_what_is_still_news(
    app: Flask, consultation: Consultation
) -> None:
    amina = Reader(app)
    amina.follows(consultation.slug, wants_reminder="y")
    move(app, consultation, closes_at=now() - timedelta(days=1))
    assert [mail["Subject"].partition(":")[0] for mail in amina.mails()] == ["The outcome is there"]


def test_what_is_older_than_three_days_is_not_told(app: Flask, consultation: Consultation) -> None:
    amina = Reader(app)
    amina.follows(consultation.slug, wants_reminder="y")
    move(
        app, consultation, closes_at=now() - timedelta(days=3, minutes=5), opens_at=now() - timedelta(days=9)
    )
    assert amina.mails() == []


def test_everybody_reads_their_own_language(app: Flask, consultation: Consultation) -> None:
    layla = Reader(app, "ar", "layla@home.example")
    settings = layla.follows(consultation.slug)
    assert "/ar/" in settings
    move(app, consultation, closes_at=now() - timedelta(minutes=2))
    mail = layla.mail()
    assert mail["Content-Language"] == "ar"
    assert 'lang="ar" dir="rtl"' in mail.get_body(("html",)).get_content()
    assert "(ar)" in mail["Subject"], "the consultation's title is the one in her language"


def test_the_language_can_be_changed(app: Flask, consultation: Consultation) -> None:
    amina = Reader(app)
    settings = amina.follows(consultation.slug)
    page = amina.presses_button_at(settings, language="fi")
    assert page.html.html["lang"] == "fi"
    assert page.html.select_one("option[selected]")["value"] == "fi"
    move(app, consultation, closes_at=now() - timedelta(minutes=2))
    assert amina.mail()["Content-Language"] == "fi"


def test_one_click_in_the_mail_program_ends_it(app: Flask, consultation: Consultation) -> None:
    amina = Reader(app)
    amina.follows(consultation.slug)
    move(app, consultation, closes_at=now() - timedelta(minutes=2))
    url = one_click(amina.mail()).removeprefix("https://baraza.city.example")
    mail_program = app.test_client()
    for _press in range(2):
        answer = mail_program.post(url, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    with app.app_context():
        assert db.session.scalars(select(Subscription)).all() == []
        assert db.session.scalars(select(Mail)).all() == [], "nor is it remembered what she was sent"


def test_a_link_that_is_opened_ends_nothing(app: Flask, consultation: Consultation) -> None:
    amina = Reader(app)
    settings = amina.follows(consultation.slug)
    assert "Stop following?" in amina.follows_link(f"{settings}/stop").text
    assert followers(app) == 1
    page = amina.presses_button_at(f"{settings}/stop")
    assert "You do not follow any more" in page.text
    assert followers(app) == 0
    assert "You do not follow any more" in amina.follows_link(settings).text


def test_a_mail_that_waits_is_not_sent_to_who_has_stopped(app: Flask, consultation: Consultation) -> None:
    amina = Reader(app)
    settings = amina.follows(consultation.slug)
    move(app, consultation, closes_at=now() - timedelta(minutes=2))
    with app.app_context():
        WorkerProcess(app).do_what_is_due()
        db.session.execute(update(Mail).values(state=State.WAITING, due_at=now()))
        db.session.commit()
    amina.presses_button_at(f"{settings}/stop")
    with app.app_context():
        assert db.session.scalars(select(Mail)).all() == []


def test_nobody_finds_out_whether_an_address_follows(app: Flask, consultation: Consultation) -> None:
    amina = Reader(app)
    amina.follows(consultation.slug)
    stranger = Citizen(app)
    answers = [
        stranger.sends(f"/c/{consultation.slug}/follow", email=address)
        for address in (amina.address, "nobody@home.example")
    ]
    assert answers[0].text == answers[1].text
    assert answers[0].status == answers[1].status
    assert amina.mails() == [], "the one letter of today has told her already"


def test_an_address_that_follows_and_is_given_again_gets_a_letter_without_a_question(
    app: Flask, consultation: Consultation
) -> None:
    with app.app_context():
        reader = make_follower(consultation)
        db.session.execute(delete(Mail).where(Mail.key.contains("asked")))
        db.session.commit()
    bakari = Reader(app, address=reader.email)
    bakari.asks_to_follow(consultation.slug, wants_reminder="y")
    mail = bakari.mail()
    # A long subject begins on a line of its own, which Python gives back with the space before it.
    assert mail["Subject"].strip().startswith("You follow this consultation already")
    assert one_click(mail)
    with app.app_context():
        assert db.session.get_one(Subscription, reader.handle).wants_reminder is False, (
            "a stranger changes nothing"
        )


def test_a_mailbox_gets_one_question_a_day_and_cannot_be_filled(
    app: Flask, consultation: Consultation
) -> None:
    amina = Reader(app)
    for _time in range(3):
        amina.asks_to_follow(consultation.slug)
    assert len(amina.mails()) == 1
    for _time in range(12):
        page = amina.asks_to_follow(consultation.slug)
    assert page.status == 429


def test_the_link_is_good_for_a_day(
    app: Flask, consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        token = sign_question(make_follower(consultation, confirmed=False).handle)
    url = f"https://baraza.city.example/en/follow/confirm/{token}"
    tomorrow = time.time() + CONFIRM_WITHIN_SECONDS + 5
    monkeypatch.setattr(time, "time", lambda: tomorrow)
    page = Reader(app).presses_button_at(url)
    assert page.status == 410
    assert "Give your address once more" in page.text


def test_a_question_is_no_key_to_settings_and_the_other_way_round(
    app: Flask, consultation: Consultation
) -> None:
    amina = Reader(app)
    settings = amina.follows(consultation.slug)
    token = settings.rpartition("/")[2]
    assert amina.opens(f"/follow/confirm/{token}").status == 410
    with app.app_context():
        question = sign_question(db.session.scalars(select(Subscription.handle)).one())
    assert amina.opens(f"/follow/{question}").status == 404
    assert amina.opens(f"/follow/{question}/stop").status == 404


def test_a_yes_after_a_stop_says_what_to_do(app: Flask, consultation: Consultation) -> None:
    amina = Reader(app)
    amina.asks_to_follow(consultation.slug)
    link = links_in(amina.mail())[0]
    with app.app_context():
        assert forget_address(amina.address) == 1
    page = amina.presses_button_at(link)
    assert page.status == 410
    assert "Give your address once more" in page.text


@pytest.mark.parametrize("typed", ["", "amina", "amina@home", "amina@home.example\nBcc: x@y.example"])
def test_a_slip_is_explained_and_what_was_typed_stays(
    app: Flask, consultation: Consultation, typed: str
) -> None:
    page = Reader(app).asks_to_follow(consultation.slug, email=typed, wants_reminder="y")
    assert page.html.select_one("#email-error")
    assert page.html.select_one("[name=wants_reminder][checked]")
    assert page.field("email") == typed
    with app.app_context():
        assert db.session.scalars(select(Subscription)).all() == []


def test_a_stranger_cannot_make_us_send_links_to_their_own_site(
    app: Flask, consultation: Consultation
) -> None:
    amina = Reader(app)
    path, evil = f"/en/c/{consultation.slug}/follow", "https://evil.example"
    token = Page(amina.client.get(path, base_url=evil)).hidden("csrf_token")
    fields = {"csrf_token": token, "email": amina.address}
    amina.client.post(path, data=fields, base_url=evil, headers={"Referer": evil})
    assert "evil.example" not in words_of(amina.mail())


def test_who_never_said_yes_is_forgotten_on_the_day_after(app: Flask, consultation: Consultation) -> None:
    with app.app_context():
        asked = make_follower(consultation, confirmed=False).handle
        follows = make_follower(consultation).handle
        for handle, days in ((asked, 2), (follows, 900)):
            db.session.get_one(Subscription, handle).asked_on = today() - timedelta(days=days)
        db.session.commit()
        WorkerProcess(app).do_what_is_due()
        assert db.session.scalars(select(Subscription.handle)).all() == [follows]


def test_two_years_after_closing_addresses_are_forgotten(app: Flask, consultation: Consultation) -> None:
    with app.app_context():
        make_follower(consultation)
    long_ago = now() - FOLLOWED_AFTER_CLOSING - timedelta(days=1)
    move(app, consultation, opens_at=long_ago - timedelta(days=7), closes_at=long_ago)
    with app.app_context():
        WorkerProcess(app).do_what_is_due()
        assert db.session.scalars(select(Subscription)).all() == []


def test_an_operator_erases_an_address(app: Flask, consultation: Consultation) -> None:
    amina = Reader(app)
    amina.follows(consultation.slug)
    with app.app_context():
        other = make_consultation()
    amina.asks_to_follow(other.slug)
    result = app.test_cli_runner().invoke(args=["following", "forget", " Amina@home.example "])
    assert result.exit_code == 0, result.output
    assert "2 consultation(s)" in result.output
    assert amina.mails() == []
    assert app.test_cli_runner().invoke(args=["following", "forget", "amina"]).exit_code == 1


def test_nothing_joins_an_address_and_a_vote(app: Flask, consultation: Consultation) -> None:
    """No column leads from one to the other, and no time of day that both would share."""
    with app.app_context():
        tables = inspect(db.engine)
        for table in ("subscriptions", "mails"):
            targets = {key["referred_table"] for key in tables.get_foreign_keys(table)}
            assert targets <= {"consultations"}
        types = {str(column["type"]) for column in tables.get_columns("subscriptions")}
        assert not {kind for kind in types if "TIME" in kind}
        make_follower(consultation, confirmed=False)
        make_follower(consultation)
        moments = db.session.scalars(select(Mail.due_at).where(Mail.due_at.is_not(None))).all()
        assert all((moment.hour, moment.minute, moment.second) == (0, 0, 0) for moment in moments)


def test_without_a_mail_server_following_by_mail_is_not_offered(
    app: Flask, consultation: Consultation
) -> None:
    amina = Reader(app)
    path = f"/c/{consultation.slug}"
    assert amina.opens(path).html.select_one("input[type=email]")
    config = app.extensions["baraza_config"]
    app.extensions["baraza_config"] = replace(config, mail=None)
    try:
        page = amina.opens(path)
        assert not page.html.select_one("input[type=email]")
        assert page.html.select_one("a[href$='feed.atom']"), "the feed needs no mail"
        assert amina.opens(f"{path}/follow").status == 404
    finally:
        app.extensions["baraza_config"] = config
