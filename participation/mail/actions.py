"""Mails are written into the outbox with the deed that they tell of, and sent by the worker: never twice.

SMTP knows no moment at which both sides are sure that a message was taken, so one must choose between
a mail that might come twice and one that might be lost. Here none comes twice. Each mail is marked as under
way, and that is committed, before the mail server hears of it. If the worker dies

- before the mark is committed, the mail waits and is sent later;
- between the mark and the last commit, nobody can know whether the server took it: the mail stays under way,
  is written off as unknown after fifteen minutes, and is not sent again;
- after the last commit, everything is done.

The same holds when the line breaks after the message was begun. A server that clearly did not take a
message (a 4xx reply, a refused connection) is asked again; one that refuses it for good (5xx) is not.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from sqlalchemy import delete, update

from participation.database import db, insert_unless_there, now
from participation.mail.letter import Letter, message_from
from participation.mail.models import Mail, State, start_of_today, today
from participation.mail.queries import (
    A_HAND_OVER_LASTS,
    is_broken_off,
    is_forgotten,
    is_ready,
    is_too_old,
    ready_mails,
    settings_here,
)
from participation.mail.transport import Verdict, open_transport

if TYPE_CHECKING:
    from participation.mail.settings import MailSettings
    from participation.mail.transport import Answer, Transport

AT_MOST_AT_ONCE = 200
# Other work waits meanwhile.
SECONDS_AT_ONCE = 20
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
DONE = {Verdict.TAKEN: State.SENT, Verdict.NEVER: State.REFUSED, Verdict.UNKNOWN: State.UNKNOWN}
NOTHING_MORE = {"recipient": None, "letter": None, "due_at": None}

log = structlog.get_logger()


def write_mail(key: str, *, recipient: str, language: str, letter: Letter) -> None:
    """Put a mail into the outbox, unless it is or was there. The caller's transaction: not committed here."""
    insert_unless_there(
        Mail,
        key=key,
        recipient=recipient,
        language=language,
        letter=letter.to_json(),
        state=State.WAITING,
        due_at=start_of_today(),
        attempts=0,
        created_on=today(),
    )


def need_no_mail(key: str, *, language: str) -> None:
    """Never send the mail with this key. The caller's transaction: not committed here."""
    insert_unless_there(
        Mail,
        key=key,
        recipient=None,
        language=language,
        letter=None,
        state=State.NEEDLESS,
        due_at=None,
        attempts=0,
        created_on=today(),
    )


def forget_mails(*keys_begin_with: str) -> None:
    """Take mails out of the outbox. The caller's transaction: not committed here."""
    for start in keys_begin_with:
        db.session.execute(delete(Mail).where(Mail.key.startswith(start, autoescape=True)))


def forget_recipient(address: str) -> None:
    """Take everything for an address out of the outbox. The caller's transaction: not committed here."""
    db.session.execute(delete(Mail).where(Mail.recipient == address))


def work_on_outbox(_one: int = 0) -> None:
    """Put old mails away, then send what is ready, for a while.

    Raises:
        MailServerUnreachableError: no mail was handed over, and none counts as tried.

    """
    _put_away()
    settings = settings_here()
    keys = ready_mails(AT_MOST_AT_ONCE) if settings else []
    db.session.rollback()
    if not settings or not keys:
        return
    ends_at = time.monotonic() + SECONDS_AT_ONCE
    with open_transport(settings) as transport:
        for key in keys:
            if not _send(key, transport, settings) or time.monotonic() > ends_at:
                return


def _send(key: str, transport: Transport, settings: MailSettings) -> bool:
    """Send one mail, unless another worker took it. Returns whether the server still listens."""
    mail = _mark_under_way(key)
    if mail is None:
        return True
    message = message_from(
        Letter.from_json(mail.letter or {}),
        key=mail.key,
        recipient=mail.recipient or "",
        language=mail.language,
        settings=settings,
    )
    answer = transport(message, sender=settings.sender, recipient=mail.recipient or "")
    _settle(key, answer, attempts=mail.attempts)
    return answer.still_there


def _mark_under_way(key: str) -> Mail | None:
    """Take a mail; of several workers that ask at once, one gets it. No transaction is open after this."""
    mail = db.session.scalar(
        update(Mail)
        .where(Mail.key == key, is_ready())
        .values(state=State.UNDER_WAY, due_at=now() + A_HAND_OVER_LASTS, attempts=Mail.attempts + 1)
        .returning(Mail)
    )
    db.session.commit()
    return mail


def _settle(key: str, answer: Answer, *, attempts: int) -> None:
    """Write down what became of a mail that is under way."""
    if answer.verdict is Verdict.LATER:
        wait = min(FIRST_WAIT * 4 ** (attempts - 1), LONGEST_WAIT)
        values = {"state": State.WAITING, "due_at": now() + wait}
    else:
        values = {"state": DONE[answer.verdict], **NOTHING_MORE}
    if answer.verdict is not Verdict.TAKEN:
        log.warning("a mail was not taken", verdict=answer.verdict.value, code=answer.code, attempts=attempts)
    db.session.execute(update(Mail).where(Mail.key == key, Mail.state == State.UNDER_WAY).values(values))
    db.session.commit()


def _put_away() -> None:
    """Give up what is too old or broken off, with its address; forget what was finished long ago."""
    db.session.execute(update(Mail).where(is_too_old()).values(state=State.EXPIRED, **NOTHING_MORE))
    db.session.execute(update(Mail).where(is_broken_off()).values(state=State.UNKNOWN, **NOTHING_MORE))
    db.session.execute(delete(Mail).where(is_forgotten()))
    db.session.commit()
