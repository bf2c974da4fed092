"""How migrations run: in the application's context, on its database, against its models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from alembic import context
from flask import current_app
from sqlalchemy.types import TypeDecorator

from participation.database import db

if TYPE_CHECKING:
    from sqlalchemy import Connection


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our own column types as what they are to the database: a migration must outlive the code."""
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


def _check_foreign_keys(connection: Connection, state: Literal["ON", "OFF"]) -> None:
    """Past SQLAlchemy, which would begin a transaction first: within one, SQLite ignores this."""
    connection.connection.cursor().execute(f"PRAGMA foreign_keys = {state}")


def run() -> None:
    """Apply migrations, or write new ones, over the application's own connection."""
    arguments = current_app.extensions["migrate"].configure_args
    with db.engine.connect() as connection:
        # Batch mode rebuilds a table that SQLite cannot alter; the rows of other tables that point
        # at it must not be deleted meanwhile.
        if connection.dialect.name == "sqlite":
            _check_foreign_keys(connection, "OFF")
        context.configure(
            connection=connection, target_metadata=db.metadata, render_item=render_item, **arguments
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
        if connection.dialect.name == "sqlite":
            _check_foreign_keys(connection, "ON")


run()
