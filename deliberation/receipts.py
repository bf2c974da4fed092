"""A voter's receipt: where the commitments to their votes stand in the published lists, with every proof needed.

The plain receipt says on which statements somebody voted and not how. Opened, it holds the nonces too: then
it shows how they voted, to whoever sees it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from deliberation.ballot import Choice
from deliberation.log_entries import Entry, Head, read_head
from deliberation.merkle import is_included, leaf_hash
from deliberation.vote_commitments import commitment_to, line_of

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMAT = "baraza-receipt-1"
#: The kinds of the entries that have a list of commitments: a batch of votes, and all votes that count.
COMMITTED, COUNTED = "votes-committed", "votes-counted"
#: No number in a log is greater, so that databases can be asked for it.
MOST = 2**31 - 1


class UnreadableReceiptError(ValueError):
    """A text is no receipt."""


@dataclass(frozen=True)
class Proof:
    """That a line stands in the list of an entry."""

    entry: int
    index: int
    path: tuple[bytes, ...]


@dataclass(frozen=True)
class ReceiptVote:
    """One vote; its choice and nonce only where the receipt is opened."""

    statement: int
    commitment: bytes
    proofs: tuple[Proof, ...]
    choice: Choice | None = None
    is_important: bool = False
    nonce: bytes | None = None


@dataclass(frozen=True)
class Receipt:
    """All of it.

    Attributes:
        head: the signed head that the proofs of its entries lead to.
        entries: the entries with lists, each with the proof that it stands in the log.

    """

    consultation: str
    head: str
    entries: tuple[tuple[Entry, tuple[bytes, ...]], ...]
    votes: tuple[ReceiptVote, ...]

    @property
    def holds(self) -> bool:
        """Whether every proof in it is good. Whether the head is genuine is for the holder of the log to say."""
        head = read_head(self.head)
        return all(_entry_holds(entry, path, head) for entry, path in self.entries) and all(
            self.vote_holds(vote) for vote in self.votes
        )

    def vote_holds(self, vote: ReceiptVote) -> bool:
        """Whether the lists have a vote where the receipt says so, and it opens to the choice that it says.

        A vote for which the receipt names no place in any list is proven by nothing.
        """
        lists = {entry.index: entry for entry, _path in self.entries}
        leaf = leaf_hash(line_of(vote.statement, vote.commitment).encode())
        stands = bool(vote.proofs) and all(
            (entry := lists.get(proof.entry)) is not None
            and entry.kind in {COMMITTED, COUNTED}
            and entry.consultation == self.consultation
            and is_included(
                leaf, proof.index, entry.facts["votes"], proof.path, bytes.fromhex(entry.facts["root"])
            )
            for proof in vote.proofs
        )
        return stands and (vote.nonce is None or self._opens(vote, vote.nonce))

    def is_counted(self, vote: ReceiptVote) -> bool:
        """Whether it says that the vote is among those that count in the end."""
        counts = {entry.index for entry, _path in self.entries if entry.kind == COUNTED}
        return any(proof.entry in counts for proof in vote.proofs)

    def _opens(self, vote: ReceiptVote, nonce: bytes) -> bool:
        return vote.choice is not None and vote.commitment == commitment_to(
            self.consultation, vote.statement, vote.choice, is_important=vote.is_important, nonce=nonce
        )


def write_receipt(receipt: Receipt) -> dict[str, Any]:
    """A receipt as data for a JSON file."""
    return {
        "format": FORMAT,
        "consultation": receipt.consultation,
        "head": receipt.head,
        "entries": [{"entry": vars(entry), "path": _hex(path)} for entry, path in receipt.entries],
        "votes": [_write_vote(vote) for vote in receipt.votes],
    }


def read_receipt(text: str) -> Receipt:
    """A receipt as somebody hands it in. Nothing in it is believed yet.

    Raises:
        UnreadableReceiptError

    """
    try:
        data = json.loads(text)
        if data["format"] != FORMAT:
            raise UnreadableReceiptError("this is no receipt")
        receipt = Receipt(
            _name(data["consultation"]),
            data["head"],
            tuple((_entry(one["entry"]), _bytes(one["path"])) for one in data["entries"]),
            tuple(_read_vote(one) for one in data["votes"]),
        )
        read_head(receipt.head)
        # Half a character, which JSON can hold, cannot be signed or looked for.
        receipt.head.encode()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UnreadableReceiptError("this is no receipt") from error
    return receipt


def _entry_holds(entry: Entry, path: Sequence[bytes], head: Head) -> bool:
    return is_included(entry.hash, entry.index, head.size, path, head.root)


def _entry(row: dict[str, Any]) -> Entry:
    entry = Entry(**row)
    _number(entry.index)
    _number(entry.facts["votes"])
    bytes.fromhex(entry.facts["root"])
    _ = entry.hash
    return entry


def _write_vote(vote: ReceiptVote) -> dict[str, Any]:
    written: dict[str, Any] = {
        "statement": vote.statement,
        "commitment": vote.commitment.hex(),
        "proofs": [
            {"entry": proof.entry, "index": proof.index, "path": _hex(proof.path)} for proof in vote.proofs
        ],
    }
    if vote.nonce is not None and vote.choice is not None:
        written |= {
            "choice": vote.choice.name.lower(),
            "important": vote.is_important,
            "nonce": vote.nonce.hex(),
        }
    return written


def _read_vote(row: dict[str, Any]) -> ReceiptVote:
    proofs = tuple(
        Proof(_number(one["entry"]), _number(one["index"]), _bytes(one["path"])) for one in row["proofs"]
    )
    vote = ReceiptVote(_number(row["statement"]), bytes.fromhex(row["commitment"]), proofs)
    if "nonce" not in row:
        return vote
    return ReceiptVote(
        vote.statement,
        vote.commitment,
        proofs,
        choice=Choice[row["choice"].upper()],
        is_important=bool(row["important"]),
        nonce=bytes.fromhex(row["nonce"]),
    )


def _number(given: object) -> int:
    if not isinstance(given, int) or not 0 <= given <= MOST:
        raise UnreadableReceiptError("this is no receipt")
    return given


def _name(given: object) -> str:
    """What a consultation can be called in addresses: no control characters, which no database takes."""
    if not isinstance(given, str) or not given.isprintable():
        raise UnreadableReceiptError("this is no receipt")
    return given


def _hex(hashes: Sequence[bytes]) -> list[str]:
    return [one.hex() for one in hashes]


def _bytes(written: Sequence[str]) -> tuple[bytes, ...]:
    return tuple(bytes.fromhex(one) for one in written)
