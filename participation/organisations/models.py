"""Organisations that run consultations, and who is what in them."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from participation.accounts.models import Account
from participation.database import Model, Moment, now
from participation.tokens import hash_of


class Kind(Enum):
    """What an organisation is."""

    CITY = "city"
    MINISTRY = "ministry"
    AGENCY = "agency"
    CIVIL_SOCIETY = "civil-society"


class Role(Enum):
    """What somebody is to an organisation, in all its consultations, or to a single consultation."""

    OWNER = "owner"
    FACILITATOR = "facilitator"
    MODERATOR = "moderator"
    TRANSLATOR = "translator"
    OFFICIAL = "official"
    AUDITOR = "auditor"


class Organisation(Model):
    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Its name in every address.
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[Kind]
    #: ISO 3166-1 alpha-2: whose law applies.
    country: Mapped[str] = mapped_column(String(2))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    @property
    def description(self) -> str:
        """All that can be changed about it, in short: two people who change it at once find out."""
        return hash_of(f"{self.name}\n{self.kind.value}\n{self.country}").hex()[:16]


class Member(Model):
    """What an account is to an organisation: one role each."""

    __tablename__ = "members"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[int] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[Role]

    account: Mapped[Account] = relationship()
    organisation: Mapped[Organisation] = relationship()


class Invitation(Model):
    """An offer to join, sent to an address. It is deleted when it is taken up or taken back."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id", ondelete="CASCADE"), index=True
    )
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[Role]
    #: What the letter is written in, and the page behind its link.
    language: Mapped[str] = mapped_column(String(16))
    #: SHA-256 of the random token in the link.
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    invited_at: Mapped[datetime] = mapped_column(Moment, default=now)

    organisation: Mapped[Organisation] = relationship()
