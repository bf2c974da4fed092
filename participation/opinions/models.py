"""The analysis of a consultation as it was last computed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.database import Model, Moment


class Snapshot(Model):
    """The latest analysis of a consultation, and the inputs it stands on."""

    __tablename__ = "snapshots"

    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultations.id", ondelete="CASCADE"), primary_key=True
    )
    #: When its inputs were read.
    gathered_at: Mapped[datetime] = mapped_column(Moment)
    #: What `vote_events` said when the inputs were gathered.
    vote_events: Mapped[int]
    #: The revision of the deck when the inputs were gathered, plus one for the new weights.
    deck_revision: Mapped[int]
    #: The analysis as JSON, without the participants: those are places.
    analysis: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: What is conspicuous in the votes, and what would change without it: see `second_look`. In counts alone.
    integrity: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    #: What people said of themselves, as it may be published: worked out once, after closing.
    answers: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    #: The common ground weighed to the population, as it may be published: worked out once, after closing.
    weighed: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    #: How often each statement should be shown, by statement id.
    weights: Mapped[dict[str, float]] = mapped_column(JSON)


class Place(Model):
    """Where one participant stands on the opinion map."""

    __tablename__ = "places"
    __table_args__ = (
        ForeignKeyConstraint(
            ["participant_id", "consultation_id"],
            ["participants.id", "participants.consultation_id"],
            ondelete="CASCADE",
        ),
    )

    participant_id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(index=True)
    x: Mapped[float]
    y: Mapped[float]
    #: The standard error of x and of y.
    error: Mapped[float]
    #: The position of the group in the analysis; empty for people who were not assigned.
    group_index: Mapped[int | None]
    #: How likely it is that they belong to that group; empty as it is.
    group_probability: Mapped[float | None]
