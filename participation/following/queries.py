"""Questions about events, and about who wants to hear of them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, or_, select, true

from participation.consultations.models import Consultation
from participation.database import db, now
from participation.following.models import Subscription
from participation.following.timeline import MAILED, NEWS_LASTS, ONLY_IF_ASKED_FOR, Known, events_from
from participation.mail.models import Mail, today
from participation.opinions.models import Snapshot
from participation.opinions.queries import LAST_VOTES_ARRIVE_WITHIN
from participation.outcomes.queries import versions_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement

    from participation.following.timeline import Event

# The link in the first mail is good for one day; what was not confirmed by then is forgotten on the next.
UNCONFIRMED_LASTS = timedelta(days=1)
# Answers and milestones come after closing. Two years later nobody waits for one.
FOLLOWED_AFTER_CLOSING = timedelta(days=2 * 365)


def timeline(consultation: Consultation) -> list[Event]:
    """What has happened and what will, the earliest first; nothing for a draft."""
    if consultation.published_at is None:
        return []
    counted_at = consultation.closes_at + LAST_VOTES_ARRIVE_WITHIN
    analysed_at = db.session.scalar(
        select(Snapshot.gathered_at).where(Snapshot.consultation_id == consultation.id)
    )
    has_outcome = analysed_at is not None and analysed_at > counted_at
    reports = tuple(version.published_at for version in versions_of(consultation.id))
    return events_from(Known(consultation, consultation.published_at, counted_at, has_outcome, reports))


def past_events(consultation: Consultation) -> list[Event]:
    moment = now()
    return [event for event in timeline(consultation) if event.at <= moment]


def mail_key(handle: str, event_name: str) -> str:
    """The key of the one mail that tells this follower of this event."""
    return f"{handle}:{event_name}"


def subscription_by_handle(handle: str) -> Subscription | None:
    return db.session.get(Subscription, handle)


def consultation_of(reader: Subscription) -> Consultation:
    return db.session.get_one(Consultation, reader.consultation_id)


def subscription_of(consultation_id: int, email: str) -> Subscription | None:
    return db.session.scalar(
        select(Subscription).where(
            Subscription.consultation_id == consultation_id, Subscription.email == email
        )
    )


def subscriptions_with(email: str) -> Sequence[Subscription]:
    return db.session.scalars(select(Subscription).where(Subscription.email == email)).all()


def fresh_news(consultation: Consultation) -> list[Event]:
    """What has happened so lately that followers want to hear of it."""
    oldest = now() - NEWS_LASTS
    return [event for event in past_events(consultation) if event.kind in MAILED and event.at > oldest]


def consultations_with_news() -> list[int]:
    """Consultations with an event that some follower has not heard of."""
    return [
        consultation.id
        for consultation in _followed_consultations()
        if any(readers_without(consultation.id, event) for event in fresh_news(consultation))
    ]


def _followed_consultations() -> Sequence[Consultation]:
    followed = select(Subscription.consultation_id).where(Subscription.confirmed_on.is_not(None))
    return db.session.scalars(
        select(Consultation)
        .where(Consultation.published_at.is_not(None), Consultation.id.in_(followed))
        .order_by(Consultation.id)
    ).all()


def readers_without(consultation_id: int, event: Event, at_most: int = 1) -> Sequence[Subscription]:
    """Followers who want to hear of an event and for whom no mail about it was ever written."""
    key = Subscription.handle + f":{event.name}"
    wanted = Subscription.wants_reminder if event.kind in ONLY_IF_ASKED_FOR else true()
    return db.session.scalars(
        select(Subscription)
        .where(
            Subscription.consultation_id == consultation_id,
            Subscription.confirmed_on.is_not(None),
            wanted,
            ~exists().where(Mail.key == key),
        )
        .limit(at_most)
    ).all()


def subscriptions_are_stale() -> list[int]:
    """One piece of work, called 0, if there are subscriptions to forget."""
    return [0] if db.session.scalar(select(Subscription.handle).where(is_stale()).limit(1)) else []


def is_stale() -> ColumnElement[bool]:
    """Never confirmed, or of a consultation that closed long ago."""
    long_closed = select(Consultation.id).where(Consultation.closes_at < now() - FOLLOWED_AFTER_CLOSING)
    return or_(
        and_(Subscription.confirmed_on.is_(None), Subscription.asked_on < today() - UNCONFIRMED_LASTS),
        Subscription.consultation_id.in_(long_closed),
    )
