"""People who sign in: facilitators and officials. Citizens need no account."""

from __future__ import annotations

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.database import Model, Moment, now


class Account(UserMixin, Model):
    __tablename__ = "accounts"
    # For session_token, which is no column.
    __allow_unmapped__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    #: As `normal_address` writes it; what a person signs in with.
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    #: An argon2id hash with its parameters and salt.
    password_hash: Mapped[str] = mapped_column(String(200))
    may_create_consultations: Mapped[bool] = mapped_column(default=False)
    #: The secret of the second factor (RFC 6238), encrypted; empty without one.
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary(300))
    #: The time step of the last code that was accepted: no code is good twice.
    totp_last_step: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    #: What the browser of this request holds; not kept here.
    session_token: str | None = None

    @property
    def has_second_factor(self) -> bool:
        return self.totp_secret is not None

    def get_id(self) -> str:
        """What a browser remembers. Flask-Login asks for it by this name."""
        if self.session_token is None:
            raise LookupError("a session must be started before somebody is signed in")
        return self.session_token


class AccountSession(Model):
    """A browser in which somebody is signed in."""

    __tablename__ = "account_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    #: SHA-256 of the random token in the browser's cookie.
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    #: What tells it from others, for example "Firefox, Android"; no address, no version.
    browser: Mapped[str] = mapped_column(String(60))
    started_at: Mapped[datetime] = mapped_column(Moment, default=now)


class RecoveryCode(Model):
    """A way in, once, for somebody whose second factor is lost."""

    __tablename__ = "recovery_codes"

    #: SHA-256 of the code, which is random.
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
