"""What somebody does by a link in a mail: choose a new password, take another e-mail address."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from participation.accounts import letters
from participation.accounts.actions import (
    EmailTakenError,
    WrongPasswordError,
    set_password,
    sign_out_everywhere,
)
from participation.accounts.passwords import is_password
from participation.accounts.queries import account_by_email, account_by_id
from participation.accounts.tokens import Purpose, is_still_good, read
from participation.database import db
from participation.errors import DomainError
from participation.mail.actions import forget_mails, write_mail

if TYPE_CHECKING:
    from participation.accounts.models import Account
    from participation.accounts.tokens import Link
    from participation.mail.letter import Letter


class LinkGoneError(DomainError):
    message = _l("This link has been used, or it is too old. Ask for a new one.")
    status = 410


def ask_for_new_password(email: str, *, language: str) -> None:
    """Write a letter to an address if an account has it. Whoever asks does not learn whether one has."""
    account = account_by_email(email)
    if account:
        _write(account, account.email, letters.new_password(account, language), language)
    db.session.commit()


def account_with_link(purpose: Purpose, token: str) -> tuple[Account, Link]:
    """Whose link it is, and what stands in it.

    Raises:
        LinkGoneError: it was used, is too old, or was never written.

    """
    link = read(purpose, token)
    account = account_by_id(link.account_id) if link else None
    if link is None or account is None or not is_still_good(link, account):
        raise LinkGoneError
    return account, link


def choose_new_password(token: str, password: str) -> None:
    """Give the account of a link a new password and sign it out everywhere. The second factor stays on.

    Raises:
        LinkGoneError, PasswordTooShortError, PasswordTooCommonError

    """
    account, _link = _take_turns(Purpose.NEW_PASSWORD, token)
    forget_mails(_key_of(account))
    set_password(account, password)


def ask_for_new_address(account: Account, password: str, address: str, *, language: str) -> None:
    """Write to the address that somebody wants to sign in with.

    Raises:
        WrongPasswordError: an unattended browser must not be enough to take the account over.
        EmailTakenError

    """
    if not is_password(password, account.password_hash):
        raise WrongPasswordError
    if account_by_email(address):
        raise EmailTakenError
    _write(account, address, letters.new_address(account, address, language), language)
    db.session.commit()


def take_new_address(token: str, *, language: str) -> None:
    """Let the account of a link have the address in it. Tells the address before, and signs out everywhere.

    Raises:
        LinkGoneError, EmailTakenError

    """
    account, link = _take_turns(Purpose.NEW_ADDRESS, token)
    if account_by_email(link.address):
        raise EmailTakenError
    forget_mails(_key_of(account))
    _write(account, account.email, letters.address_changed(language), language)
    account.email = link.address
    sign_out_everywhere(account)


def _take_turns(purpose: Purpose, token: str) -> tuple[Account, Link]:
    """The account of a link; of two browsers that use it at once, the second finds it gone."""
    account, link = account_with_link(purpose, token)
    db.session.refresh(account, with_for_update=True)
    if not is_still_good(link, account):
        db.session.rollback()
        raise LinkGoneError
    return account, link


def _write(account: Account, recipient: str, letter: Letter, language: str) -> None:
    write_mail(
        f"{_key_of(account)}{secrets.token_hex(8)}", recipient=recipient, language=language, letter=letter
    )


def _key_of(account: Account) -> str:
    """How the keys of all letters about an account begin."""
    return f"account {account.id}:"
