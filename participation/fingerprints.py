"""Fingerprints: by which anybody sees that something published was not altered."""

from __future__ import annotations

import hashlib
import json


def canonical(value: object) -> bytes:
    """The one way to write this down as JSON (keys in order, no spaces, UTF-8): a fingerprint is of this."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def fingerprint_of(value: object) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()
