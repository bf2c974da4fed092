"""The outbox: mails that wait, and for a while the mere fact that one was sent."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.database import Model, Moment, now


class State(Enum):
    """What became of a mail."""

    WAITING = "waiting"
    #: Being handed over to the mail server at this moment; or the worker died while it was.
    UNDER_WAY = "under_way"
    SENT = "sent"
    #: The mail server will never take it.
    REFUSED = "refused"
    #: The mail server did not take it for days.
    EXPIRED = "expired"
    #: The line broke while it was handed over: nobody knows whether it arrived. It is not sent again.
    UNKNOWN = "unknown"
    #: Never sent: the reader had seen the news when they began to follow.
    NEEDLESS = "needless"


def today() -> date:
    return now().date()


def start_of_today() -> datetime:
    return now().replace(hour=0, minute=0, second=0, microsecond=0)


class Mail(Model):
    """One mail to one person.

    Nothing here says at what time of day somebody asked for it: set beside the minutes of votes, that
    could lead from an address to a participant.
    """

    __tablename__ = "mails"

    #: Names the news and its reader. The same key twice is the same mail, which is sent once.
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    #: Deleted as soon as the mail needs it no more.
    recipient: Mapped[str | None] = mapped_column(String(254), index=True)
    language: Mapped[str] = mapped_column(String(16))
    #: Its words: a `Letter` as JSON. Deleted with the recipient.
    letter: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    state: Mapped[State] = mapped_column(default=State.WAITING)
    #: When the worker looks at it next. Of a new mail, the midnight before.
    due_at: Mapped[datetime | None] = mapped_column(Moment, default=start_of_today, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    created_on: Mapped[date] = mapped_column(default=today)
