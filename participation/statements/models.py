"""A statement and its texts. One that has votes is never edited."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, attribute_keyed_dict, mapped_column, relationship

from participation.database import Model, Moment, now


class State(Enum):
    """What became of a statement."""

    WAITING = "waiting"
    PUBLISHED = "published"
    REJECTED = "rejected"


class Statement(Model):
    __tablename__ = "statements"
    __table_args__ = (
        # The target of a vote's double key: see Vote.
        UniqueConstraint("id", "consultation_id"),
        UniqueConstraint("consultation_id", "number"),
        ForeignKeyConstraint(
            ["author_id", "consultation_id"], ["participants.id", "participants.consultation_id"]
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"))
    #: Its name within the consultation, on pages and in exports.
    number: Mapped[int]
    #: The language it was written in.
    language: Mapped[str] = mapped_column(String(16))
    state: Mapped[State]
    #: Written by the facilitators before the consultation opened.
    is_seed: Mapped[bool] = mapped_column(default=False)
    #: About the people who take part, not about the question ("I live here"): left out of the analysis.
    is_meta: Mapped[bool] = mapped_column(default=False)
    #: The participant who wrote it; empty for seed statements.
    author_id: Mapped[int | None]
    written_at: Mapped[datetime] = mapped_column(Moment, default=now)

    texts: Mapped[dict[str, StatementText]] = relationship(
        collection_class=attribute_keyed_dict("language"), cascade="all, delete-orphan"
    )

    def text_for(self, language: str) -> StatementText:
        """Its text in a language, or else the original."""
        return self.texts.get(language) or self.texts[self.language]


class StatementText(Model):
    """A statement in one language: as it was written, or translated."""

    __tablename__ = "statement_texts"

    statement_id: Mapped[int] = mapped_column(
        ForeignKey("statements.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(16), primary_key=True)
    text: Mapped[str] = mapped_column(String(2000))
