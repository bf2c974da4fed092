"""The links in mails about an account: signed, good for a short time, and once.

Nothing about them is kept. A link carries a fingerprint of what the account signs in with, so it is worth
nothing as soon as the password or the address has changed: by this link, another one, or by hand.
"""

from __future__ import annotations

import hmac
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from participation.tokens import hash_of

if TYPE_CHECKING:
    from participation.accounts.models import Account

LINKS_LAST_SECONDS = 2 * 3600


class Purpose(Enum):
    """What a link is for; a link for one is worth nothing for another."""

    NEW_PASSWORD = "new-password"  # noqa: S105 - a name
    NEW_ADDRESS = "new-address"


class Link(NamedTuple):
    """What stands in a link."""

    account_id: int
    fingerprint: str
    #: The e-mail address that the account is to have; empty for a new password.
    address: str


def sign(purpose: Purpose, account: Account, address: str = "") -> str:
    return str(_signer(purpose).dumps(Link(account.id, _fingerprint(account), address)))


def read(purpose: Purpose, token: str) -> Link | None:
    """What stands in a link; None if it is too old or not from here."""
    try:
        return Link(*_signer(purpose).loads(token, max_age=LINKS_LAST_SECONDS))
    except BadData:
        return None


def is_still_good(link: Link, account: Account) -> bool:
    """Whether the account signs in with what it had when the link was written."""
    return hmac.compare_digest(link.fingerprint, _fingerprint(account))


def _fingerprint(account: Account) -> str:
    # The hash of a password is salted: half of its hash tells nothing about it.
    return hash_of(f"{account.email} {account.password_hash}").hex()[:32]


def _signer(purpose: Purpose) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"account {purpose.value}")
