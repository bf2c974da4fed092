"""Mail is sent once: tried again while the server says later, and never when nobody knows whether it was taken."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from participation.database import db, now
from participation.following.timeline import NEWS_LASTS
from participation.jobs.worker import WorkerProcess
from participation.mail.actions import need_no_mail, work_on_outbox, write_mail
from participation.mail.letter import Letter, Link
from participation.mail.models import Mail, State, today
from participation.mail.queries import GIVEN_UP_AFTER, REMEMBERED_FOR, outbox_is_due
from participation.mail.settings import MailSettings, Server
from participation.mail.transport import MailServerUnreachableError
from tests.builders import make_consultation

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from tests.participation.mail.conftest import Postmaster

AMINA = "amina@home.example"
LETTER = Letter(
    subject="You can take part now",
    about=("Should a model rank applications?", "en"),
    paragraphs=("It is open until Friday.",),
    action=Link("Take part", "https://baraza.city.example/en/c/welfare"),
    footnote="You get this mail because you follow this consultation.",
    settings=Link("Stop", "https://baraza.city.example/en/follow/abc"),
    one_click="https://baraza.city.example/en/follow/abc/stop",
)


def write(key: str = "amina:opened", *, recipient: str = AMINA) -> None:
    write_mail(key, recipient=recipient, language="en", letter=LETTER)
    db.session.commit()


def mail(key: str = "amina:opened") -> Mail:
    db.session.expire_all()
    found = db.session.get_one(Mail, key)
    db.session.commit()
    return found


def time_passes(**columns: object) -> None:
    """Move the mail's past."""
    waiting = mail()
    for column, value in columns.items():
        setattr(waiting, column, value)
    db.session.commit()


def test_a_mail_is_sent_and_its_address_forgotten(
    app: Flask, serve: Callable[..., Server], postmaster: Postmaster
) -> None:
    serve()
    with app.app_context():
        write()
        assert outbox_is_due() == [0]
        work_on_outbox()
        assert postmaster.envelopes == [("baraza@city.example", [AMINA])]
        sent = mail()
        assert (sent.state, sent.recipient, sent.letter, sent.due_at) == (State.SENT, None, None, None)
        assert outbox_is_due() == []


def test_the_same_mail_written_twice_is_sent_once(
    app: Flask, serve: Callable[..., Server], postmaster: Postmaster
) -> None:
    serve()
    with app.app_context():
        write()
        write()
        work_on_outbox()
        write()
        work_on_outbox()
        assert len(postmaster.taken) == 1


def test_a_mail_that_nobody_needs_is_not_sent(
    app: Flask, serve: Callable[..., Server], postmaster: Postmaster
) -> None:
    serve()
    with app.app_context():
        need_no_mail("amina:opened", language="en")
        write()
        work_on_outbox()
        assert postmaster.taken == []


def test_a_server_that_says_later_is_asked_again_after_a_while(
    app: Flask, serve: Callable[..., Server], postmaster: Postmaster
) -> None:
    serve()
    postmaster.answers = ["451 Try again, we do not know you yet"]
    with app.app_context():
        write()
        work_on_outbox()
        waiting = mail()
        assert (waiting.state, waiting.recipient, waiting.attempts) == (State.WAITING, AMINA, 1)
        assert waiting.due_at > now() + timedelta(seconds=50)
        work_on_outbox()
        assert postmaster.taken == [], "not before its time"
        time_passes(due_at=now())
        work_on_outbox()
        assert len(postmaster.taken) == 1
        assert mail().state is State.SENT


def test_each_wait_is_longer_than_the_one_before_up_to_six_hours(
    app: Flask, serve: Callable[..., Server], postmaster: Postmaster
) -> None:
    serve()
    postmaster.answers_to_recipients = ["450 Mailbox busy"] * 7
    waits = []
    with app.app_context():
        write()
        for _attempt in range(7):
            work_on_outbox()
            waits.append(round((mail().due_at - now()) / timedelta(minutes=1)))
            time_passes(due_at=now())
    assert waits == [1, 4, 16, 64, 256, 360, 360]


def test_a_server_that_refuses_is_not_asked_again(
    app: Flask, serve: Callable[..., Server], postmaster: Postmaster
) -> None:
    serve()
    postmaster.answers_to_recipients = [f"550 5.1.1 <{AMINA}> is unknown here"]
    with app.app_context(), capture_logs() as lines:
        write()
        write("bakari:opened", recipient="bakari@home.example")
        work_on_outbox()
        refused = mail()
        assert (refused.state, refused.recipient) == (State.REFUSED, None)
        assert [taken["To"] for taken in postmaster.taken] == ["bakari@home.example"], "the others get theirs"
        assert outbox_is_due() == []
    assert [line["code"] for line in lines] == [550]
    assert AMINA not in str(lines), "the server's words name the address; they are not written down"


def test_when_the_line_breaks_after_the_message_it_is_not_sent_again(
    app: Flask, serve: Callable[..., Server], postmaster: Postmaster
) -> None:
    """The server may have taken it: rather no mail than two."""
    serve()
    postmaster.answers = [None]
    with app.app_context():
        write()
        work_on_outbox()
        assert (mail().state, mail().recipient) == (State.UNKNOWN, None)
        work_on_outbox()
        assert postmaster.taken == []


def test_without_a_mail_server_no_mail_counts_as_tried(app: Flask, serve: Callable[..., Server]) -> None:
    server = serve()
    config = app.extensions["baraza_config"]
    nobody = MailSettings("baraza@city.example", "https://city.example", replace(server, port=1))
    app.extensions["baraza_config"] = replace(config, mail=nobody)
    with app.app_context():
        write()
        with pytest.raises(MailServerUnreachableError):
            work_on_outbox()
        assert (mail().state, mail().attempts) == (State.WAITING, 0)


def test_after_three_days_a_mail_is_given_up(app: Flask) -> None:
    app.extensions["baraza_config"] = replace(config := app.extensions["baraza_config"], mail=None)
    try:
        with app.app_context():
            write()
            assert outbox_is_due() == [], "without a mail server nothing is due"
            time_passes(created_on=today() - GIVEN_UP_AFTER - timedelta(days=1))
            assert outbox_is_due() == [0]
            work_on_outbox()
            assert (mail().state, mail().recipient) == (State.EXPIRED, None)
    finally:
        app.extensions["baraza_config"] = config


def test_what_was_sent_is_remembered_for_longer_than_news_lasts(app: Flask) -> None:
    assert REMEMBERED_FOR > NEWS_LASTS + GIVEN_UP_AFTER
    with app.app_context():
        need_no_mail("amina:opened", language="en")
        db.session.commit()
        work_on_outbox()
        assert mail()
        time_passes(created_on=today() - REMEMBERED_FOR - timedelta(days=1))
        work_on_outbox()
        assert db.session.get(Mail, "amina:opened") is None


def test_a_worker_that_died_in_the_middle_leaves_no_second_mail_behind(
    app: Flask, serve: Callable[..., Server], postmaster: Postmaster
) -> None:
    serve()
    with app.app_context():
        write()
        time_passes(state=State.UNDER_WAY, due_at=now() + timedelta(minutes=10))
        work_on_outbox()
        assert mail().state is State.UNDER_WAY, "it may still be alive"
        time_passes(due_at=now())
        assert outbox_is_due() == [0]
        work_on_outbox()
        assert (mail().state, mail().recipient) == (State.UNKNOWN, None)
        assert postmaster.taken == []


def test_a_worker_that_dies_at_the_moment_of_handing_over_sends_it_once(
    app: Flask, serve: Callable[..., Server], postmaster: Postmaster
) -> None:
    """The server takes the message, and the worker falls before it can write that down."""
    serve()

    def the_worker_falls(*_what: object, **_ever: object) -> None:
        raise SystemExit

    with app.app_context(), pytest.MonkeyPatch.context() as patch:
        write()
        patch.setattr("participation.mail.actions._settle", the_worker_falls)
        with pytest.raises(SystemExit):
            work_on_outbox()
    with app.app_context():
        time_passes(due_at=now())
        WorkerProcess(app).do_what_is_due()
        assert mail().state is State.UNKNOWN
    assert len(postmaster.taken) == 1


def test_two_workers_at_once_send_each_mail_once(
    app: Flask, serve: Callable[..., Server], postmaster: Postmaster
) -> None:
    serve()
    everybody = {f"person{number}@home.example" for number in range(30)}
    with app.app_context():
        for address in everybody:
            write(f"{address}:opened", recipient=address)

    def work(_worker: int) -> None:
        with app.app_context():
            work_on_outbox()

    with ThreadPoolExecutor(2) as together:
        list(together.map(work, range(2)))
    assert sorted(str(taken["To"]) for taken in postmaster.taken) == sorted(everybody)


def test_nobody_waits_while_the_mail_server_thinks(
    app: Flask, serve: Callable[..., Server], postmaster: Postmaster
) -> None:
    """No transaction is open while a message is handed over: a vote in that moment is taken at once."""

    def somebody_writes() -> None:
        with app.app_context():
            make_consultation()

    serve()
    postmaster.while_taking = somebody_writes
    with app.app_context():
        write()
        work_on_outbox()
        assert mail().state is State.SENT


def test_the_real_worker_sends_what_waits(
    app: Flask, serve: Callable[..., Server], postmaster: Postmaster, caplog: pytest.LogCaptureFixture
) -> None:
    serve()
    with app.app_context(), caplog.at_level(logging.DEBUG):
        write()
        WorkerProcess(app).do_what_is_due()
        assert db.session.scalars(select(Mail.state)).all() == [State.SENT]
    assert len(postmaster.taken) == 1
    assert AMINA not in caplog.text
