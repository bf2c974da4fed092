"""Who follows a consultation by e-mail. Nothing leads from here to a participant, nor back."""

from __future__ import annotations

import secrets
from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.database import Model
from participation.mail.models import today


def new_handle() -> str:
    return secrets.token_urlsafe(16)


class Subscription(Model):
    """An address that follows, or was asked whether it wants to.

    The key is random and the dates are days, so that neither order nor time of day can be set beside those of votes.
    """

    __tablename__ = "subscriptions"
    __table_args__ = (UniqueConstraint("consultation_id", "email"),)

    #: What links in mails name it by, signed.
    handle: Mapped[str] = mapped_column(String(22), primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(254), index=True)
    #: What its mails are written in.
    language: Mapped[str] = mapped_column(String(16))
    #: Whether to write before the consultation closes.
    wants_reminder: Mapped[bool] = mapped_column(default=False)
    asked_on: Mapped[date] = mapped_column(default=today)
    #: Empty until the owner of the address has said yes.
    confirmed_on: Mapped[date | None]
