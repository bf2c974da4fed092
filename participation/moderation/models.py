"""What was decided about a statement, by whom and why; who is reading it; what its author says to it."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import Account
from participation.database import Model, Moment, now
from participation.organisations.models import Role
from participation.statements.models import Statement


class Verdict(Enum):
    """What may be decided about a statement."""

    ACCEPT = "accept"
    REJECT = "reject"
    #: Its author is asked to say it in other words.
    REWORD = "reword"
    #: A published statement says it already.
    MERGE = "merge"
    #: It said several things, and stands as several statements now.
    SPLIT = "split"


class Reason(Enum):
    """Why a statement may be kept from the vote: the rules that authors were shown."""

    SEVERAL_IDEAS = "several-ideas"
    NOT_UNDERSTANDABLE = "not-understandable"
    QUESTION = "question"
    OFF_TOPIC = "off-topic"
    DUPLICATE = "duplicate"
    PERSONAL_DATA = "personal-data"
    UNLAWFUL = "unlawful"


#: For these a text is shown nowhere any more, and a statement may be taken out even though it has votes.
GRAVE = frozenset({Reason.PERSONAL_DATA, Reason.UNLAWFUL})


class Decision(Model):
    """One decision. The latest one about a statement holds; earlier ones stay on record."""

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statements.id", ondelete="CASCADE"), index=True)
    #: Who decided; empty for decisions that came with an import.
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    #: As what they decided; empty for imports, and for decisions from before roles were kept.
    role: Mapped[Role | None]
    verdict: Mapped[Verdict]
    #: Given with every rejection, and with the wish for other words.
    reason: Mapped[Reason | None]
    note: Mapped[str] = mapped_column(String(500), default="")
    decided_at: Mapped[datetime] = mapped_column(Moment, default=now)

    #: What stands in its place: one statement after a merger, several after a split.
    successors: Mapped[list[Statement]] = relationship(
        secondary="lineage", order_by=Statement.number, lazy="selectin"
    )


class Lineage(Model):
    """A statement that a decision put in the place of the one that it was about. Read it in both directions."""

    __tablename__ = "lineage"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id", ondelete="CASCADE"), primary_key=True)
    statement_id: Mapped[int] = mapped_column(
        ForeignKey("statements.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Hold(Model):
    """A statement that somebody is reading, so that nobody else decides about it meanwhile."""

    __tablename__ = "holds"

    statement_id: Mapped[int] = mapped_column(
        ForeignKey("statements.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role]
    held_since: Mapped[datetime] = mapped_column(Moment, default=now)

    account: Mapped[Account] = relationship()


class Outcome(Enum):
    """What came of an appeal."""

    UPHELD = "upheld"
    OVERTURNED = "overturned"


class Appeal(Model):
    """An author's word against a decision: once for each statement."""

    __tablename__ = "appeals"

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statements.id", ondelete="CASCADE"), unique=True)
    #: The decision that it is about.
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id", ondelete="CASCADE"), unique=True)
    #: Empty once the author had themselves erased.
    words: Mapped[str] = mapped_column(String(1000))
    appealed_at: Mapped[datetime] = mapped_column(Moment, default=now)
    #: Empty while nobody has answered, as are the four below.
    outcome: Mapped[Outcome | None]
    answer: Mapped[str] = mapped_column(String(1000), default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[Role | None]

    decision: Mapped[Decision] = relationship()

    @property
    def is_answered_by_first_decider(self) -> bool:
        """Whether whoever decided first has answered, because there was nobody else."""
        return self.account_id is not None and self.account_id == self.decision.account_id
