"""A real mail server in this process, which takes, puts off, refuses or hangs up as a story wants."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller

from participation.mail.settings import MailSettings, Server
from tests.postgres import free_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage

    from aiosmtpd.smtp import SMTP, Envelope, Session
    from flask import Flask

TAKEN = "250 Message accepted for delivery"


@dataclass
class Postmaster:
    """What the server says to each message in turn, and what it took. None: it hangs up without a word."""

    answers: list[str | None] = field(default_factory=list)
    answers_to_recipients: list[str] = field(default_factory=list)
    taken: list[EmailMessage] = field(default_factory=list)
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    while_taking: Callable[[], None] = lambda: None

    async def handle_RCPT(  # noqa: N802 - aiosmtpd names it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.answers_to_recipients:
            return self.answers_to_recipients.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd names it
        answer = self.answers.pop(0) if self.answers else TAKEN
        if answer is None:
            server.transport.close()
            return TAKEN
        if answer.startswith("250"):
            self.while_taking()
            self.taken.append(message_from_bytes(envelope.content, policy=default))
            self.envelopes.append((str(envelope.mail_from), list(envelope.rcpt_tos)))
        return answer


@pytest.fixture
def postmaster() -> Postmaster:
    return Postmaster()


@pytest.fixture
def serve(app: Flask, postmaster: Postmaster) -> Iterator[Callable[..., Server]]:
    """Start the mail server, and tell the application about it. Its own log is not ours: it is kept silent."""
    logging.getLogger("mail.log").disabled = True
    running: list[Controller] = []
    config = app.extensions["baraza_config"]

    def start(way: dict[str, Any] | None = None, **how: Any) -> Server:  # noqa: ANN401 - whatever aiosmtpd takes
        port = free_port()
        controller = Controller(postmaster, hostname="127.0.0.1", port=port, **how)
        controller.start()
        running.append(controller)
        server = Server("127.0.0.1", port, **(way or {}))
        mail = MailSettings("baraza@city.example", "https://baraza.city.example", server)
        app.extensions["baraza_config"] = replace(config, mail=mail)
        return server

    yield start
    app.extensions["baraza_config"] = config
    for controller in running:
        controller.stop()
