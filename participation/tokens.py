"""Random secrets that people hold, in cookies, links and codes, and what the database keeps of them."""

from __future__ import annotations

import hashlib


def hash_of(secret: str) -> bytes:
    """SHA-256, 32 bytes. Enough for a secret with 80 random bits and more, which nobody can guess."""
    return hashlib.sha256(secret.encode()).digest()
