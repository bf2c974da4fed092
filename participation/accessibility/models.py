"""What the organiser of this installation declares about its accessibility."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, attribute_keyed_dict, mapped_column, relationship

from participation.database import Model, now

# Directive (EU) 2016/2102 and Implementing Decision (EU) 2018/1523 ask for a look at least every year.
LONGEST_BETWEEN_REVIEWS = timedelta(days=365)


class Conformance(Enum):
    """How far the site meets the standard, in the words of Implementing Decision (EU) 2018/1523."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class AssessedBy(Enum):
    """Who looked."""

    ORGANISER = "organiser"
    THIRD_PARTY = "third-party"


class AccessibilityStatement(Model):
    """The one statement of this installation: what is the same in every language."""

    __tablename__ = "accessibility_statements"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("answers_within_days > 0", name="answers_take_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    conformance: Mapped[Conformance]
    assessed_by: Mapped[AssessedBy]
    assessed_on: Mapped[date]
    #: Where people report a barrier, and how soon they are answered.
    contact_email: Mapped[str] = mapped_column(String(254))
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    answers_within_days: Mapped[int]
    #: Who hears a complaint when the organiser does not answer, or not well.
    enforcement_url: Mapped[str] = mapped_column(String(500), default="")

    texts: Mapped[dict[str, AccessibilityText]] = relationship(
        collection_class=attribute_keyed_dict("language"), cascade="all, delete-orphan"
    )

    @property
    def is_due_for_review(self) -> bool:
        return now().date() - self.assessed_on > LONGEST_BETWEEN_REVIEWS


class AccessibilityText(Model):
    """What the statement says in one language."""

    __tablename__ = "accessibility_texts"

    statement_id: Mapped[int] = mapped_column(
        ForeignKey("accessibility_statements.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(String(16), primary_key=True)
    #: Who is responsible for the site.
    organiser: Mapped[str] = mapped_column(String(200))
    #: The law that asks for this statement.
    law: Mapped[str] = mapped_column(String(300))
    #: What is not accessible because it falls short of the standard; Markdown.
    shortcomings: Mapped[str] = mapped_column(Text, default="")
    #: What would be a disproportionate burden, and why; Markdown.
    burdens: Mapped[str] = mapped_column(Text, default="")
    #: What the law leaves out; Markdown.
    out_of_scope: Mapped[str] = mapped_column(Text, default="")
    #: The body that hears complaints.
    enforcement_body: Mapped[str] = mapped_column(String(200), default="")
