"""Which passwords are good enough, and how they are kept: length over rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask_babel import lazy_gettext as _l
from zxcvbn import zxcvbn

from participation.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORTEST_PASSWORD = 12
# Hashing takes time with the length: without a limit, a very long password would hold up the server.
LONGEST_PASSWORD = 256
# From 0 to 4. At 3, ten thousand million guesses and more: an offline attack on argon2 takes years.
WEAKEST_SCORE = 3
# The estimate takes time with the length too, and nothing after this makes a password weak again.
LONGEST_ESTIMATED = 72

hasher = PasswordHasher()
# Compared when there is no such account, so that the answer takes as long as for one that exists.
HASH_OF_NOBODY = hasher.hash("nobody has this password")


class PasswordTooShortError(DomainError):
    message = _l("A password needs at least twelve characters. A sentence is easier to remember than a word.")


class PasswordTooCommonError(DomainError):
    message = _l(
        "This password is easy to guess: it is well known, follows a pattern or repeats your name or address. "
        "Please choose another one, for example four words that do not belong together."
    )


def check_password(password: str, *, about: Sequence[str]) -> None:
    """Refuse what is short or known; `about` are the person's own words, such as name and address.

    D. L. Wheeler, "zxcvbn: Low-budget password strength estimation", USENIX Security 2016.

    Raises:
        PasswordTooShortError, PasswordTooCommonError

    """
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShortError
    own_words = [part for text in about for part in (text, *text.replace("@", " ").split())]
    if zxcvbn(password[:LONGEST_ESTIMATED], user_inputs=own_words)["score"] < WEAKEST_SCORE:
        raise PasswordTooCommonError


def hash_password(password: str) -> str:
    return hasher.hash(password)


def is_password(password: str, password_hash: str | None) -> bool:
    """Whether this is the password. Takes equally long when there is no hash to compare with."""
    try:
        return hasher.verify(password_hash or HASH_OF_NOBODY, password) and password_hash is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    return hasher.check_needs_rehash(password_hash)
