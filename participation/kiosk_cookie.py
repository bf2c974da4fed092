"""Whether a browser stands somewhere for everybody: a signed cookie says so, and which consultation it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import after_this_request, current_app, g, request
from itsdangerous import BadData, URLSafeSerializer

if TYPE_CHECKING:
    from flask import Response

COOKIE = "kiosk"
A_MONTH_IN_SECONDS = 31 * 24 * 3600


@dataclass(frozen=True)
class Kiosk:
    """The consultation that it shows to whoever comes next, and in which language."""

    slug: str
    language: str


def kiosk_here() -> Kiosk | None:
    """What this browser shows if it is a kiosk. Read once a request."""
    if "kiosk" not in g:
        try:
            g.kiosk = Kiosk(*_signer().loads(request.cookies.get(COOKIE, "")))
        except (BadData, TypeError):
            g.kiosk = None
    kiosk: Kiosk | None = g.kiosk
    return kiosk


def is_kiosk() -> bool:
    return kiosk_here() is not None


def become_kiosk(kiosk: Kiosk) -> None:
    """Make a kiosk of this browser with the answer to this request."""

    @after_this_request
    def send(response: Response) -> Response:
        response.set_cookie(
            COOKIE,
            str(_signer().dumps([kiosk.slug, kiosk.language])),
            max_age=A_MONTH_IN_SECONDS,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response


def be_no_kiosk() -> None:
    """Make this an ordinary browser again with the answer to this request."""
    g.kiosk = None

    @after_this_request
    def send(response: Response) -> Response:
        response.delete_cookie(
            COOKIE, secure=current_app.config["SESSION_COOKIE_SECURE"], httponly=True, samesite="Lax"
        )
        return response


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="kiosk")
