"""Whether a browser stands somewhere for everybody: a signed cookie says so, and which consultation it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import after_this_request, current_app, g, request
from flask_babel import lazy_gettext as _l
from itsdangerous import BadData, URLSafeSerializer

from participation.errors import DomainError

if TYPE_CHECKING:
    from flask import Response

COOKIE = "kiosk"
A_MONTH_IN_SECONDS = 31 * 24 * 3600


class NothingSavedHereError(DomainError):
    message = _l(
        "This device is for everybody, so nothing of yours can be saved on it. "
        "Continue on your own phone, and save it there."
    )
    status = 403


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


def expect_own_device() -> None:
    """Hand out no file about somebody where the next person would find it among the downloads.

    Raises:
        NothingSavedHereError

    """
    if is_kiosk():
        raise NothingSavedHereError


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
