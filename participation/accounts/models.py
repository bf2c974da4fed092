"""People who sign in: facilitators and officials. Citizens need no account."""

from __future__ import annotations

import secrets
from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from participation.database import Model, Moment, now


def new_session_key() -> str:
    return secrets.token_hex(16)


class Account(UserMixin, Model):
    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: In lower case; what a person signs in with.
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    #: An argon2id hash with its parameters and salt.
    password_hash: Mapped[str] = mapped_column(String(200))
    may_create_consultations: Mapped[bool] = mapped_column(default=False)
    #: Part of every session of this account; a new one signs all of them out.
    session_key: Mapped[str] = mapped_column(String(32), default=new_session_key)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    def get_id(self) -> str:
        """What a session remembers. Flask-Login asks for it by this name."""
        return f"{self.id}.{self.session_key}"
