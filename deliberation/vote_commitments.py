"""Commitments: lines in a public list that show that a vote was not changed, and do not show what it says.

A commitment is an HMAC-SHA256 of the vote under 32 random bytes, its nonce. Whoever has only the line learns
nothing of the choice; whoever has the nonce too can open it, and to one choice only.
"""

from __future__ import annotations

import hmac
from functools import lru_cache
from typing import TYPE_CHECKING

from deliberation.log_entries import canonical
from deliberation.merkle import inclusion_proofs, leaf_hash, root

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from deliberation.ballot import Choice

BYTES_OF_A_NONCE = 32


def commitment_to(
    consultation: str, statement: int, choice: Choice, *, is_important: bool, nonce: bytes
) -> bytes:
    """The 32 bytes that stand for a vote.

    Args:
        consultation: its name in addresses.
        statement: the number of the statement.
        is_important: whether "this matters to me" was said with it.

    """
    return hmac.digest(nonce, _said(consultation, statement, choice, is_important=is_important), "sha256")


def line_of(statement: int, commitment: bytes) -> str:
    """How a commitment stands in a list: the statement's number, a space, the commitment in hexadecimal."""
    return f"{statement} {commitment.hex()}"


def in_order(commitments: Iterable[tuple[int, bytes]]) -> list[str]:
    """The lines of a list: by the number of the statement, then by commitment, so that order tells nothing."""
    return [line_of(*pair) for pair in sorted(commitments)]


def root_of(lines: Sequence[str]) -> bytes:
    """The root of the Merkle tree over the lines."""
    return root(_leaves(lines))


def proofs_in(lines: Sequence[str], wanted: Iterable[int]) -> list[list[bytes]]:
    """For each of these places in the list the proof that its line stands there."""
    return inclusion_proofs(_leaves(lines), wanted)


@lru_cache(maxsize=4096)
def _said(consultation: str, statement: int, choice: Choice, *, is_important: bool) -> bytes:
    """What is committed to. Many votes say the same, and only their nonces differ."""
    return canonical(
        {
            "choice": choice.name.lower(),
            "consultation": consultation,
            "important": is_important,
            "statement": statement,
        }
    )


def _leaves(lines: Sequence[str]) -> list[bytes]:
    return [leaf_hash(line.encode()) for line in lines]
