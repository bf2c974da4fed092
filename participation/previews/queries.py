"""Questions about preview links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from participation.database import db
from participation.previews.models import PreviewLink

if TYPE_CHECKING:
    from participation.consultations.models import Consultation


def links_of(consultation: Consultation, *, of_report: bool = False) -> list[PreviewLink]:
    """Those to the draft of the consultation, or of its report, with their comments, the earliest first."""
    links = db.session.scalars(
        select(PreviewLink)
        .where(PreviewLink.consultation_id == consultation.id)
        .order_by(PreviewLink.id)
        .options(selectinload(PreviewLink.comments))
    )
    return [link for link in links if link.is_of_report(consultation) == of_report]


def link_by_id(link_id: int) -> PreviewLink | None:
    return db.session.get(PreviewLink, link_id)
