"""A statement and its texts. One that has votes is never edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, attribute_keyed_dict, mapped_column, relationship

from participation.database import Model, Moment, now
from participation.fingerprints import fingerprint_of


class State(Enum):
    """What became of a statement."""

    WAITING = "waiting"
    PUBLISHED = "published"
    REJECTED = "rejected"
    #: Its author is asked to say it in other words.
    RETURNED = "returned"
    #: Another statement stands for it.
    MERGED = "merged"
    #: Several others, which each say a part of it, stand for it.
    SPLIT = "split"


class Origin(Enum):
    """Who put a text into its language: its author or a translator, or a machine."""

    PERSON = "person"
    MACHINE = "machine"


class Leaning(Enum):
    """Which side of the question a first statement takes, in the eyes of those who run the consultation."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


@dataclass(frozen=True)
class Wording:
    """A statement's text as one reader gets it.

    `original` is what was written, where this is a translation of it.
    """

    text: str
    language: str
    original: Wording | None = None
    origin: Origin = Origin.PERSON
    #: Whether a second person has found the translation right.
    is_checked: bool = False

    @property
    def is_original(self) -> bool:
        return self.original is None


class Statement(Model):
    __tablename__ = "statements"
    __table_args__ = (
        # The target of a vote's double key: see Vote.
        UniqueConstraint("id", "consultation_id"),
        UniqueConstraint("consultation_id", "number"),
        ForeignKeyConstraint(
            ["author_id", "consultation_id"], ["participants.id", "participants.consultation_id"]
        ),
        Index("one_statement_per_key", "consultation_id", "key", unique=True),
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
    #: A first statement with the same key in another consultation asks the same there, perhaps in other words.
    key: Mapped[str | None] = mapped_column(String(40))
    #: Of a first statement; shown to nobody who votes. Empty until somebody has said.
    leaning: Mapped[Leaning | None]
    #: About the people who take part, not about the question ("I live here"): left out of the analysis.
    is_meta: Mapped[bool] = mapped_column(default=False)
    #: The participant who wrote it; empty for seed statements.
    author_id: Mapped[int | None]
    written_at: Mapped[datetime] = mapped_column(Moment, default=now)
    #: SHA-256 of the code on its author's receipt, which only the author's browser can make.
    receipt_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True, unique=True)

    texts: Mapped[dict[str, StatementText]] = relationship(
        collection_class=attribute_keyed_dict("language"), cascade="all, delete-orphan"
    )

    @property
    def fingerprint(self) -> str:
        """Of what was written, not of its translations."""
        text = self.texts.get(self.language)
        return fingerprint_of({"language": self.language, "text": text.text if text else None})

    def wordings(self) -> dict[str, Wording]:
        """Its text in every language that it has one in."""
        original = Wording(self.texts[self.language].text, self.language)
        return {
            tag: Wording(text.text, tag, original, text.origin, text.reviewed_at is not None)
            for tag, text in self.texts.items()
        } | {self.language: original}

    def wording(self, language: str) -> Wording:
        """Its text in a language, or else the original."""
        wordings = self.wordings()
        return wordings.get(language) or wordings[self.language]


class TextRecord:
    """What is kept of a text: what it says, and the record of its making."""

    text: Mapped[str] = mapped_column(String(2000))
    origin: Mapped[Origin] = mapped_column(default=Origin.PERSON)
    #: Who translated it; empty for originals, machines and imports.
    translator_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    #: The original as it was when this was made from it; empty for originals, and where nobody knows.
    made_from: Mapped[str | None] = mapped_column(String(2000))
    #: The second person who found the translation right, and when.
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(Moment)


class StatementText(TextRecord, Model):
    """A statement in one language: as it was written, or the translation that holds."""

    __tablename__ = "statement_texts"

    statement_id: Mapped[int] = mapped_column(
        ForeignKey("statements.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(16), primary_key=True)


class SupersededText(TextRecord, Model):
    """A text that another one has replaced, or that was taken back: a translation, or an author's earlier words."""

    __tablename__ = "superseded_texts"

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statements.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(16))
