"""Printed sheets and the batches in which they are typed in. Nothing leads from a counted sheet to its votes."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import Account
from participation.database import Model, Moment, now


class BatchState(Enum):
    """What became of a batch."""

    OPEN = "open"
    #: Its sheets count.
    CLOSED = "closed"
    #: Its sheets were given back, as if nobody had typed them in.
    WITHDRAWN = "withdrawn"


class SheetState(Enum):
    """What became of a sheet. Each is used once."""

    UNUSED = "unused"
    #: Its holder votes online instead.
    ONLINE = "online"
    #: Typed in; it counts once its batch is closed.
    ENTERED = "entered"
    COUNTED = "counted"


class PaperBatch(Model):
    """Sheets that were collected together and are typed in by one person: a log of who did what, and how much."""

    __tablename__ = "paper_batches"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"))
    number: Mapped[int]
    #: Where and when the sheets were collected.
    place: Mapped[str] = mapped_column(String(120))
    collected_on: Mapped[date]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    opened_at: Mapped[datetime] = mapped_column(Moment, default=now)
    state: Mapped[BatchState] = mapped_column(default=BatchState.OPEN)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    #: Why it was withdrawn.
    reason: Mapped[str] = mapped_column(String(500), default="")
    #: How many sheets were typed in, how often one was read a second time, and how often that differed.
    sheets: Mapped[int] = mapped_column(default=0)
    second_readings: Mapped[int] = mapped_column(default=0)
    corrections: Mapped[int] = mapped_column(default=0)

    opened_by: Mapped[Account] = relationship(foreign_keys=opened_by_id)
    ended_by: Mapped[Account | None] = relationship(foreign_keys=ended_by_id)

    @property
    def is_open(self) -> bool:
        return self.state is BatchState.OPEN


class BallotSheet(Model):
    __tablename__ = "ballot_sheets"

    #: HMAC-SHA-256 of the sheet's number, which is on the paper only.
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultations.id", ondelete="CASCADE"), index=True
    )
    #: The same for all sheets that were printed together.
    printed_at: Mapped[datetime] = mapped_column(Moment)
    language: Mapped[str] = mapped_column(String(16))
    #: What stands on it, from top to bottom.
    statement_ids: Mapped[list[int]] = mapped_column(JSON)
    state: Mapped[SheetState] = mapped_column(default=SheetState.UNUSED)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("paper_batches.id"), index=True)
    #: The number of the choice on each statement, None where it was left blank. Kept only until the batch is closed.
    answers: Mapped[list[int | None] | None] = mapped_column(JSON(none_as_null=True))
