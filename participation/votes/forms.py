"""What comes with a vote, turned into a choice, a statement and the exposure it was shown with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from deliberation.ballot import Choice

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict


@dataclass(frozen=True)
class Ballot:
    """One vote as it was sent."""

    statement_id: int
    choice: Choice
    exposure: float | None


def read_ballot(form: MultiDict[str, str]) -> Ballot | None:
    """The vote in a form, or None if it is no vote at all.

    A hidden field that was tampered with costs the exposure, never the vote.
    """
    statement_id, choice = form.get("statement", type=int), form.get("choice", type=int)
    if statement_id is None or choice not in set(Choice):
        return None
    return Ballot(statement_id, Choice(choice), _read_exposure(form.get("exposure", ""), statement_id))


def sign_exposure(statement_id: int, exposure: float | None) -> str:
    """What the card carries, so that the vote can say how likely its statement was to be shown."""
    return "" if exposure is None else str(_signer().dumps([statement_id, round(exposure, 6)]))


def _read_exposure(token: str, statement_id: int) -> float | None:
    try:
        signed_for, exposure = _signer().loads(token)
    except BadData:
        return None
    return float(exposure) if signed_for == statement_id else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="exposure")
