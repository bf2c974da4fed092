"""What participants say about statements: the vote that holds, and the ones it replaced."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    Dialect,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from deliberation.ballot import Choice
from participation.database import Model, Moment


class ChoiceColumn(TypeDecorator[Choice]):
    """A choice as the small number that it is."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: Choice | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - the base class names it
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Choice | None:  # noqa: ARG002 - the base class names it
        return None if value is None else Choice(value)


def same_consultation(index_name: str) -> tuple[ForeignKeyConstraint, ForeignKeyConstraint]:
    """A rule kept by the database: participant and statement belong to one consultation."""
    return (
        ForeignKeyConstraint(
            ["participant_id", "consultation_id"],
            ["participants.id", "participants.consultation_id"],
            name=f"fk_{index_name}_participant",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["statement_id", "consultation_id"],
            ["statements.id", "statements.consultation_id"],
            name=f"fk_{index_name}_statement",
            ondelete="CASCADE",
        ),
    )


def vote_key(index_name: str) -> tuple[ForeignKeyConstraint, ForeignKeyConstraint, CheckConstraint]:
    """The rules of a vote: a known choice, and one consultation for voter and statement."""
    known_choice = CheckConstraint("choice IN (-1, 0, 1)", name="known_choice")
    return (*same_consultation(index_name), known_choice)


class Vote(Model):
    """The vote that holds: at most one for each participant and statement."""

    __tablename__ = "votes"
    __table_args__ = (
        UniqueConstraint("participant_id", "statement_id"),
        # What the public log has no commitment to yet: few, and asked for all the time.
        Index(
            "ix_votes_without_nonce",
            "consultation_id",
            sqlite_where=text("nonce IS NULL"),
            postgresql_where=text("nonce IS NULL"),
        ),
        *vote_key("votes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(index=True)
    participant_id: Mapped[int]
    statement_id: Mapped[int] = mapped_column(index=True)
    choice: Mapped[Choice] = mapped_column(ChoiceColumn)
    #: "This matters to me", said together with the choice.
    is_important: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: To the minute: enough to see a burst, too coarse to match a vote with a line in a server's log.
    cast_at: Mapped[datetime] = mapped_column(Moment)
    #: How likely it was that this statement would be shown at that moment; empty where it was chosen by hand.
    exposure: Mapped[float | None]
    #: 16 random bytes from the voter's script: a vote that is sent again, after an answer was lost, is known by them.
    ballot: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    #: 32 random bytes under which the public log has a commitment to this vote as it is now; empty while it has none.
    #: All that leads from the vote to its line there: a changed vote gets another, an erased participant's have none.
    nonce: Mapped[bytes | None] = mapped_column(LargeBinary(32))


class SupersededVote(Model):
    """A vote that its participant has replaced or taken back."""

    __tablename__ = "superseded_votes"
    __table_args__ = vote_key("superseded_votes")

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(index=True)
    participant_id: Mapped[int] = mapped_column(index=True)
    statement_id: Mapped[int]
    choice: Mapped[Choice] = mapped_column(ChoiceColumn)
    is_important: Mapped[bool] = mapped_column(default=False, server_default=false())
    cast_at: Mapped[datetime] = mapped_column(Moment)
    ballot: Mapped[bytes | None] = mapped_column(LargeBinary(16))


class PutOff(Model):
    """A statement to which a participant said "later". An answer, when it comes, outdoes it; this row then idles."""

    __tablename__ = "put_off"
    __table_args__ = (
        *same_consultation("put_off"),
        CheckConstraint("times IN (1, 2)", name="once_or_twice"),
    )

    participant_id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int]
    #: Put off once, it comes back when the others are done; twice, and it waits until it is asked for.
    times: Mapped[int] = mapped_column(SmallInteger)
