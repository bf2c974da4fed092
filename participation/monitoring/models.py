"""What the population looks like, as far as a consultation asks people about themselves."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.database import Model


class Margin(Model):
    """How the population would answer a question: from a census, say."""

    __tablename__ = "margins"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    #: The population's shares, each above 0 and together 1, in the order of the question's choices.
    shares: Mapped[list[float]] = mapped_column(JSON)
    #: Where the figures come from, for those who check them.
    source: Mapped[str] = mapped_column(String(200))
