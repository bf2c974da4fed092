"""The key that signs the heads of the log: from the configuration, or made of the installation's secret key."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import current_app

from participation.encryption import derived_key


def signing_key() -> Ed25519PrivateKey:
    """BARAZA_LOG_KEY if it is set. To change the key is to set another one: the log then says so."""
    given: bytes | None = current_app.extensions["baraza_config"].log_key
    return Ed25519PrivateKey.from_private_bytes(given or derived_key("transparency log"))


def public_key() -> bytes:
    return signing_key().public_key().public_bytes_raw()
