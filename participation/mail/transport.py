"""The way out: a conversation with a mail server, or a folder of .eml files."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from participation.mail.settings import Security, Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

    from participation.mail.settings import MailSettings

SECONDS_TO_ANSWER = 15
GO_ON = 354
TAKEN = 250


class Verdict(Enum):
    """What the mail server made of a message."""

    TAKEN = "taken"
    LATER = "later"
    NEVER = "never"
    #: The line broke after the message was under way.
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """The verdict, the server's reply code if there was one, and whether it still listens.

    The words of a reply are left out: they often name the recipient.
    """

    verdict: Verdict
    code: int | None = None
    still_there: bool = True


class Transport(Protocol):
    def __call__(self, message: EmailMessage, *, sender: str, recipient: str) -> Answer:
        """Hand one message over."""


class MailServerUnreachableError(Exception):
    """There is no mail server that talks to us. Nothing was handed over. Says why, without any address."""


@contextmanager
def open_transport(settings: MailSettings) -> Iterator[Transport]:
    """Be ready to hand over messages, several over one line.

    Raises:
        MailServerUnreachableError

    """
    if isinstance(settings.way, Path):
        yield _Folder(settings.way)
        return
    server = _connect(settings.way)
    try:
        yield _Conversation(server)
    finally:
        # All that was taken is taken, whether or not the server says goodbye.
        with suppress(OSError, smtplib.SMTPException):
            server.quit()


def _connect(to: Server) -> smtplib.SMTP:
    secret = ssl.create_default_context()
    connection: smtplib.SMTP | None = None
    try:
        if to.security is Security.TLS:
            connection = smtplib.SMTP_SSL(to.host, to.port, timeout=SECONDS_TO_ANSWER, context=secret)
        else:
            connection = smtplib.SMTP(to.host, to.port, timeout=SECONDS_TO_ANSWER)
        if to.security is Security.STARTTLS:
            connection.starttls(context=secret)
        connection.ehlo_or_helo_if_needed()
        if to.user:
            connection.login(to.user, to.password)
    except (OSError, smtplib.SMTPException) as error:
        if connection:
            connection.close()
        code = getattr(error, "smtp_code", None)
        raise MailServerUnreachableError(f"{type(error).__name__} {code or ''}".strip()) from None
    return connection


@dataclass(frozen=True)
class _Conversation:
    server: smtplib.SMTP

    def __call__(self, message: EmailMessage, *, sender: str, recipient: str) -> Answer:
        """One message of the conversation: MAIL, RCPT, DATA (RFC 5321, 3.3)."""
        try:
            if (code := self.server.mail(sender)[0]) // 100 != TAKEN // 100:
                # It is the sender that is refused, not this reader: the settings can be mended.
                return Answer(Verdict.LATER, code, still_there=False)
            if (code := self.server.rcpt(recipient)[0]) // 100 != TAKEN // 100:
                self.server.rset()
                return _refusal(code)
        except (OSError, smtplib.SMTPException):
            return Answer(Verdict.LATER, still_there=False)
        try:
            code, _words = self.server.data(message.as_bytes())
        except smtplib.SMTPDataError as error:
            # The server did not even want to see the message.
            return _refusal(error.smtp_code)
        except (OSError, smtplib.SMTPException):
            return Answer(Verdict.UNKNOWN, still_there=False)
        return Answer(Verdict.TAKEN, code) if code == TAKEN else _refusal(code)


def _refusal(code: int) -> Answer:
    return Answer(Verdict.NEVER if code // 100 == 5 else Verdict.LATER, code)  # noqa: PLR2004 - RFC 5321, 4.2.1


@dataclass(frozen=True)
class _Folder:
    folder: Path

    def __call__(self, message: EmailMessage, *, sender: str, recipient: str) -> Answer:  # noqa: ARG002 - both stand in the message
        """Write the message where a developer finds it. Only its owner may read it: it has an address in it."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = message["Message-ID"].strip("<>").partition("@")[0]
        (self.folder / f"{name}.eml").write_bytes(message.as_bytes())
        return Answer(Verdict.TAKEN)
