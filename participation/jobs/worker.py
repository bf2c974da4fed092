"""The worker: asks what is due, does it, and asks again. `flask worker` runs it."""

from __future__ import annotations

import os
import secrets
import socket
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog

from participation.admission.by_mail import forget_addresses
from participation.admission.queries import closed_with_addresses
from participation.database import db
from participation.following.actions import forget_stale_subscriptions, write_news
from participation.following.queries import consultations_with_news, subscriptions_are_stale
from participation.jobs.actions import claim, release, report_alive
from participation.jobs.sweeping import delete_what_is_over, something_is_over
from participation.mail.actions import work_on_outbox
from participation.mail.queries import outbox_is_due
from participation.monitoring.actions import freeze_weighing
from participation.monitoring.queries import unweighed_consultations
from participation.opinions.actions import refresh_snapshot
from participation.opinions.queries import stale_consultations
from participation.packages.actions import forget_package, make_package_for, make_public_package
from participation.packages.queries import (
    packages_to_forget,
    reports_without_package,
    requests_without_package,
)
from participation.translation.actions import work_on_request
from participation.translation.queries import due_requests
from participation.transparency.actions import sign_head
from participation.transparency.committing import votes_to_write_down, write_down_votes
from participation.transparency.phases import phases_to_write_down, write_down_phases
from participation.transparency.queries import head_is_due

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask import Flask

SECONDS_BETWEEN_LOOKS = 2.0
SECONDS_BETWEEN_SIGNS_OF_LIFE = 5.0
SECONDS_BEFORE_TRYING_AGAIN = 60.0

log = structlog.get_logger()


@dataclass(frozen=True)
class Work:
    """A kind of work: how to find what is due, and how to do one piece. Doing a piece twice does no harm."""

    name: str
    due: Callable[[], Iterable[int]]
    do: Callable[[int], None]


KINDS_OF_WORK = (
    # Somebody waits for a mail with the page still open; a picture may be some seconds old.
    Work("news", consultations_with_news, write_news),
    Work("mail", outbox_is_due, work_on_outbox),
    Work("machine translation", due_requests, work_on_request),
    Work("analysis", stale_consultations, refresh_snapshot),
    Work("phase in the log", phases_to_write_down, write_down_phases),
    Work("votes in the log", votes_to_write_down, write_down_votes),
    Work("head of the log", head_is_due, sign_head),
    Work("weighing", unweighed_consultations, freeze_weighing),
    Work("addresses of closed consultations", closed_with_addresses, forget_addresses),
    Work("data package", reports_without_package, make_public_package),
    Work("votes for a researcher", requests_without_package, make_package_for),
    Work("fetched votes", packages_to_forget, forget_package),
    Work("stale subscriptions", subscriptions_are_stale, forget_stale_subscriptions),
    Work("what is over", something_is_over, delete_what_is_over),
)


@dataclass
class WorkerProcess:
    """One worker. Its name tells it from every other, on this machine and elsewhere."""

    app: Flask
    stopping: threading.Event = field(default_factory=threading.Event)
    #: Work that failed, and when it may be tried again.
    resting: dict[tuple[str, int], float] = field(default_factory=dict)
    name: str = field(default_factory=lambda: f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}")

    def run(self) -> None:
        """Work until told to stop."""
        threading.Thread(target=self._give_signs_of_life, daemon=True).start()
        with self.app.app_context():
            log.info("worker started", worker=self.name)
            while not self.stopping.is_set():
                began = time.monotonic()
                self.do_what_is_due()
                # Work that took long is not begun again at once, so that it leaves some of the core to others.
                self.stopping.wait(max(SECONDS_BETWEEN_LOOKS, (time.monotonic() - began) / 2))
            log.info("worker stopped", worker=self.name)

    def do_what_is_due(self) -> None:
        """One look at every kind of work. A piece that fails is reported and leaves the others alone."""
        for kind in KINDS_OF_WORK:
            try:
                due = list(kind.due())
            except Exception:
                log.exception("what is due could not be found out", kind=kind.name)
                due = []
            for key in due:
                if self.resting.get((kind.name, key), 0) > time.monotonic():
                    continue
                try:
                    self._do(kind, key)
                except Exception:
                    log.exception("work failed", kind=kind.name, key=key)
                    self.resting[kind.name, key] = time.monotonic() + SECONDS_BEFORE_TRYING_AGAIN
            db.session.remove()

    def _do(self, kind: Work, key: int) -> None:
        subject = f"{kind.name}:{key}"
        if not claim(subject, self.name):
            return
        try:
            began = time.monotonic()
            # Another worker may have done it between the question and the claim.
            if key not in kind.due():
                return
            kind.do(key)
            log.info("work done", kind=kind.name, key=key, seconds=round(time.monotonic() - began, 2))
        finally:
            db.session.rollback()
            release(subject, self.name)

    def _give_signs_of_life(self) -> None:
        while not self.stopping.is_set():
            with self.app.app_context():
                try:
                    report_alive(self.name)
                except Exception:
                    log.exception("no sign of life could be given")
            self.stopping.wait(SECONDS_BETWEEN_SIGNS_OF_LIFE)
