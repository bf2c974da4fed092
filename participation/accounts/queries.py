"""Questions about accounts."""

from __future__ import annotations

from sqlalchemy import select

from participation.accounts.models import Account
from participation.database import db


def account_by_email(email: str) -> Account | None:
    return db.session.scalar(select(Account).where(Account.email == email.strip().lower()))


def account_in_session(session_id: str) -> Account | None:
    """The account a session belongs to; None once its session key has been changed."""
    account_id, _, session_key = session_id.partition(".")
    account = db.session.get(Account, int(account_id)) if account_id.isdecimal() else None
    return account if account and account.session_key == session_key else None
