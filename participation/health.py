"""What a monitor asks: does the process live, and can it serve?"""

from __future__ import annotations

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from participation.database import db, now
from participation.extensions import migrate
from participation.jobs.actions import SILENCE_OF_THE_DEAD
from participation.jobs.models import Worker
from participation.permissions import anyone

pages = Blueprint("health", __name__)


@pages.get("/healthz")
@anyone
def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@pages.get("/readyz")
@anyone
def readyz() -> tuple[dict[str, object], int]:
    """The database answers, has the tables that this code expects, and a worker is alive."""
    try:
        checks = {"migrations": _is_migrated(), "worker": _has_worker()}
    except SQLAlchemyError:
        checks = {"database": False}
    ready = all(checks.values())
    return {"status": "ok" if ready else "not ready", **checks}, 200 if ready else 503


def _is_migrated() -> bool:
    here = MigrationContext.configure(db.session.connection()).get_current_revision()
    return here == ScriptDirectory(migrate.directory).get_current_head()


def _has_worker() -> bool:
    seen_at = db.session.scalar(select(func.max(Worker.seen_at)))
    return seen_at is not None and now() - seen_at < SILENCE_OF_THE_DEAD
