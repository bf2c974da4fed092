"""Questions about consultations and those who take part in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from participation.consultations.models import (
    Consultation,
    Correction,
    HeldCredential,
    Membership,
    Participant,
    TranslatedText,
)
from participation.database import db
from participation.deployments.models import DossierVersion
from participation.organisations.models import Member, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import CompoundSelect


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


def consultation_by_id(consultation_id: int) -> Consultation | None:
    return db.session.get(Consultation, consultation_id)


def published_consultations() -> Sequence[Consultation]:
    """What the public may see, with texts, the one that closes last first."""
    return db.session.scalars(
        select(Consultation)
        .where(Consultation.published_at.is_not(None))
        .order_by(Consultation.closes_at.desc(), Consultation.id)
        .options(selectinload(Consultation.texts))
    ).all()


def consultations_of(account_id: int) -> list[tuple[Consultation, set[Role]]]:
    """The consultations that somebody has a role in, and which, the newest first."""
    roles: dict[int, set[Role]] = {}
    for consultation_id, role in db.session.execute(_roles_of(account_id)):
        roles.setdefault(consultation_id, set()).add(role)
    found = db.session.scalars(
        select(Consultation)
        .where(Consultation.id.in_(roles))
        .order_by(Consultation.id.desc())
        .options(selectinload(Consultation.texts), joinedload(Consultation.organisation))
    )
    return [(consultation, roles[consultation.id]) for consultation in found]


def roles_in(consultation_id: int, account_id: int) -> set[Role]:
    """What somebody is to a consultation: by themselves, and as a member of the organisation that runs it."""
    all_roles = _roles_of(account_id).subquery()
    return set(db.session.scalars(select(all_roles.c.role).where(all_roles.c.id == consultation_id)))


def _roles_of(account_id: int) -> CompoundSelect[int, Role]:
    of_consultations = select(Membership.consultation_id.label("id"), Membership.role).where(
        Membership.account_id == account_id
    )
    of_organisations = (
        select(Consultation.id, Member.role)
        .join(Member, Member.organisation_id == Consultation.organisation_id)
        .where(Member.account_id == account_id)
    )
    return union_all(of_consultations, of_organisations)


def participant_by_secret_hash(consultation_id: int, secret_hash: bytes) -> Participant | None:
    return db.session.scalar(
        _BY_SECRET_HASH, {"secret_hash": secret_hash, "consultation_id": consultation_id}
    )


def consultations_about(deployment_id: int) -> Sequence[Consultation]:
    """The published consultations about any version of a dossier, with texts, the one that closes last first."""
    return db.session.scalars(
        select(Consultation)
        .join(DossierVersion)
        .where(DossierVersion.deployment_id == deployment_id, Consultation.published_at.is_not(None))
        .order_by(Consultation.closes_at.desc())
        .options(selectinload(Consultation.texts))
    ).all()


def translated_texts_of(consultation: Consultation) -> dict[str, TranslatedText]:
    """How the texts that stand there now were translated, by language; the latest making of the same words."""
    made = db.session.scalars(
        select(TranslatedText)
        .where(TranslatedText.consultation_id == consultation.id)
        .order_by(TranslatedText.id)
    )
    return {
        one.language: one
        for one in made
        if (text := consultation.texts.get(one.language)) and text.words() == one.words
    }


def corrections_of(consultation_id: int) -> Sequence[Correction]:
    """What was changed after the public had seen it, the latest first."""
    return db.session.scalars(
        select(Correction).where(Correction.consultation_id == consultation_id).order_by(Correction.id.desc())
    ).all()
