"""What changes the log: an entry is added, and its head is signed. Nothing is ever changed or taken out."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from deliberation.log_entries import NOTHING_BEFORE, Head, canonical, origin_of, sign
from deliberation.merkle import root
from participation.database import db, insert_unless_there, now
from participation.transparency.keys import public_key, signing_key
from participation.transparency.models import Kind, LogEntry, TreeHead
from participation.transparency.queries import as_entry, hashes_of, keys_of_log, tail

if TYPE_CHECKING:
    from collections.abc import Mapping

# Any number that nothing else in this database takes turns by.
LOCK_OF_THE_LOG = 6962
BYTES_OF_A_NAME = 16


def record(
    kind: Kind,
    facts: Mapping[str, Any],
    *,
    consultation: str | None = None,
    organisation: str | None = None,
) -> LogEntry:
    """Write down what happens, within the transaction in which it happens. Not committed here.

    Call it last before the commit: until then nobody else can write anything down.

    Args:
        facts: what `Kind` says that the entry holds: texts, whole numbers and truth values. It can never be taken
            back, so it names no person and holds no text that may have to go.
        consultation: its name in addresses.
        organisation: its name in addresses.

    """
    _take_turns()
    last = tail()
    if last is None and kind is not Kind.SIGNING_KEY:
        last = _announce_key()
    # A fraction is refused now and not at the next check.
    canonical(dict(facts))
    entry = LogEntry(
        index=last.index + 1 if last else 0,
        kind=kind,
        recorded_at=now().replace(second=0, microsecond=0),
        consultation=consultation,
        organisation=organisation,
        facts=dict(facts),
        previous_hash=last.hash if last else NOTHING_BEFORE,
    )
    entry.hash = as_entry(entry).hash
    db.session.add(entry)
    db.session.flush()
    return entry


def sign_head(_size: int | None = None) -> None:
    """Sign the log as it is now. If the key is another one than before, the log says so first."""
    _take_turns()
    if not (known := keys_of_log()) or known[-1] != public_key():
        _announce_key()
    last = tail()
    if last is None:
        raise LookupError("the log has an entry by now")
    hashes = hashes_of(last.index + 1)
    head = Head(origin_of(hashes[0]), len(hashes), root(hashes))
    insert_unless_there(TreeHead, size=head.size, note=sign(head, signing_key()), signed_at=now())
    db.session.commit()


def _announce_key() -> LogEntry:
    """Say with which key heads are signed from now on. What is random in the first entry gives the log its name."""
    return record(
        Kind.SIGNING_KEY, {"public_key": public_key().hex(), "random": secrets.token_hex(BYTES_OF_A_NAME)}
    )


def _take_turns() -> None:
    """Two who write at once would both follow the same entry. SQLite has one writer at a time anyway."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK_OF_THE_LOG})
