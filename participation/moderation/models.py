"""What a facilitator decided about a statement, and why."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.database import Model, Moment, now


class Verdict(Enum):
    """What may be decided about a statement."""

    ACCEPT = "accept"
    REJECT = "reject"


class Reason(Enum):
    """Why a statement may be kept from the vote: the rules that authors were shown."""

    SEVERAL_IDEAS = "several-ideas"
    NOT_UNDERSTANDABLE = "not-understandable"
    QUESTION = "question"
    OFF_TOPIC = "off-topic"
    DUPLICATE = "duplicate"
    PERSONAL_DATA = "personal-data"
    UNLAWFUL = "unlawful"


class Decision(Model):
    """One decision. The latest one about a statement holds; earlier ones stay on record."""

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statements.id", ondelete="CASCADE"), index=True)
    #: Who decided; empty for decisions that came with an import.
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    verdict: Mapped[Verdict]
    #: Given with every rejection.
    reason: Mapped[Reason | None]
    note: Mapped[str] = mapped_column(String(500), default="")
    decided_at: Mapped[datetime] = mapped_column(Moment, default=now)
