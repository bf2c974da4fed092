"""Links by which people without an account read a draft, and what they have to say about it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.consultations.models import Consultation
from participation.database import Model, Moment, now


class PreviewLink(Model):
    __tablename__ = "preview_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultations.id", ondelete="CASCADE"), index=True
    )
    #: Whom it is for, in the words of whoever made it.
    recipient: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    #: When it was taken back; its comments stay.
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)

    comments: Mapped[list[PreviewComment]] = relationship(
        order_by="PreviewComment.id", cascade="all, delete-orphan"
    )

    def is_of_report(self, consultation: Consultation) -> bool:
        """Whether it shows the draft of the report: what a link made after closing does."""
        return consultation.is_closed and self.made_at >= consultation.closes_at


class PreviewComment(Model):
    __tablename__ = "preview_comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("preview_links.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    text: Mapped[str] = mapped_column(String(4000))
    written_at: Mapped[datetime] = mapped_column(Moment, default=now)
