"""The report of a consultation: texts that wait for it, versions that never change, findings to be answered."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.consultations.models import Consultation
from participation.database import Model, Moment, never_changes, now


class ReportText(Model):
    """What the organiser adds to a section of the next version, in one language; Markdown."""

    __tablename__ = "report_texts"

    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultations.id", ondelete="CASCADE"), primary_key=True
    )
    #: The key of the section.
    section: Mapped[str] = mapped_column(String(40), primary_key=True)
    language: Mapped[str] = mapped_column(String(16), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    #: Counts its changes, so that no editor overwrites another unseen.
    edition: Mapped[int] = mapped_column(default=0)


@never_changes
class Report(Model):
    """One published version of the report. Never changed: a correction is another version."""

    __tablename__ = "reports"
    __table_args__ = (UniqueConstraint("consultation_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"))
    #: Counts from one within the consultation.
    number: Mapped[int]
    published_at: Mapped[datetime] = mapped_column(Moment, default=now)
    #: Why there is another version, by language; empty for the first.
    reason: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    #: What was counted and gathered, in no language: all that the sections speak of. See `facts.py`.
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: By language, what the sections say: title, and sections with their blocks. See `blocks.py`.
    words: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: SHA-256 of facts and words as canonical JSON, in hexadecimal.
    sha256: Mapped[str] = mapped_column(String(64))

    consultation: Mapped[Consultation] = relationship()


class FindingKind(Enum):
    """What a finding says of its statement."""

    SHARED_AGREEMENT = "shared agreement"
    SHARED_DISAGREEMENT = "shared disagreement"
    DIVIDES = "divides"
    UNCERTAIN = "uncertain"
    #: What a small group says, or few people said: never dropped for want of agreement.
    MINORITY = "minority"


class Finding(Model):
    """One thing that the report found and that the authority has to answer: a statement, and what is said of it.

    It keeps its number from version to version. One that a later version no longer finds is withdrawn, with the version
    that says so, and stays readable with its answer.
    """

    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        UniqueConstraint("consultation_id", "kind", "statement_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"))
    #: Counts from one within the consultation.
    number: Mapped[int]
    kind: Mapped[FindingKind]
    statement_id: Mapped[int] = mapped_column(ForeignKey("statements.id"))
    #: The version that found it first.
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"))
    #: The version that no longer finds it; empty while it stands.
    withdrawn_in_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))

    report: Mapped[Report] = relationship(foreign_keys=report_id)
    withdrawn_in: Mapped[Report | None] = relationship(foreign_keys=withdrawn_in_id)

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_in_id is not None
