"""A participant's receipt, and what becomes of one that somebody hands in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from sqlalchemy import select

from deliberation.log_entries import is_signed, read_head
from deliberation.merkle import inclusion_proofs, root
from deliberation.receipts import Proof, Receipt, ReceiptVote
from deliberation.vote_commitments import commitment_to, line_of, proofs_in
from participation.database import db
from participation.statements.models import Statement
from participation.transparency.queries import (
    as_entry,
    batches_of,
    count_of,
    entry_at,
    hashes_of,
    keys_of_log,
    latest_head,
    lines_of,
    origin,
    size_of_log,
)
from participation.votes.models import Vote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from deliberation.ballot import Choice
    from participation.consultations.models import Consultation
    from participation.transparency.models import LogEntry


@dataclass(frozen=True)
class HeldVote:
    """A vote that holds, and the commitment to it; None while it waits for one or is tied to none any more."""

    statement: int
    choice: Choice
    is_important: bool
    nonce: bytes | None
    commitment: bytes | None


class Standing(Enum):
    """What the log says today of a vote in a receipt."""

    COUNTED = "counted"
    NOT_COUNTED = "not-counted"
    COMMITTED = "committed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Examined:
    """What was found about a receipt.

    Attributes:
        is_of_this_log: whether its head is of this log at all.
        is_signed: whether its head has a signature by a key that the log names.
        is_in_log: whether the log still begins with what the head was signed for; if not, it was rewritten.
        proofs_hold: whether each of its proofs is good.
        standings: for each vote in it what the log says of it today.

    """

    receipt: Receipt
    is_of_this_log: bool
    is_signed: bool
    is_in_log: bool
    proofs_hold: bool
    standings: tuple[tuple[ReceiptVote, Standing], ...]

    @property
    def is_good(self) -> bool:
        return self.is_signed and self.is_in_log and self.proofs_hold


def held_votes(consultation: Consultation, participant_id: int) -> list[HeldVote]:
    """The votes of one participant with the commitments to them, by number of statement."""
    votes = db.session.execute(
        select(Statement.number, Vote.choice, Vote.is_important, Vote.nonce)
        .join(Statement, Statement.id == Vote.statement_id)
        .where(Vote.participant_id == participant_id)
        .order_by(Statement.number)
    )
    return [
        HeldVote(
            number,
            choice,
            important,
            nonce,
            nonce and commitment_to(consultation.slug, number, choice, is_important=important, nonce=nonce),
        )
        for number, choice, important, nonce in votes
    ]


def receipt_for(consultation: Consultation, participant_id: int, *, opened: bool) -> Receipt | None:
    """A participant's receipt for the votes that are committed to under the latest head; None if there is none.

    Args:
        opened: with choices and nonces, so that it shows how they voted.

    """
    head = latest_head()
    if head is None:
        return None
    votes = [vote for vote in held_votes(consultation, participant_id) if vote.commitment]
    lists = _lists_for(consultation, votes, head.size)
    hashes = hashes_of(head.size)
    paths = inclusion_proofs(hashes, [row.index for row, _lines in lists])
    proofs: dict[str, list[Proof]] = {}
    for row, lines in lists:
        _add_proofs(proofs, row.index, lines, {line_of(v.statement, v.commitment or b"") for v in votes})
    return Receipt(
        consultation.slug,
        head.note,
        tuple((as_entry(row), tuple(path)) for (row, _lines), path in zip(lists, paths, strict=True)),
        tuple(
            ReceiptVote(
                vote.statement,
                vote.commitment or b"",
                tuple(proofs[line]),
                choice=vote.choice if opened else None,
                is_important=opened and vote.is_important,
                nonce=vote.nonce if opened else None,
            )
            for vote in votes
            if (line := line_of(vote.statement, vote.commitment or b"")) in proofs
        ),
    )


def examine(receipt: Receipt) -> Examined:
    """Compare a receipt with the log as it is today."""
    head = read_head(receipt.head)
    size = size_of_log()
    return Examined(
        receipt,
        is_of_this_log=head.origin == origin(),
        is_signed=is_signed(receipt.head, keys_of_log()),
        is_in_log=head.size <= size and root(hashes_of(head.size)) == head.root,
        proofs_hold=receipt.holds,
        standings=tuple(_standings(receipt)),
    )


def _lists_for(
    consultation: Consultation, votes: Sequence[HeldVote], size: int
) -> list[tuple[LogEntry, list[str]]]:
    batches = batches_of(vote.commitment for vote in votes if vote.commitment)
    rows = [entry_at(index) for index in sorted(set(batches.values()))]
    counted = count_of(consultation.slug)
    return [(row, lines_of(row)) for row in (*rows, counted) if row is not None and row.index < size]


def _add_proofs(proofs: dict[str, list[Proof]], entry: int, lines: Sequence[str], wanted: set[str]) -> None:
    places = [place for place, line in enumerate(lines) if line in wanted]
    for place, path in zip(places, proofs_in(lines, places), strict=True):
        proofs.setdefault(lines[place], []).append(Proof(entry, place, tuple(path)))


def _standings(receipt: Receipt) -> list[tuple[ReceiptVote, Standing]]:
    batches = batches_of(vote.commitment for vote in receipt.votes)
    counted = count_of(receipt.consultation)
    lines = set(lines_of(counted)) if counted else None
    return [(vote, _standing(vote, batches, lines)) for vote in receipt.votes]


def _standing(vote: ReceiptVote, batches: Mapping[bytes, int], counted: set[str] | None) -> Standing:
    if vote.commitment not in batches:
        return Standing.UNKNOWN
    if counted is None:
        return Standing.COMMITTED
    return Standing.COUNTED if line_of(vote.statement, vote.commitment) in counted else Standing.NOT_COUNTED
