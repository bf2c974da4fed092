"""Questions about the outbox."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy import and_, or_, select

from participation.database import db, now
from participation.mail.models import Mail, State, today

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import ColumnElement

    from participation.mail.settings import MailSettings

# RFC 5321, 4.5.4.1 advises four to five days; after three, this news is old.
GIVEN_UP_AFTER = timedelta(days=3)
# By then any hand-over is over: the mail server has some seconds for each of its answers.
A_HAND_OVER_LASTS = timedelta(minutes=15)
# While it is remembered that a mail was sent, it is not sent again; news is much younger than this.
REMEMBERED_FOR = timedelta(days=30)


def settings_here() -> MailSettings | None:
    settings: MailSettings | None = current_app.extensions["baraza_config"].mail
    return settings


def base_url() -> str:
    """Where links in letters begin.

    Raises:
        LookupError: this installation sends no mail.

    """
    settings = settings_here()
    if settings is None:
        raise LookupError("letters are written only where mail is set up")
    return settings.base_url


def states_of(keys: Iterable[str]) -> dict[str, State]:
    """What became of mails, by their keys. Those that were never written, or long ago, are not in it."""
    rows = db.session.execute(select(Mail.key, Mail.state).where(Mail.key.in_(list(keys))))
    return {key: state for key, state in rows}  # noqa: C416 - rows are no pairs to mypy


def outbox_is_due() -> list[int]:
    """One piece of work, called 0, if the outbox needs to be looked at."""
    reasons = [is_broken_off(), is_too_old(), is_forgotten()]
    if settings_here():
        reasons.append(is_ready())
    return [0] if db.session.scalar(select(Mail.key).where(or_(*reasons)).limit(1)) else []


def ready_mails(at_most: int) -> Sequence[str]:
    """The keys of mails to send now."""
    return db.session.scalars(
        select(Mail.key).where(is_ready()).order_by(Mail.due_at, Mail.key).limit(at_most)
    ).all()


def is_ready() -> ColumnElement[bool]:
    return and_(Mail.state == State.WAITING, Mail.due_at <= now())


def is_too_old() -> ColumnElement[bool]:
    return and_(Mail.state == State.WAITING, Mail.created_on < today() - GIVEN_UP_AFTER)


def is_broken_off() -> ColumnElement[bool]:
    """Under way for so long that its worker must have died."""
    return and_(Mail.state == State.UNDER_WAY, Mail.due_at <= now())


def is_forgotten() -> ColumnElement[bool]:
    return and_(Mail.due_at.is_(None), Mail.created_on < today() - REMEMBERED_FOR)


def states_beginning_with(keys_begin_with: str) -> Sequence[State]:
    """What became of the mails whose keys begin like this."""
    return db.session.scalars(
        select(Mail.state).where(Mail.key.startswith(keys_begin_with, autoescape=True))
    ).all()
