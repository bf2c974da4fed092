"""What people with accounts do: get one, prove who they are, come and go."""

from __future__ import annotations

import secrets

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from participation.accounts.models import Account, AccountSession
from participation.accounts.passwords import check_password, hash_password, is_outdated, is_password
from participation.accounts.queries import account_by_email
from participation.database import db
from participation.errors import DomainError
from participation.mail.address import normal_address
from participation.tokens import hash_of


class EmailTakenError(DomainError):
    message = _l("There is already an account with this e-mail address.")


class NotAnEmailError(DomainError):
    message = _l("This is not an e-mail address. It should look like name@example.org.")


class WrongPasswordError(DomainError):
    message = _l("This is not your present password.")


def create_account(
    email: str, name: str, password: str, *, may_create_consultations: bool = False
) -> Account:
    """Add an account.

    Raises:
        EmailTakenError, NotAnEmailError, PasswordTooShortError, PasswordTooCommonError

    """
    account = add_account(email, name, password, may_create_consultations=may_create_consultations)
    db.session.commit()
    return account


def add_account(email: str, name: str, password: str, *, may_create_consultations: bool = False) -> Account:
    """As `create_account`, within a larger transaction: it is not committed here."""
    address = normal_address(email)
    if address is None:
        raise NotAnEmailError
    if account_by_email(address):
        raise EmailTakenError
    account = Account(email=address, name=name, may_create_consultations=may_create_consultations)
    _set_password(account, password)
    db.session.add(account)
    db.session.flush()
    return account


def set_password(account: Account, password: str) -> None:
    """Give an account a new password and sign it out everywhere.

    Raises:
        PasswordTooShortError, PasswordTooCommonError

    """
    _set_password(account, password)
    sign_out_everywhere(account)


def change_password(account: Account, present: str, password: str) -> None:
    """Let somebody change their own password; they stay signed in here and nowhere else.

    Raises:
        WrongPasswordError, PasswordTooShortError, PasswordTooCommonError

    """
    if not is_password(present, account.password_hash):
        raise WrongPasswordError
    _set_password(account, password)
    end_other_sessions(account)


def authenticate(email: str, password: str) -> Account | None:
    """The account, if the password is right. Takes equally long whether or not there is such an account."""
    account = account_by_email(email)
    if not is_password(password, account.password_hash if account else None) or account is None:
        return None
    if is_outdated(account.password_hash):
        account.password_hash = hash_password(password)
        db.session.commit()
    return account


def start_session(account: Account, browser: str) -> None:
    """Let a browser in: the account carries the token that it is to remember."""
    account.session_token = secrets.token_urlsafe(24)
    db.session.add(
        AccountSession(account_id=account.id, token_hash=hash_of(account.session_token), browser=browser)
    )
    db.session.commit()


def end_session(account: Account, session_id: int) -> None:
    """Sign one browser out: a copied cookie is worth nothing after this. Nobody else's session is touched."""
    db.session.execute(
        delete(AccountSession).where(AccountSession.id == session_id, AccountSession.account_id == account.id)
    )
    db.session.commit()


def end_this_session(account: Account) -> None:
    """Sign out the browser of this request."""
    db.session.execute(
        delete(AccountSession).where(AccountSession.token_hash == hash_of(account.session_token or ""))
    )
    db.session.commit()


def sign_out_everywhere(account: Account) -> None:
    db.session.execute(delete(AccountSession).where(AccountSession.account_id == account.id))
    db.session.commit()


def end_other_sessions(account: Account) -> None:
    """Sign out every browser but that of this request."""
    db.session.execute(
        delete(AccountSession).where(
            AccountSession.account_id == account.id,
            AccountSession.token_hash != hash_of(account.session_token or ""),
        )
    )
    db.session.commit()


def _set_password(account: Account, password: str) -> None:
    check_password(password, about=(account.email, account.name))
    account.password_hash = hash_password(password)
