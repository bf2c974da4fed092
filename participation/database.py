"""The database as the slices see it: the base of all models, and how a connection behaves."""

from __future__ import annotations

import enum
import sqlite3
from datetime import UTC, datetime
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from flask import g, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Engine, Enum, MetaData, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Dialect, Executable, Insert, Row, Table
    from sqlalchemy.orm import Mapper


P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound="Model")

# Every constraint has a name that can be told from its table, so that a migration can drop it.
METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# An enum is kept by its value, as text: a new member then needs no change of a database type.
ENUM_BY_VALUE = Enum(
    enum.Enum, native_enum=False, length=32, values_callable=lambda kind: [member.value for member in kind]
)


class Base(DeclarativeBase):
    registry = registry(metadata=METADATA, type_annotation_map={enum.Enum: ENUM_BY_VALUE})


# Objects stay readable after a commit: an action commits, and the page then shows what it changed.
db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

if TYPE_CHECKING:

    class Model(Base):
        __abstract__ = True
else:
    Model = db.Model


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets time zones; this puts back what every moment has."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the base class names it
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the base class names it
        # PostgreSQL answers in the time zone of its session.
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


#: The largest that the numbers of rows can be.
LARGEST_INTEGER = 2**31 - 1


def row_id(text: str) -> int:
    """The number of a row as a browser sends it.

    Raises:
        ValueError: it is no number, or none that a row could have; a database would not even take it.

    """
    number = int(text)
    if not 0 < number <= LARGEST_INTEGER:
        raise ValueError("no row has this number")
    return number


def now() -> datetime:
    return datetime.now(UTC)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - whatever the driver gives
    if not isinstance(connection, sqlite3.Connection):
        return
    # The driver's own BEGIN would come too late and of the wrong kind: see _begin.
    connection.isolation_level = None
    connection.executescript(
        """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        PRAGMA foreign_keys = ON;
        PRAGMA busy_timeout = 20000;
        """
    )


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """Take SQLite's write lock at the start of a request that may write.

    A transaction that reads first and writes later fails at once with "database is locked" when
    another has written in between; no time-out helps. One that asks for the lock first waits its turn.
    """
    if connection.dialect.name == "sqlite":
        reads_only = has_request_context() and (
            request.method in {"GET", "HEAD", "OPTIONS"} or g.get("reads")
        )
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def reads_first(view: Callable[P, R]) -> Callable[P, R]:
    """A view that thinks before it writes. On SQLite others may write meanwhile; it calls `begin_writing` first."""

    @wraps(view)
    def reading(*args: P.args, **kwargs: P.kwargs) -> R:
        g.reads = True
        return view(*args, **kwargs)

    return reading


def begin_writing() -> None:
    """End the reading of `reads_first`: what was read is asked for again, and may be changed from here on."""
    db.session.rollback()
    g.reads = False


def insert_unless_there(model: type[Base], **values: object) -> Row[Any] | None:
    """Add a row, unless one with the same key is there. Returns the key of a row that was added."""
    statement = _insert_unless_there(model, db.engine.dialect.name)
    return db.session.execute(statement, values).first()


@cache
def _insert_unless_there(model: type[Base], dialect_name: str) -> Executable:
    table = cast("Table", model.__table__)
    dialect = postgresql if dialect_name == "postgresql" else sqlite
    insert: Insert = dialect.insert(table).on_conflict_do_nothing()
    return insert.returning(*table.primary_key)


class PublishedError(Exception):
    """A programming error: what people have read may not be written over."""


def never_changes(model: type[M]) -> type[M]:
    """Refuse to change rows of a model once they are written. For whatever is published, or written down for good."""

    @event.listens_for(model, "before_update")
    def refuse(_mapper: Mapper[Any], _connection: Connection, row: M) -> None:
        raise PublishedError(f"{row} is published and stays as it is")

    return model
