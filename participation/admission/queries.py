"""Questions about invitation codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Integer, cast, func, select

from participation.admission.models import InvitationCode, UsedAddress
from participation.consultations.models import Consultation
from participation.database import db, now

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


@dataclass(frozen=True)
class Sheet:
    """The codes that were made at one time, and how many of them have been used."""

    made_at: datetime
    codes: int
    used: int


def sheets_of(consultation_id: int) -> Sequence[Sheet]:
    """The earliest first."""
    rows = db.session.execute(
        select(
            InvitationCode.made_at,
            func.count(),
            func.sum(cast(InvitationCode.is_used, Integer)),
        )
        .where(InvitationCode.consultation_id == consultation_id)
        .group_by(InvitationCode.made_at)
        .order_by(InvitationCode.made_at)
    )
    return [Sheet(made_at, codes, used) for made_at, codes, used in rows]


def code_exists(code_hash: bytes) -> bool:
    return db.session.get(InvitationCode, code_hash) is not None


def closed_with_addresses() -> list[int]:
    """Closed consultations that still hold traces of addresses."""
    return list(
        db.session.scalars(
            select(Consultation.id).where(
                Consultation.closes_at <= now(),
                Consultation.id.in_(select(UsedAddress.consultation_id)),
            )
        )
    )
