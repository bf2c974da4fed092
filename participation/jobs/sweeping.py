"""What is over is deleted, so that nobody can read it later: links that open nothing, sessions that have ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, select

from participation.accounts import queries as accounts
from participation.accounts.models import AccountSession
from participation.contributions import queries as contributions
from participation.contributions.models import Handover
from participation.database import Model, db
from participation.organisations import queries as organisations
from participation.organisations.models import Invitation

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import ColumnElement


@dataclass(frozen=True)
class ShortLived:
    """Rows that are worth something for a time only. The links in mails about an account need none."""

    model: type[Model]
    is_over: Callable[[], ColumnElement[bool]]


SHORT_LIVED = (
    ShortLived(AccountSession, accounts.is_over),
    ShortLived(Invitation, organisations.is_over),
    ShortLived(Handover, contributions.is_over),
)


def something_is_over() -> list[int]:
    """One piece of work, called 0, if there are rows to delete."""
    asked = [select(exists(select(kind.model).where(kind.is_over()))) for kind in SHORT_LIVED]
    return [0] if any(map(db.session.scalar, asked)) else []


def delete_what_is_over(_one: int = 0) -> None:
    for kind in SHORT_LIVED:
        db.session.execute(delete(kind.model).where(kind.is_over()))
    db.session.commit()
