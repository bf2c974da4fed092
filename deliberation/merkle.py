"""Merkle trees as in RFC 6962 and RFC 9162, section 2.1: one hash for a list, and short proofs about it.

A proof of inclusion shows that something stands in a list whose root is known; a proof of consistency that a
longer list begins with all of a shorter one. Whoever checks needs a few hashes and not the list.
Every function takes the hashes of the leaves, 32 bytes each, in their order.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf. Its first byte keeps anyone from passing a node off as a leaf."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The hash of the whole list."""
    if not leaves:
        return EMPTY_ROOT
    level = leaves
    while len(level) > 1:
        level = _level_above(level)
    return level[0]


def roots(leaves: Iterable[bytes]) -> Iterator[bytes]:
    """The root after each leaf: what the list's root was when it was one long, two long and so on."""
    peaks: list[bytes] = []
    for size, leaf in enumerate(leaves, start=1):
        peaks.append(leaf)
        # As many whole subtrees are joined as the new size has zeros at its end in binary.
        for _join in range((size & -size).bit_length() - 1):
            peaks[-2:] = [node_hash(*peaks[-2:])]
        found = peaks[-1]
        for peak in reversed(peaks[:-1]):
            found = node_hash(peak, found)
        yield found


def inclusion_proofs(leaves: Sequence[bytes], indices: Iterable[int]) -> list[list[bytes]]:
    """For each of these leaves the hashes that lead from it to the root. One pass over the tree for all of them.

    Raises:
        IndexError: there is no such leaf.

    """
    places = list(indices)
    if any(not 0 <= place < len(leaves) for place in places):
        raise IndexError("there is no such leaf")
    paths: list[list[bytes]] = [[] for _place in places]
    level = leaves
    while len(level) > 1:
        for path, place in zip(paths, places, strict=True):
            if place ^ 1 < len(level):
                path.append(level[place ^ 1])
        places = [place // 2 for place in places]
        level = _level_above(level)
    return paths


def consistency_proof(leaves: Sequence[bytes], first: int) -> list[bytes]:
    """The hashes that show that the list begins with what was its first `first` leaves.

    Raises:
        IndexError: the list has not so many.

    """
    if not 0 <= first <= len(leaves):
        raise IndexError("the list is not that long")
    return [] if first in {0, len(leaves)} else _subproof(leaves, first, is_known=True)


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], tree_root: bytes) -> bool:
    """Whether a proof shows a leaf at this place of a list with this root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for other in path:
        if last == 0:
            return False
        if place % 2 or place == last:
            found = node_hash(other, found)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            found = node_hash(found, other)
        place, last = place // 2, last // 2
    return last == 0 and found == tree_root


def is_consistent(
    first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether a proof shows that the second list begins with the first one (RFC 9162, 2.1.4.2)."""
    if not 0 <= first <= second:
        return False
    if first in {0, second}:
        return not path and first_root == (second_root if first else EMPTY_ROOT)
    hashes = list(path)
    if first & (first - 1) == 0:
        # The first list is a whole subtree: its root is known and not sent.
        hashes.insert(0, first_root)
    if not hashes:
        return False
    place, last = first - 1, second - 1
    while place % 2:
        place, last = place // 2, last // 2
    old = new = hashes[0]
    for other in hashes[1:]:
        if last == 0:
            return False
        if place % 2 or place == last:
            old, new = node_hash(other, old), node_hash(other, new)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            new = node_hash(new, other)
        place, last = place // 2, last // 2
    return last == 0 and old == first_root and new == second_root


def _level_above(level: Sequence[bytes]) -> Sequence[bytes]:
    """Pairs hashed together; a last one without a partner goes up as it is."""
    above = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return [*above, level[-1]] if len(level) % 2 else above


def _subproof(leaves: Sequence[bytes], first: int, *, is_known: bool) -> list[bytes]:
    """SUBPROOF of RFC 9162, 2.1.4.1: `is_known` while the whole subtree is one that the checker has the root of."""
    if first == len(leaves):
        return [] if is_known else [root(leaves)]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if first <= split:
        return [*_subproof(leaves[:split], first, is_known=is_known), root(leaves[split:])]
    return [*_subproof(leaves[split:], first - split, is_known=False), root(leaves[:split])]
