"""What a machine is asked to translate. What it has translated is kept with the texts themselves."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.database import Model, Moment, now


class Problem(Enum):
    """Why a machine has not translated."""

    BAD_KEY = "bad-key"
    REFUSED = "refused"
    UNREADABLE = "unreadable"
    BUSY = "busy"
    UNREACHABLE = "unreachable"


class MachineRequest(Model):
    """Somebody asked that what is missing in a language be translated by machine. Deleted once it is done."""

    __tablename__ = "machine_requests"
    __table_args__ = (UniqueConstraint("consultation_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(16))
    #: When the worker tries; empty once it has given up, with the problem left to read.
    due_at: Mapped[datetime | None] = mapped_column(Moment, default=now)
    #: How often it was tried in vain.
    attempts: Mapped[int] = mapped_column(default=0)
    problem: Mapped[Problem | None]
