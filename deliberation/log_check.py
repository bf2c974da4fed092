"""Checks a log that somebody publishes, without the program that made it.

`python -m deliberation.log_check LOG [--head SAVED]... [--list ENTRY FILE]... [--receipt RECEIPT]...`
reads the file of a whole log, heads that were saved earlier, lists of commitments and voters' receipts.
It says what is wrong, and ends with status 1 if anything is.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deliberation.log_entries import (
    NOTHING_BEFORE,
    Entry,
    UnreadableHeadError,
    is_signed,
    keys_in,
    origin_of,
    read_head,
)
from deliberation.merkle import roots
from deliberation.receipts import COMMITTED, COUNTED, UnreadableReceiptError, read_receipt
from deliberation.vote_commitments import root_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from deliberation.receipts import Receipt

FORMAT = "baraza-log-1"


class UnreadableFileError(ValueError):
    """A file is not there, or not what it should be."""


class Fault(Enum):
    """What can be wrong, in words for whoever runs the check."""

    OUT_OF_ORDER = "does not have the next number: an entry was removed, put in or moved"
    ALTERED = "does not have the hash that stands with it: it was altered"
    CHAIN_BROKEN = (
        "does not name the hash of the entry before it: one of the two was altered, removed or put in"
    )
    TOO_SHORT = "covers more entries than there are: the end of the log was cut off"
    OTHER_ROOT = "has another root than the log: what it covers was altered"
    OTHER_LOG = "is of another log"
    NOT_SIGNED = "has no signature by a key that the log names"
    NO_HEAD = "can be read by nobody as a head"
    LIST_DIFFERS = "says another root or number than the list of its commitments has"
    NO_RECEIPT = "can be read by nobody as a receipt"
    NOT_PROVEN = "is not proven by the hashes beside it"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and where."""

    where: str
    fault: Enum

    def __str__(self) -> str:
        return f"{self.where} {self.fault.value}."


def check_entries(entries: Sequence[Entry], hashes: Sequence[bytes]) -> Iterator[Finding]:
    """What is wrong with entries, given the hashes that stand with them."""
    previous = NOTHING_BEFORE
    for place, (entry, stored) in enumerate(zip(entries, hashes, strict=True)):
        where = f"Entry {entry.index}"
        if entry.index != place:
            yield Finding(where, Fault.OUT_OF_ORDER)
        if entry.hash != stored:
            yield Finding(where, Fault.ALTERED)
        if bytes.fromhex(entry.previous) != previous:
            yield Finding(where, Fault.CHAIN_BROKEN)
        previous = stored


def check_heads(entries: Sequence[Entry], notes: Sequence[str]) -> Iterator[Finding]:
    """What is wrong with heads, however old, given the entries as they are now."""
    hashes = [entry.hash for entry in entries]
    origin, keys = origin_of(hashes[0]) if hashes else "", keys_in(entries)
    by_size = dict(enumerate(roots(hashes), start=1))
    for note in notes:
        try:
            head = read_head(note)
        except UnreadableHeadError:
            yield Finding("A head", Fault.NO_HEAD)
            continue
        where = f"The head of {head.size} entries"
        if hashes and head.origin != origin:
            yield Finding(where, Fault.OTHER_LOG)
        elif head.size > len(hashes):
            yield Finding(where, Fault.TOO_SHORT)
        elif by_size.get(head.size) != head.root:
            yield Finding(where, Fault.OTHER_ROOT)
        if not is_signed(note, keys):
            yield Finding(where, Fault.NOT_SIGNED)


def check_list(entry: Entry, lines: Sequence[str]) -> Iterator[Finding]:
    """What is wrong with the list of commitments of an entry."""
    if len(lines) != entry.facts["votes"] or root_of(lines).hex() != entry.facts["root"]:
        yield Finding(f"Entry {entry.index}", Fault.LIST_DIFFERS)


def read_entries(log: Mapping[str, Any]) -> tuple[list[Entry], list[bytes]]:
    """The entries of the file of a log, and the hashes that stand with them."""
    rows = [dict(row) for row in log["entries"]]
    hashes = [bytes.fromhex(row.pop("hash")) for row in rows]
    return [Entry(**row) for row in rows], hashes


def check_receipt(entries: Sequence[Entry], name: str, text: str) -> Iterator[Finding]:
    """What is wrong with a voter's receipt."""
    try:
        receipt = read_receipt(text)
    except UnreadableReceiptError:
        yield Finding(name, Fault.NO_RECEIPT)
        return
    yield from check_heads(entries, [receipt.head])
    if not receipt.holds:
        yield Finding(name, Fault.NOT_PROVEN)


def count_in(entries: Sequence[Entry], receipt: Receipt) -> str:
    """How many of the votes in a receipt it shows to be counted; and what to do if it is older than the count."""
    counted, votes = sum(map(receipt.is_counted, receipt.votes)), len(receipt.votes)
    said = f"{counted} of {votes} votes are among those counted."
    if counted == votes:
        return said
    if any(entry.kind == COUNTED and entry.consultation == receipt.consultation for entry in entries):
        return f"{said} The votes were counted after it was saved: save the receipt again."
    return f"{said} The votes are not counted yet."


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m deliberation.log_check", description=__doc__)
    parser.add_argument("log", type=Path, help="the file log.json")
    parser.add_argument(
        "--head", type=Path, action="append", default=[], help="a head that you saved earlier"
    )
    parser.add_argument(
        "--list",
        nargs=2,
        action="append",
        default=[],
        metavar=("ENTRY", "FILE"),
        help="a list of commitments",
    )
    parser.add_argument("--receipt", type=Path, action="append", default=[], help="a voter's receipt")
    asked = parser.parse_args()
    try:
        found, said, entries = _check(asked)
    except UnreadableFileError as error:
        parser.error(str(error))
    for line in (*found, *said):
        print(line)  # noqa: T201 - this is a command
    print(f"{len(entries)} entries: {len(found) or 'nothing'} wrong.")  # noqa: T201 - this is a command
    return 1 if found else 0


def _check(asked: argparse.Namespace) -> tuple[list[Finding], list[str], list[Entry]]:
    """What is wrong, what else is to be said, and the entries."""
    entries, found = _check_log(asked.log, [_text(path) for path in asked.head])
    said = []
    for number, file in asked.list:
        found += check_list(_entry_with_list(entries, number), _text(Path(file)).splitlines())
    for path in asked.receipt:
        wrong = list(check_receipt(entries, path.name, text := _text(path)))
        found += wrong
        if not wrong:
            said.append(f"{path.name}: {count_in(entries, read_receipt(text))}")
    return found, said, entries


def _check_log(path: Path, saved: Sequence[str]) -> tuple[list[Entry], list[Finding]]:
    text = _text(path)
    try:
        log = json.loads(text)
        if log["format"] != FORMAT:
            raise UnreadableFileError(f"{path} is no file of a log in the format {FORMAT}")
        entries, hashes = read_entries(log)
        heads = [head for head in (log["head"], *saved) if head]
        return entries, [*check_entries(entries, hashes), *check_heads(entries, heads)]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UnreadableFileError(f"{path} is no file of a log in the format {FORMAT}") from error


def _entry_with_list(entries: Sequence[Entry], number: str) -> Entry:
    for entry in entries:
        if str(entry.index) == number and entry.kind in {COMMITTED, COUNTED}:
            return entry
    raise UnreadableFileError(f"the log has no entry {number} with a list of commitments")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise UnreadableFileError(f"{path} cannot be read") from error


if __name__ == "__main__":
    sys.exit(main())
