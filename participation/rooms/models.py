"""People who answer together in a room, one statement after the other, each on a phone of their own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.database import Model, Moment, now

# Nobody sits together for longer: a session that was forgotten ends by itself.
A_SESSION_LASTS = timedelta(hours=12)


class GroupSession(Model):
    __tablename__ = "group_sessions"
    __table_args__ = (UniqueConstraint("consultation_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"))
    #: Six digits that the big screen shows to everybody in the room.
    code: Mapped[str] = mapped_column(String(6))
    #: What is put before the room, in this order.
    statement_ids: Mapped[list[int]] = mapped_column(JSON)
    #: Which of these is on the screen, counted from one; 0 while people still come in.
    place: Mapped[int] = mapped_column(default=0)
    #: How the room answered, by place, as it was when the facilitator showed it: it never changes afterwards,
    #: since a difference would be one person's vote. See `splits.split_of`.
    splits: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    opened_at: Mapped[datetime] = mapped_column(Moment, default=now)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def is_running(self) -> bool:
        return self.ended_at is None and now() < self.opened_at + A_SESSION_LASTS

    @property
    def statement_id(self) -> int | None:
        """The statement on the screen."""
        return self.statement_ids[self.place - 1] if self.place else None

    @property
    def is_last(self) -> bool:
        return self.place == len(self.statement_ids)


class Seat(Model):
    """That a participant sits in a session. Forgotten when it ends."""

    __tablename__ = "seats"

    session_id: Mapped[int] = mapped_column(
        ForeignKey("group_sessions.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participants.id", ondelete="CASCADE"), primary_key=True, index=True
    )
