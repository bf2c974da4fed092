"""What comes with a vote, turned into a choice, a statement and the exposure it was shown with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from deliberation.ballot import Choice
from participation.database import row_id

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

BYTES_OF_A_BALLOT = 16


@dataclass(frozen=True)
class SentVote:
    """One vote as it was sent."""

    statement_id: int
    choice: Choice
    is_important: bool
    exposure: float | None
    ballot: bytes | None


def read_vote(form: MultiDict[str, str]) -> SentVote | None:
    """The vote in a form, or None if it is no vote at all.

    A hidden field that was tampered with costs the exposure, never the vote.
    """
    statement_id, choice = form.get("statement", type=row_id), read_choice(form)
    if statement_id is None or choice is None:
        return None
    return SentVote(
        statement_id,
        choice,
        is_important=form.get("important") == "1",
        exposure=_read_exposure(form.get("exposure", ""), statement_id),
        ballot=read_ballot(form),
    )


def read_choice(form: MultiDict[str, str]) -> Choice | None:
    """The answer in a form or an address; None if it is none of the three."""
    choice = form.get("choice", type=int)
    return Choice(choice) if choice in set(Choice) else None


def read_ballot(form: MultiDict[str, str]) -> bytes | None:
    """What the script calls this vote, so that it knows it again; forms without script have none."""
    try:
        ballot = bytes.fromhex(form.get("ballot", ""))
    except ValueError:
        return None
    return ballot if len(ballot) == BYTES_OF_A_BALLOT else None


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
