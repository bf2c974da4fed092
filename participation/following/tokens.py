"""The links in mails: signed, so that nobody can make one up, and without the address in them."""

from __future__ import annotations

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer

CONFIRM_WITHIN_SECONDS = 24 * 3600


def sign_question(handle: str) -> str:
    """What the link "Yes, I want to follow" carries; good for a day."""
    return str(_timed().dumps(handle))


def read_question(token: str) -> str | None:
    """The handle in such a link; None if it is too old or not from here."""
    try:
        return str(_timed().loads(token, max_age=CONFIRM_WITHIN_SECONDS))
    except BadData:
        return None


def sign_follower(handle: str) -> str:
    """What the links "change" and "stop" carry; good as long as the reader follows."""
    return str(_lasting().dumps(handle))


def read_follower(token: str) -> str | None:
    try:
        return str(_lasting().loads(token))
    except BadData:
        return None


def _timed() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="follow-question")


def _lasting() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="follow")
