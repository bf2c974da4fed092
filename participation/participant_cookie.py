"""How a browser takes part without an account: a signed cookie for each consultation, holding a random secret.

The database has only the secret's hash, so that neither a copy of the database nor an
administrator can vote as anyone, and no two consultations' participants can be matched.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import after_this_request, current_app, request
from itsdangerous import BadData, URLSafeSerializer

from participation.consultations.models import Channel
from participation.consultations.queries import participant_by_secret_hash
from participation.kiosk_cookie import is_kiosk
from participation.tokens import hash_of

if TYPE_CHECKING:
    from flask import Response

    from participation.consultations.models import Consultation, Participant

TWO_YEARS_IN_SECONDS = 2 * 365 * 24 * 3600
PREFIX = "participant-"


@dataclass(frozen=True)
class Credential:
    """What a browser holds for one consultation."""

    secret: str
    #: By which way whoever holds it takes part.
    channel: Channel = Channel.ONLINE

    @property
    def hash(self) -> bytes:
        """The 32 bytes that the database keeps. The secret is random, so a plain hash is enough."""
        return hash_of(self.secret)

    @property
    def seed(self) -> int:
        """64 bits for the order of this person's cards; they say nothing about the hash."""
        return int.from_bytes(hashlib.sha256(b"order " + self.secret.encode()).digest()[:8])


def credential_for(consultation: Consultation) -> Credential | None:
    """What this browser holds; None if it holds nothing, or something forged or from elsewhere."""
    try:
        consultation_id, secret, *way = _signer().loads(request.cookies.get(_name(consultation), ""))
        held = Credential(secret, *map(Channel, way))
    except (BadData, ValueError, TypeError):
        return None
    return held if consultation_id == consultation.id else None


def holds_unreadable_credential(consultation: Consultation) -> bool:
    """Whether this browser shows something that is no credential: forged, cut short, or from elsewhere."""
    return _name(consultation) in request.cookies and credential_for(consultation) is None


def participant_here(consultation: Consultation) -> Participant | None:
    """Whoever takes part from this browser, if anyone has yet. Costs a query only if it holds a credential."""
    held = credential_for(consultation)
    return participant_by_secret_hash(consultation.id, held.hash) if held else None


def ensure_credential(consultation: Consultation, *, anew: bool = False) -> Credential:
    """What this browser holds, or a new credential sent with the answer to this request.

    Args:
        anew: let go of what it holds: from now on it is somebody else's.

    """
    held = credential_for(consultation)
    if held and not anew:
        return held
    return new_credential(consultation, Channel.KIOSK if is_kiosk() else Channel.ONLINE)


def new_credential(consultation: Consultation, channel: Channel) -> Credential:
    """A credential in place of whatever this browser holds, sent with the answer to this request."""
    new = Credential(secrets.token_urlsafe(24), channel)

    @after_this_request
    def send(response: Response) -> Response:
        response.set_cookie(
            _name(consultation),
            str(_signer().dumps([consultation.id, new.secret, new.channel.value])),
            max_age=TWO_YEARS_IN_SECONDS,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response

    return new


def forget_credential(consultation: Consultation) -> None:
    """Take this browser's credential away with the answer to this request."""
    _forget(_name(consultation))


def forget_all_credentials() -> None:
    """Take away whatever this browser holds for any consultation."""
    _forget(*(name for name in request.cookies if name.startswith(PREFIX)))


def _forget(*names: str) -> None:
    @after_this_request
    def send(response: Response) -> Response:
        for name in names:
            response.delete_cookie(
                name, secure=current_app.config["SESSION_COOKIE_SECURE"], httponly=True, samesite="Lax"
            )
        return response


def _name(consultation: Consultation) -> str:
    return f"{PREFIX}{consultation.id}"


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="participant")
