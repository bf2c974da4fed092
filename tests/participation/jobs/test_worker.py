"""The worker: finds what is due, does each piece once, and survives being killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from deliberation.ballot import Choice
from participation.database import db, now
from participation.jobs import worker
from participation.jobs.actions import A_CLAIM_LASTS, claim, release, report_alive
from participation.jobs.models import Claim, Worker
from participation.jobs.worker import WorkerProcess
from participation.opinions import actions as opinions
from participation.opinions.models import Place, Snapshot
from participation.opinions.queries import stale_consultations
from participation.statements.models import Statement
from participation.votes.actions import cast_vote, take_back
from tests.builders import make_consultation, make_participant, move_closing
from tests.tools import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from participation.consultations.models import Consultation


def vote(consultation: Consultation, choice: Choice = Choice.AGREE) -> None:
    statement = db.session.scalars(
        select(Statement.id).where(Statement.consultation_id == consultation.id)
    ).first()
    cast_vote(consultation, make_participant(consultation).id, statement, choice)


def look(app: Flask) -> None:
    WorkerProcess(app).do_what_is_due()


def test_after_a_vote_the_analysis_is_stale_and_after_a_look_it_is_not(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation()
        vote(consultation)
        assert stale_consultations() == [consultation.id]
        look(app)
        assert stale_consultations() == []
        snapshot = db.session.get_one(Snapshot, consultation.id)
        assert snapshot.analysis["number_of_votes"] == 1
        assert db.session.scalars(select(Place)).one().consultation_id == consultation.id


def test_nobody_waits_for_an_analysis(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the worker computes it holds no transaction: a vote in that moment is taken at once."""
    with app.app_context():
        consultation = make_consultation()
        vote(consultation)
    compute = opinions.analyse

    def compute_while_amina_votes(*arguments: object) -> object:
        assert not db.session().in_transaction()
        return compute(*arguments)

    monkeypatch.setattr(opinions, "analyse", compute_while_amina_votes)
    with app.app_context():
        look(app)
        assert stale_consultations() == []


def test_a_changed_vote_is_noticed_though_the_number_of_votes_is_the_same(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation()
        amina = make_participant(consultation).id
        statement = db.session.scalars(select(Statement.id)).first()
        cast_vote(consultation, amina, statement, Choice.AGREE)
        look(app)
        cast_vote(consultation, amina, statement, Choice.DISAGREE)
        assert stale_consultations() == [consultation.id]


def test_a_vote_that_was_taken_back_is_noticed(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation()
        amina = make_participant(consultation).id
        statement = db.session.scalars(select(Statement.id)).first()
        cast_vote(consultation, amina, statement, Choice.AGREE)
        look(app)
        take_back(consultation, amina, statement)
        assert stale_consultations() == [consultation.id]


def test_a_vote_in_the_last_second_is_counted_after_closing(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation()
        look(app)
        vote(consultation)
        move_closing(consultation, now())
        look(app)
        assert db.session.get_one(Snapshot, consultation.id).analysis["number_of_votes"] == 1


def test_two_workers_never_take_one_piece_of_work(app: Flask) -> None:
    with app.app_context():
        assert claim("analysis:1", "first")
        assert not claim("analysis:1", "second")
        assert claim("analysis:1", "first"), "a worker may go on with its own work"
        release("analysis:1", "first")
        assert claim("analysis:1", "second")


def test_of_eight_workers_that_ask_at_once_one_gets_it(app: Flask) -> None:
    def ask(name: int) -> bool:
        with app.app_context():
            return claim("analysis:1", f"worker-{name}")

    with ThreadPoolExecutor(8) as together:
        assert sum(together.map(ask, range(8))) == 1


def test_work_that_was_done_in_the_meantime_is_not_done_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    answers = iter([[1], []])
    kinds = (worker.Work("test", lambda: next(answers), done.append),)
    monkeypatch.setattr(worker, "KINDS_OF_WORK", kinds)
    with app.app_context():
        look(app)
    assert done == []


def test_the_work_of_a_dead_worker_is_taken_over(app: Flask) -> None:
    with app.app_context():
        claim("analysis:1", "killed")
        db.session.get_one(Claim, "analysis:1").expires_at = now() - timedelta(seconds=1)
        db.session.commit()
        assert claim("analysis:1", "second")


def test_a_living_worker_keeps_its_claims(app: Flask) -> None:
    with app.app_context():
        claim("analysis:1", "first")
        db.session.get_one(Claim, "analysis:1").expires_at = now() + timedelta(seconds=1)
        db.session.commit()
        report_alive("first")
        db.session.expire_all()
        assert db.session.get_one(Claim, "analysis:1").expires_at > now() + A_CLAIM_LASTS / 2
        assert db.session.get(Worker, "first")


def test_one_consultation_that_fails_does_not_hold_up_the_others(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []

    def do(key: int) -> None:
        if key == 1:
            raise RuntimeError("this one cannot be computed")
        done.append(key)

    monkeypatch.setattr(worker, "KINDS_OF_WORK", (worker.Work("test", lambda: [1, 2], do),))
    with app.app_context():
        look(app)
    assert done == [2]


def test_kill_9_loses_nothing(app: Flask) -> None:
    """A real worker process is killed without warning; the next one finds the votes waiting."""
    config = app.extensions["baraza_config"]
    environment = {
        **os.environ,
        "BARAZA_DATABASE_URL": config.database_url,
        "BARAZA_SECRET_KEY": config.secret_key,
        "BARAZA_INSTANCE": str(config.instance),
    }
    command = [sys.executable, "-m", "flask", "worker"]
    with app.app_context():
        consultation = make_consultation()
        killed = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603 - our own command
        try:
            wait_until(lambda: db.session.scalars(select(Worker.name)).first() is not None)
            killed.send_signal(signal.SIGKILL)
        finally:
            killed.wait()
        vote(consultation)
        second = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603 - our own command
        try:
            wait_until(lambda: consultation.id not in stale_consultations())
        finally:
            second.terminate()
            assert second.wait(timeout=30) == 0, "a worker that is asked to stop ends its work and stops"
        assert db.session.get_one(Snapshot, consultation.id).analysis["number_of_votes"] == 1


def wait_until(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        db.session.rollback()
        time.sleep(0.1)
