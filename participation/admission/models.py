"""What lets one person in, once: a code, or an e-mail address. Nothing leads from either to whoever used it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from participation.database import Model, Moment, now


class InvitationCode(Model):
    __tablename__ = "invitation_codes"

    #: HMAC-SHA-256 of the code under a key of this installation. The code itself is on paper only.
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultations.id", ondelete="CASCADE"), index=True
    )
    #: The same for all codes of one sheet. When a code is used is not kept: it would tell whose votes are whose.
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    is_used: Mapped[bool] = mapped_column(default=False)


class UsedAddress(Model):
    """An e-mail address that has taken part: no participant, no time, and no address, only its trace.

    It stays when its owner has their part erased, whose votes go on counting as nobody's; all go at closing.
    """

    __tablename__ = "used_addresses"

    #: HMAC-SHA-256 of the address and the consultation under a key of this installation.
    trace: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultations.id", ondelete="CASCADE"), index=True
    )
