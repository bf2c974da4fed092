"""What people with accounts do: get one, prove who they are."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask_babel import lazy_gettext as _l

from participation.accounts.models import Account
from participation.accounts.queries import account_by_email
from participation.database import db
from participation.errors import DomainError

SHORTEST_PASSWORD = 12
# Hashing takes time with the length: without a limit, a very long password would hold up the server.
LONGEST_PASSWORD = 256

hasher = PasswordHasher()
# Compared when there is no such account, so that the answer takes as long as for one that exists.
HASH_OF_NOBODY = hasher.hash("nobody has this password")


class EmailTakenError(DomainError):
    message = _l("There is already an account with this e-mail address.")


class PasswordTooShortError(DomainError):
    message = _l("A password needs at least twelve characters. A sentence is easier to remember than a word.")


def create_account(
    email: str, name: str, password: str, *, may_create_consultations: bool = False
) -> Account:
    """Add an account.

    Raises:
        EmailTakenError, PasswordTooShortError

    """
    if account_by_email(email):
        raise EmailTakenError
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShortError
    account = Account(
        email=email.strip().lower(),
        name=name,
        password_hash=hasher.hash(password),
        may_create_consultations=may_create_consultations,
    )
    db.session.add(account)
    db.session.commit()
    return account


def authenticate(email: str, password: str) -> Account | None:
    """The account, if the password is right. Takes equally long whether or not there is such an account."""
    account = account_by_email(email)
    try:
        hasher.verify(account.password_hash if account else HASH_OF_NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    if account and hasher.check_needs_rehash(account.password_hash):
        account.password_hash = hasher.hash(password)
        db.session.commit()
    return account
