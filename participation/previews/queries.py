"""Questions about preview links."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from participation.database import db
from participation.previews.models import PreviewLink

if TYPE_CHECKING:
    from collections.abc import Sequence


def links_of(consultation_id: int) -> Sequence[PreviewLink]:
    """With their comments, the earliest first."""
    return db.session.scalars(
        select(PreviewLink)
        .where(PreviewLink.consultation_id == consultation_id)
        .order_by(PreviewLink.id)
        .options(selectinload(PreviewLink.comments))
    ).all()


def link_by_id(link_id: int) -> PreviewLink | None:
    return db.session.get(PreviewLink, link_id)
