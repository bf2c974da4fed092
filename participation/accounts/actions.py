"""What people with accounts do: get one, prove who they are."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask_babel import lazy_gettext as _l

from participation.accounts.models import Account, new_session_key
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


class NotAnEmailError(DomainError):
    message = _l("This is not an e-mail address.")


class PasswordTooShortError(DomainError):
    message = _l("A password needs at least twelve characters. A sentence is easier to remember than a word.")


def create_account(
    email: str, name: str, password: str, *, may_create_consultations: bool = False
) -> Account:
    """Add an account.

    Raises:
        EmailTakenError, NotAnEmailError, PasswordTooShortError

    """
    account = add_account(email, name, password, may_create_consultations=may_create_consultations)
    db.session.commit()
    return account


def add_account(email: str, name: str, password: str, *, may_create_consultations: bool = False) -> Account:
    """As `create_account`, within a larger transaction: it is not committed here."""
    if "@" not in email.strip("@ "):
        raise NotAnEmailError
    if account_by_email(email):
        raise EmailTakenError
    account = Account(
        email=email.strip().lower(), name=name, may_create_consultations=may_create_consultations
    )
    _set_password(account, password)
    db.session.add(account)
    db.session.flush()
    return account


def change_password(account: Account, password: str) -> None:
    """Give an account a new password and sign it out everywhere.

    Raises:
        PasswordTooShortError

    """
    _set_password(account, password)
    end_sessions(account)


def end_sessions(account: Account) -> None:
    """Sign an account out everywhere: a copied cookie is worth nothing after this."""
    account.session_key = new_session_key()
    db.session.commit()


def _set_password(account: Account, password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShortError
    account.password_hash = hasher.hash(password)


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
