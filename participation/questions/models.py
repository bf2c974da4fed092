"""Questions that people may answer about themselves, and their answers: apart from votes, and without a time."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, attribute_keyed_dict, mapped_column, relationship

from participation.database import Model


class Question(Model):
    """A question with one answer out of several. Everybody may pass over it."""

    __tablename__ = "questions"
    __table_args__ = (
        # The target of an answer's double key: see SelfDescription.
        UniqueConstraint("id", "consultation_id"),
        UniqueConstraint("consultation_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"))
    #: Its place among the questions of its consultation, from 1.
    number: Mapped[int]

    texts: Mapped[dict[str, QuestionText]] = relationship(
        collection_class=attribute_keyed_dict("language"), cascade="all, delete-orphan", lazy="selectin"
    )


class QuestionText(Model):
    """A question in one language: all languages have the same choices in the same order."""

    __tablename__ = "question_texts"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(16), primary_key=True)
    text: Mapped[str] = mapped_column(String(200))
    #: Why it is asked, for the people who are asked.
    reason: Mapped[str] = mapped_column(String(400))
    choices: Mapped[list[str]] = mapped_column(JSON)


class SelfDescription(Model):
    """What a participant says of themselves. No row: they said nothing. No time: it could be matched with votes."""

    __tablename__ = "self_descriptions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["participant_id", "consultation_id"],
            ["participants.id", "participants.consultation_id"],
            name="fk_self_descriptions_participant",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["question_id", "consultation_id"],
            ["questions.id", "questions.consultation_id"],
            name="fk_self_descriptions_question",
            ondelete="CASCADE",
        ),
    )

    participant_id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(index=True)
    #: The place of the choice among the question's choices, from 0; empty for "I prefer not to say".
    choice: Mapped[int | None]
