"""What participants say about statements: the vote that holds, and the ones it replaced."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Dialect, ForeignKeyConstraint, SmallInteger, UniqueConstraint
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


def vote_key(index_name: str) -> tuple[ForeignKeyConstraint, ForeignKeyConstraint, CheckConstraint]:
    """The rules of a vote, kept by the database: a known choice, and one consultation for voter and statement."""
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
        CheckConstraint("choice IN (-1, 0, 1)", name="known_choice"),
    )


class Vote(Model):
    """The vote that holds: at most one for each participant and statement."""

    __tablename__ = "votes"
    __table_args__ = (UniqueConstraint("participant_id", "statement_id"), *vote_key("votes"))

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(index=True)
    participant_id: Mapped[int]
    statement_id: Mapped[int] = mapped_column(index=True)
    choice: Mapped[Choice] = mapped_column(ChoiceColumn)
    #: To the minute: enough to see a burst, too coarse to match a vote with a line in a server's log.
    cast_at: Mapped[datetime] = mapped_column(Moment)
    #: How likely it was that this statement would be shown at that moment; empty where it was chosen by hand.
    exposure: Mapped[float | None]


class SupersededVote(Model):
    """A vote that its participant has replaced or taken back."""

    __tablename__ = "superseded_votes"
    __table_args__ = vote_key("superseded_votes")

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(index=True)
    participant_id: Mapped[int] = mapped_column(index=True)
    statement_id: Mapped[int]
    choice: Mapped[Choice] = mapped_column(ChoiceColumn)
    cast_at: Mapped[datetime] = mapped_column(Moment)
