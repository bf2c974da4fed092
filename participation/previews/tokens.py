"""What a preview link carries: its number, signed, so that nobody can make one up."""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer


def sign_link(link_id: int) -> str:
    return str(_signer().dumps(link_id))


def read_link(token: str) -> int | None:
    """The number in a token; None if it is not from here."""
    try:
        return int(_signer().loads(token))
    except (BadData, TypeError, ValueError):
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="preview")
