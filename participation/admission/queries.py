"""Questions about invitation codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Integer, String, cast, exists, func, or_, select

from participation.admission.models import InvitationCode, UsedAddress
from participation.consultations.models import Consultation
from participation.database import db, now
from participation.mail.models import Mail

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


# How the keys of all letters begin by which people enter.
LETTERS = "enter:"


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


def key_of_letters(consultation_id: int) -> str:
    """How the keys of the letters begin by which people enter one consultation."""
    return f"{LETTERS}{consultation_id}:"


def closed_with_addresses() -> list[int]:
    """Closed consultations that still hold traces of addresses: of those used, or of those a letter was written to."""
    return list(
        db.session.scalars(
            select(Consultation.id).where(
                Consultation.closes_at <= now(),
                or_(
                    Consultation.id.in_(select(UsedAddress.consultation_id)),
                    exists().where(Mail.key.startswith(LETTERS + cast(Consultation.id, String) + ":")),
                ),
            )
        )
    )
