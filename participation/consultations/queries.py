"""Questions about consultations and those who take part in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select
from sqlalchemy.orm import selectinload

from participation.consultations.models import Consultation, HeldCredential, Membership, Participant, Role
from participation.database import db

if TYPE_CHECKING:
    from collections.abc import Sequence


# What every vote asks is put together once: that takes longer than the asking.
_BY_SLUG = select(Consultation).where(Consultation.slug == bindparam("slug"))
_BY_SECRET_HASH = (
    select(Participant)
    .join(HeldCredential, HeldCredential.participant_id == Participant.id)
    .where(
        HeldCredential.secret_hash == bindparam("secret_hash"),
        HeldCredential.consultation_id == bindparam("consultation_id"),
    )
)


def consultation_by_slug(slug: str) -> Consultation | None:
    return db.session.scalar(_BY_SLUG, {"slug": slug})


def published_consultations() -> Sequence[Consultation]:
    """What the public may see, with texts, the one that closes last first."""
    return db.session.scalars(
        select(Consultation)
        .where(Consultation.published_at.is_not(None))
        .order_by(Consultation.closes_at.desc(), Consultation.id)
        .options(selectinload(Consultation.texts))
    ).all()


def consultations_of(account_id: int) -> list[tuple[Consultation, Role]]:
    """The consultations that an account is a member of, and as what, the newest first."""
    rows = db.session.execute(
        select(Consultation, Membership.role)
        .join(Membership)
        .where(Membership.account_id == account_id)
        .order_by(Consultation.id.desc())
        .options(selectinload(Consultation.texts))
    )
    return [(consultation, role) for consultation, role in rows]


def role_in(consultation_id: int, account_id: int) -> Role | None:
    return db.session.scalar(
        select(Membership.role).where(
            Membership.consultation_id == consultation_id, Membership.account_id == account_id
        )
    )


def participant_by_secret_hash(consultation_id: int, secret_hash: bytes) -> Participant | None:
    return db.session.scalar(
        _BY_SECRET_HASH, {"secret_hash": secret_hash, "consultation_id": consultation_id}
    )
