"""Questions about accounts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from participation.accounts.models import Account, AccountSession
from participation.database import db, now
from participation.mail.address import normal_address
from participation.tokens import hash_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement

LONGEST_SESSION = timedelta(days=30)


def account_by_email(email: str) -> Account | None:
    address = normal_address(email)
    return db.session.scalar(select(Account).where(Account.email == address)) if address else None


def account_by_id(account_id: int) -> Account | None:
    return db.session.get(Account, account_id)


def account_in_session(token: str) -> Account | None:
    """The account that a browser's token belongs to; None once the session has been ended or is too old."""
    account = db.session.scalar(
        select(Account)
        .join(AccountSession)
        .where(
            AccountSession.token_hash == hash_of(token),
            ~is_over(),
        )
    )
    if account:
        account.session_token = token
    return account


def is_over() -> ColumnElement[bool]:
    """Sessions that let nobody in any more."""
    return AccountSession.started_at <= now() - LONGEST_SESSION


def sessions_of(account: Account) -> Sequence[tuple[AccountSession, bool]]:
    """Where somebody is signed in, the latest first, and whether it is the browser of this request."""
    here = hash_of(account.session_token or "")
    sessions = db.session.scalars(
        select(AccountSession)
        .where(AccountSession.account_id == account.id, ~is_over())
        .order_by(AccountSession.started_at.desc())
    )
    return [(session, session.token_hash == here) for session in sessions]
