"""The log for machines: heads, entries, proofs and lists, at addresses that have no language and stay as they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, jsonify, request

from deliberation.log_check import FORMAT
from deliberation.merkle import consistency_proof, inclusion_proofs, root
from participation.database import LARGEST_INTEGER
from participation.permissions import anyone
from participation.transparency.models import Kind
from participation.transparency.queries import (
    as_entry,
    entries_from,
    entry_at,
    hashes_of,
    keys_of_log,
    latest_head,
    lines_of,
    origin,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from participation.transparency.models import LogEntry, TreeHead

pages = Blueprint("transparency_files", __name__, url_prefix="/transparency")

MOST_ENTRIES = 500
LONGEST_NUMBER = 10


@pages.get("/head.txt")
@anyone
def head() -> Response:
    """The signed head as a signed note, for whoever keeps it."""
    return Response(_head().note, mimetype="text/plain")


@pages.get("/head.json")
@anyone
def head_as_json() -> Response:
    latest = _head()
    return jsonify(
        origin=origin(),
        size=latest.size,
        root=root(hashes_of(latest.size)).hex(),
        note=latest.note,
        public_keys=[key.hex() for key in keys_of_log()],
    )


@pages.get("/entries.json")
@anyone
def entries() -> Response:
    """Some entries from `from` on, at most `limit` of them, and where the next ones begin."""
    first = _number("from", 0)
    rows = entries_from(first, min(_number("limit", MOST_ENTRIES), MOST_ENTRIES))
    return jsonify(
        entries=[as_row(row) for row in rows],
        next=rows[-1].index + 1 if rows and entry_at(rows[-1].index + 1) else None,
    )


@pages.get("/proof.json")
@anyone
def proof() -> Response:
    """That the entry `index` stands in the log of the size `size`, by default that of the head."""
    size = _number("size", _head().size)
    index = _number("index", 0)
    hashes = hashes_of(size)
    if not index < size == len(hashes):
        abort(404)
    (path,) = inclusion_proofs(hashes, [index])
    return jsonify(
        index=index,
        size=size,
        leaf=hashes[index].hex(),
        root=root(hashes).hex(),
        path=[one.hex() for one in path],
    )


@pages.get("/consistency.json")
@anyone
def consistency() -> Response:
    """That the log of the size `to`, by default that of the head, begins with that of the size `from`."""
    second = _number("to", _head().size)
    first = _number("from", 0)
    hashes = hashes_of(second)
    if not first <= second == len(hashes):
        abort(404)
    return jsonify(
        {
            "from": first,
            "to": second,
            "from_root": root(hashes[:first]).hex(),
            "to_root": root(hashes).hex(),
            "path": [one.hex() for one in consistency_proof(hashes, first)],
        }
    )


@pages.get("/log.json")
@anyone
def whole_log() -> Response:
    """The whole log as one file, which `deliberation.log_check` reads."""
    latest = latest_head()
    before = json.dumps(
        {
            "format": FORMAT,
            "origin": origin(),
            "public_keys": [key.hex() for key in keys_of_log()],
            "head": latest.note if latest else None,
        }
    )
    # Read before the answer begins: a stream has no session to ask with.
    parts = list(_entries_as_text(latest.size if latest else 0))
    return Response(
        (f'{before[:-1]}, "entries": [', *parts, "]}\n"),
        mimetype="application/json",
        headers={"Content-Disposition": 'attachment; filename="log.json"'},
    )


@pages.get("/<int:index>/commitments.txt")
@anyone
def commitments(index: int) -> Response:
    """The list of commitments of an entry, a line each."""
    row = entry_at(index)
    if row is None or row.kind not in {Kind.VOTES_COMMITTED, Kind.VOTES_COUNTED}:
        abort(404)
    return Response(
        "".join(f"{line}\n" for line in lines_of(row)),
        mimetype="text/plain",
        headers={"Content-Disposition": f'attachment; filename="{index}-commitments.txt"'},
    )


def as_row(row: LogEntry) -> dict[str, Any]:
    """An entry with its hash."""
    return {**vars(as_entry(row)), "hash": row.hash.hex()}


def _entries_as_text(size: int) -> Iterator[str]:
    for first in range(0, size, MOST_ENTRIES):
        for row in entries_from(first, min(MOST_ENTRIES, size - first)):
            yield ("," if row.index else "") + "\n" + json.dumps(as_row(row), ensure_ascii=False)


def _head() -> TreeHead:
    return latest_head() or abort(404)


def _number(name: str, otherwise: int) -> int:
    """A whole number from the address that a row could have."""
    given = request.args.get(name)
    if given is None:
        return otherwise
    if not given.isascii() or not given.isdecimal() or len(given) > LONGEST_NUMBER:
        abort(400)
    if int(given) > LARGEST_INTEGER:
        abort(400)
    return int(given)
