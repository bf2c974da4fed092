"""Keeping a text so that a copy of the database alone does not give it away."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app


def encrypt(text: str, purpose: str) -> bytes:
    """Under a key of this installation that serves one purpose only."""
    return _fernet(purpose).encrypt(text.encode())


def decrypt(token: bytes, purpose: str) -> str:
    """What was encrypted for the same purpose.

    Raises:
        cryptography.fernet.InvalidToken: it was altered, or the installation's secret key is another one.

    """
    return _fernet(purpose).decrypt(token).decode()


def derived_key(purpose: str) -> bytes:
    """32 bytes that serve one purpose only, made of this installation's secret key."""
    key = HKDF(SHA256(), length=32, salt=None, info=purpose.encode())
    return key.derive(str(current_app.secret_key).encode())


def _fernet(purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derived_key(purpose)))
