"""Who works on what. The database is the queue: what is due is a question, and a claim says who answers it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from participation.database import Model, Moment


class Worker(Model):
    """A worker process and its last sign of life."""

    __tablename__ = "workers"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(Moment)


class Claim(Model):
    """A piece of work that one worker does. A claim that is not renewed runs out, as after a kill -9."""

    __tablename__ = "claims"

    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    worker: Mapped[str] = mapped_column(String(80))
    expires_at: Mapped[datetime] = mapped_column(Moment)
