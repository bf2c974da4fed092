"""What changes previews: a link is made and taken back, and its readers comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from participation.consultations.actions import expect
from participation.consultations.models import Phase
from participation.database import db, now
from participation.errors import DomainError
from participation.previews.models import PreviewComment, PreviewLink
from participation.previews.queries import link_by_id

if TYPE_CHECKING:
    from participation.consultations.models import Consultation

MOST_COMMENTS = 200


class PreviewGoneError(DomainError):
    message = _l("This preview has ended: the link was taken back, or the consultation is published.")
    status = 410


class TooManyCommentsError(DomainError):
    message = _l(
        "This preview has as many comments as it can hold. Please write to those who sent you the link."
    )


def make_link(consultation: Consultation, recipient: str) -> PreviewLink:
    """Let somebody without an account read a draft: of the consultation, or once it is closed of its report.

    Raises:
        WrongPhaseError: there is no draft, everybody can read it.

    """
    expect(consultation, Phase.DRAFT, Phase.CLOSED)
    link = PreviewLink(consultation_id=consultation.id, recipient=recipient)
    db.session.add(link)
    db.session.commit()
    return link


def revoke_link(consultation: Consultation, link_id: int) -> None:
    """Take a link back; its comments stay. Doing it twice does no more than doing it once."""
    link = link_by_id(link_id)
    if link and link.consultation_id == consultation.id and link.revoked_at is None:
        link.revoked_at = now()
    db.session.commit()


def comment(consultation: Consultation, link: PreviewLink, name: str, text: str) -> None:
    """Add a remark on a draft. The same remark sent twice in a row stands there once.

    Raises:
        PreviewGoneError, TooManyCommentsError

    """
    db.session.refresh(link, with_for_update=True)
    if link.revoked_at or (consultation.is_published and not link.is_of_report(consultation)):
        raise PreviewGoneError
    if len(link.comments) >= MOST_COMMENTS:
        raise TooManyCommentsError
    latest = link.comments[-1] if link.comments else None
    if latest is None or (latest.name, latest.text) != (name, text):
        link.comments.append(PreviewComment(name=name, text=text))
    db.session.commit()
