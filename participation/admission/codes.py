"""Invitation codes: short enough to type, long enough that nobody finds one by trying."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import current_app

# Crockford's base 32: no I, L, O or U, which are taken for other signs or make words.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans("OIL", "011")
# 60 bits. Of ten thousand valid codes, whoever tries 60 an hour finds one in two hundred million years.
GROUPS, SIGNS_IN_A_GROUP = 3, 4


def new_code(*, groups: int = GROUPS) -> str:
    """Such as 7K3M-0QZD-A9XE."""
    return "-".join(
        "".join(secrets.choice(SIGNS) for _sign in range(SIGNS_IN_A_GROUP)) for _group in range(groups)
    )


def hash_of(code: str, consultation_id: int, *, kind: str = "invitation code") -> bytes:
    """What is kept of a code: 32 bytes, the same however it was typed, and useless without the secret key."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum()).translate(MISREAD)
    key = str(current_app.secret_key).encode()
    return hmac.new(key, f"{kind} {consultation_id} {signs}".encode(), hashlib.sha256).digest()
