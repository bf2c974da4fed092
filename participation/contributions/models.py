"""The private links with which a participant goes on from another device."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from participation.database import Model, Moment


class Handover(Model):
    """A link that lets one more browser speak for a participant: once, and for a short time.

    The link carries no secret. The other browser makes a secret of its own, and its hash is added to the
    participant's. To carry the first browser's secret, sealed, would have been the other way; but then a
    copy of the database from those minutes, with a line of a server's log that has the address, could
    be opened with the server's key for as long as the participant exists, and one device could not be
    cut off from the rest. Here both are worth nothing as soon as the link is used or too old.
    """

    __tablename__ = "handovers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["participant_id", "consultation_id"],
            ["participants.id", "participants.consultation_id"],
            name="fk_handovers_participant",
            ondelete="CASCADE",
        ),
    )

    #: SHA-256 of the token in the link. The token is random, so a plain hash is enough.
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    participant_id: Mapped[int] = mapped_column(index=True)
    consultation_id: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(Moment)
