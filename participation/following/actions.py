"""Following: somebody asks, the owner of the address says yes, is told the news, changes their mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from participation.consultations.models import Consultation
from participation.database import db, insert_unless_there
from participation.errors import DomainError
from participation.following.letters import news, question, reminder_of_following
from participation.following.models import Subscription, new_handle
from participation.following.queries import (
    consultation_of,
    fresh_news,
    is_stale,
    mail_key,
    past_events,
    readers_without,
    subscription_by_handle,
    subscription_of,
    subscriptions_with,
)
from participation.mail.actions import forget_mails, forget_recipient, need_no_mail, write_mail
from participation.mail.models import today

if TYPE_CHECKING:
    from participation.following.models import Subscription as Follower

# With this many letters the transaction is short enough for votes not to wait for it.
LETTERS_AT_ONCE = 100


class NoLongerFollowedError(DomainError):
    message = _l(
        "This link is no longer good. To follow the consultation, give your address on its page again."
    )
    status = 410


def ask_to_follow(consultation: Consultation, email: str, *, language: str, wants_reminder: bool) -> None:
    """Write one letter to an address: a question, or to those who said yes before, that they follow already.

    Whoever asks learns nothing of the address from it. It gets one such letter a day, however often it is given.
    """
    insert_unless_there(
        Subscription,
        handle=new_handle(),
        consultation_id=consultation.id,
        email=email,
        language=language,
        wants_reminder=wants_reminder,
        asked_on=today(),
        confirmed_on=None,
    )
    reader = subscription_of(consultation.id, email)
    if reader is None:
        raise LookupError("a row that is there cannot be found")
    if reader.confirmed_on is None:
        reader.language, reader.wants_reminder, reader.asked_on = language, wants_reminder, today()
    letter = (reminder_of_following if reader.confirmed_on else question)(consultation, reader)
    key = mail_key(reader.handle, f"asked-{today():%Y-%m-%d}")
    write_mail(key, recipient=email, language=reader.language, letter=letter)
    db.session.commit()


def confirm(handle: str) -> Follower:
    """The owner of the address says yes. Saying it twice does no more than saying it once.

    What happened before is no news to them: they come from the page that says so.

    Raises:
        NoLongerFollowedError: they stopped meanwhile, or the address was erased.

    """
    reader = _reader(handle)
    if reader.confirmed_on is None:
        reader.confirmed_on = today()
        for event in past_events(consultation_of(reader)):
            need_no_mail(mail_key(handle, event.name), language=reader.language)
    db.session.commit()
    return reader


def change_settings(handle: str, *, language: str, wants_reminder: bool) -> None:
    """Raises NoLongerFollowedError."""
    reader = _reader(handle)
    reader.language, reader.wants_reminder = language, wants_reminder
    db.session.commit()


def stop_following(handle: str) -> None:
    """Forget an address, and the mails to it that still wait. Doing it twice does no more than doing it once."""
    db.session.execute(delete(Subscription).where(Subscription.handle == handle))
    forget_mails(mail_key(handle, ""))
    db.session.commit()


def forget_address(email: str) -> int:
    """Erase an address everywhere. Returns how many consultations it followed, or was asked about."""
    readers = subscriptions_with(email)
    for reader in readers:
        forget_mails(mail_key(reader.handle, ""))
        db.session.delete(reader)
    forget_recipient(email)
    db.session.commit()
    return len(readers)


def write_news(consultation_id: int) -> None:
    """Write the letters about what has happened lately, one to each follower and event, some at a time."""
    consultation = db.session.scalars(
        select(Consultation)
        .where(Consultation.id == consultation_id)
        .options(selectinload(Consultation.texts))
    ).one()
    for event in fresh_news(consultation):
        for reader in readers_without(consultation.id, event, LETTERS_AT_ONCE):
            write_mail(
                mail_key(reader.handle, event.name),
                recipient=reader.email,
                language=reader.language,
                letter=news(consultation, event, reader),
            )
        db.session.commit()


def forget_stale_subscriptions(_one: int = 0) -> None:
    """Let go of addresses that never confirmed, and of those whose consultation closed long ago."""
    for handle in db.session.scalars(select(Subscription.handle).where(is_stale())).all():
        forget_mails(mail_key(handle, ""))
        db.session.execute(delete(Subscription).where(Subscription.handle == handle))
    db.session.commit()


def _reader(handle: str) -> Follower:
    reader = subscription_by_handle(handle)
    if reader is None:
        raise NoLongerFollowedError
    return reader
