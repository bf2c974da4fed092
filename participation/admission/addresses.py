"""What stands for an e-mail address here: secrets made of it, so that the address itself need not be kept."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from participation.tokens import hash_of

CONFIRM_WITHIN_SECONDS = 24 * 3600


def secret_for(address: str, consultation_id: int) -> str:
    """What the owner of an address holds in one consultation. Always the same, and only made by this installation."""
    key = str(current_app.secret_key).encode()
    return hmac.new(key, f"enter by mail {consultation_id} {address}".encode(), hashlib.sha256).hexdigest()


def trace_of(secret: str) -> bytes:
    """32 bytes that tell the same address again, and lead neither to it nor to its participant."""
    return hash_of(f"trace of {secret}")


def sign_entry(consultation_id: int, secret: str) -> str:
    """What the link in the mail carries; good for a day."""
    return str(_signer().dumps([consultation_id, secret]))


def read_entry(consultation_id: int, token: str) -> str | None:
    """The secret in such a link; None if it is too old, or not from here."""
    try:
        signed_for, secret = _signer().loads(token, max_age=CONFIRM_WITHIN_SECONDS)
    except (BadData, ValueError, TypeError):
        return None
    return str(secret) if signed_for == consultation_id else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="enter-by-mail")
