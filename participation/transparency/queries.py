"""Questions about the log: its entries, its heads, its proofs and its lists of commitments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from deliberation.log_entries import Entry, origin_of
from deliberation.vote_commitments import in_order
from participation.database import db
from participation.transparency.models import Commitment, Kind, LogEntry, TreeHead

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime


def as_entry(row: LogEntry) -> Entry:
    """A row as what is hashed."""
    return Entry(
        index=row.index,
        kind=row.kind.value,
        at=written(row.recorded_at),
        consultation=row.consultation,
        organisation=row.organisation,
        facts=row.facts,
        previous=row.previous_hash.hex(),
    )


def written(moment: datetime) -> str:
    """A moment in UTC, to the minute, as entries have it."""
    return moment.strftime("%Y-%m-%dT%H:%MZ")


def tail() -> LogEntry | None:
    """The last entry."""
    return db.session.scalar(select(LogEntry).order_by(LogEntry.index.desc()).limit(1))


def size_of_log() -> int:
    last = db.session.scalar(select(func.max(LogEntry.index)))
    return 0 if last is None else last + 1


def entry_at(index: int) -> LogEntry | None:
    return db.session.get(LogEntry, index)


def entries_from(first: int, limit: int) -> Sequence[LogEntry]:
    """Some entries in their order."""
    return db.session.scalars(
        select(LogEntry).where(LogEntry.index >= first).order_by(LogEntry.index).limit(limit)
    ).all()


def entries_about(
    *, consultation: str | None, organisation: str | None, offset: int, limit: int
) -> tuple[Sequence[LogEntry], int]:
    """Some entries about one consultation or organisation, or about anything, the latest first; and how many in all."""
    about = [
        column == name
        for column, name in ((LogEntry.consultation, consultation), (LogEntry.organisation, organisation))
        if name
    ]
    found = db.session.scalar(select(func.count()).select_from(LogEntry).where(*about)) or 0
    rows = db.session.scalars(
        select(LogEntry).where(*about).order_by(LogEntry.index.desc()).offset(offset).limit(limit)
    )
    return rows.all(), found


def hashes_of(size: int) -> list[bytes]:
    """The hashes of the first entries."""
    return list(
        db.session.scalars(select(LogEntry.hash).where(LogEntry.index < size).order_by(LogEntry.index))
    )


def origin() -> str | None:
    """What the log calls itself; None while it is empty."""
    first = entry_at(0)
    return origin_of(first.hash) if first else None


def latest_head() -> TreeHead | None:
    return db.session.scalar(select(TreeHead).order_by(TreeHead.size.desc()).limit(1))


def all_heads() -> Sequence[TreeHead]:
    return db.session.scalars(select(TreeHead).order_by(TreeHead.size)).all()


def keys_of_log() -> list[bytes]:
    """The public keys with which heads were signed, the first one first."""
    keys = db.session.scalars(
        select(LogEntry).where(LogEntry.kind == Kind.SIGNING_KEY).order_by(LogEntry.index)
    )
    return [bytes.fromhex(entry.facts["public_key"]) for entry in keys]


def head_is_due() -> list[int]:
    """The size of the log, if its last entries are under no signature."""
    size, head = size_of_log(), latest_head()
    return [size] if size > (head.size if head else 0) else []


def entries_of_kind(kind: Kind, consultation: str | None = None) -> Sequence[LogEntry]:
    """The entries of a kind, about one consultation or all, in their order."""
    asked = select(LogEntry).where(LogEntry.kind == kind).order_by(LogEntry.index)
    return db.session.scalars(
        asked.where(LogEntry.consultation == consultation) if consultation else asked
    ).all()


def count_of(consultation: str) -> LogEntry | None:
    """The entry with what was counted when a consultation closed, once there is one."""
    return next(iter(entries_of_kind(Kind.VOTES_COUNTED, consultation)), None)


def lines_of(entry: LogEntry) -> list[str]:
    """The list of commitments of an entry that has one."""
    asked = select(Commitment.statement, Commitment.commitment)
    if entry.kind is Kind.VOTES_COMMITTED:
        return in_order((s, c) for s, c in db.session.execute(asked.where(Commitment.entry == entry.index)))
    batches = [batch.index for batch in entries_of_kind(Kind.VOTES_COMMITTED, entry.consultation)]
    counted = asked.where(Commitment.entry.in_(batches), Commitment.is_left_out.is_(False))
    return in_order((s, c) for s, c in db.session.execute(counted))


def batches_of(commitments: Iterable[bytes]) -> dict[bytes, int]:
    """In which entry's list each of these commitments stands; unknown ones are left out."""
    wanted = list(commitments)
    rows = db.session.execute(
        select(Commitment.commitment, Commitment.entry).where(Commitment.commitment.in_(wanted))
    )
    return {row.commitment: row.entry for row in rows}
