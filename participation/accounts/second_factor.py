"""The second factor: codes from a telephone, and recovery codes for when it is lost.

D. M'Raihi et al., "TOTP: Time-Based One-Time Password Algorithm", RFC 6238 (2011).
"""

from __future__ import annotations

import base64
import hmac
import secrets

import pyotp
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, update

from participation.accounts.actions import WrongPasswordError, end_other_sessions
from participation.accounts.models import Account, RecoveryCode
from participation.accounts.passwords import is_password
from participation.database import db, now
from participation.encryption import decrypt, encrypt
from participation.errors import DomainError
from participation.tokens import hash_of

PURPOSE = "second factor"
STEP_IN_SECONDS = 30
# Clocks differ, and people type slowly: one step back or forward is accepted (RFC 6238, 5.2).
LEEWAY_IN_STEPS = 1
NUMBER_OF_RECOVERY_CODES = 10
RECOVERY_CODE_IN_BYTES = 10


class WrongCodeError(DomainError):
    message = _l("This code is not right, or it has been used already. Please wait for the next one.")


def new_secret() -> str:
    """160 random bits in base 32, as authenticator programs take them."""
    return pyotp.random_base32()


def address_of(secret: str, account: Account, site: str) -> str:
    """The otpauth address that a telephone reads from a QR code."""
    return pyotp.TOTP(secret, name=account.email, issuer=site).provisioning_uri()


class HasSecondFactorError(DomainError):
    message = _l("Your account has a second factor already. Turn it off first, with your password.")


def turn_on(account: Account, secret: str, code: str) -> list[str]:
    """Ask for a code at every sign-in from now on; returns the recovery codes, which are shown only now.

    Every other browser is signed out: it came in without the second factor.

    Raises:
        HasSecondFactorError: an unattended browser must not be enough to take the account over.
        WrongCodeError: the telephone does not have this secret, or its clock is wrong.

    """
    if account.has_second_factor:
        raise HasSecondFactorError
    step = _step_of(secret, code, after=0)
    if step is None:
        raise WrongCodeError
    account.totp_secret = encrypt(secret, PURPOSE)
    account.totp_last_step = step
    codes = [_new_recovery_code() for _ in range(NUMBER_OF_RECOVERY_CODES)]
    _forget_recovery_codes(account)
    db.session.add_all(RecoveryCode(code_hash=hash_of(_bare(code)), account_id=account.id) for code in codes)
    end_other_sessions(account)
    return codes


def turn_off(account: Account, password: str) -> None:
    """Ask for the password alone again.

    Raises:
        WrongPasswordError

    """
    if not is_password(password, account.password_hash):
        raise WrongPasswordError
    remove_second_factor(account)


def remove_second_factor(account: Account) -> None:
    """As `turn_off`, by an operator for somebody who has lost everything."""
    account.totp_secret = None
    _forget_recovery_codes(account)
    db.session.commit()


def accept_code(account: Account, code: str) -> None:
    """Take a code of the telephone or a recovery code, each once.

    Raises:
        WrongCodeError

    """
    if not (_accept_totp(account, code) or _accept_recovery_code(account, code)):
        raise WrongCodeError
    db.session.commit()


def _accept_totp(account: Account, code: str) -> bool:
    if account.totp_secret is None:
        return False
    step = _step_of(decrypt(account.totp_secret, PURPOSE), code, after=account.totp_last_step)
    if step is None:
        return False
    # Of two browsers that send one code at once, the second finds the step taken.
    taken = db.session.execute(
        update(Account)
        .where(Account.id == account.id, Account.totp_last_step < step)
        .values(totp_last_step=step)
        .returning(Account.id)
    )
    return taken.first() is not None


def _step_of(secret: str, code: str, *, after: int) -> int | None:
    """The time step that a code belongs to, if it is now and after the last one."""
    totp, present = pyotp.TOTP(secret), int(now().timestamp()) // STEP_IN_SECONDS
    for step in range(present - LEEWAY_IN_STEPS, present + LEEWAY_IN_STEPS + 1):
        if step > after and hmac.compare_digest(totp.generate_otp(step).encode(), _bare(code).encode()):
            return step
    return None


def _accept_recovery_code(account: Account, code: str) -> bool:
    used = db.session.execute(
        delete(RecoveryCode)
        .where(RecoveryCode.code_hash == hash_of(_bare(code)), RecoveryCode.account_id == account.id)
        .returning(RecoveryCode.account_id)
    )
    return used.first() is not None


def _forget_recovery_codes(account: Account) -> None:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))


def _new_recovery_code() -> str:
    """80 random bits in four groups, without letters that look alike."""
    letters = base64.b32encode(secrets.token_bytes(RECOVERY_CODE_IN_BYTES)).decode().lower()
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def _bare(code: str) -> str:
    """A code without the spaces and hyphens that make it readable."""
    return "".join(character for character in code.lower() if character.isalnum())
