"""The entries of a log to which things are only ever added, and the signed heads that say how it stands.

Each entry names the hash of the one before it, and its own hash is the leaf of a Merkle tree. A head is a
signed note with a checkpoint in it, as C2SP's tlog-checkpoint and signed-note say: other tools can read it.
"""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from deliberation.merkle import leaf_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: What the first entry names as the hash before it.
NOTHING_BEFORE = bytes(32)
#: The kind of the entries that say with which key heads are signed from then on.
SIGNING_KEY = "signing-key"
SIGNATURE_MARK = "\N{EM DASH} "
ED25519 = b"\x01"


class UnreadableHeadError(ValueError):
    """A text is no head of a log."""


@dataclass(frozen=True)
class Entry:
    """One event.

    Attributes:
        at: when it was written down, to the minute, in UTC: "2026-11-24T10:30Z".
        consultation: the name that the consultation has in addresses, if it is about one; and so the organisation.
        facts: what happened; texts, whole numbers, truth values, lists and mappings of these.
        previous: the hash of the entry before, in hexadecimal.

    """

    index: int
    kind: str
    at: str
    consultation: str | None
    organisation: str | None
    facts: Mapping[str, Any]
    previous: str

    @property
    def hash(self) -> bytes:
        return leaf_hash(canonical(asdict(self)))


@dataclass(frozen=True)
class Head:
    """How a log stood when it had so many entries."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def canonical(value: object) -> bytes:
    """JSON in the one form that hashes are made of, as RFC 8785 has it for what entries hold.

    Raises:
        TypeError: there is a fraction in it, for which programs differ.

    """
    _refuse_fractions(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def origin_of(first_entry: bytes) -> str:
    """What a log calls itself: nobody can begin another log that goes by the same name."""
    return f"baraza-log/{first_entry.hex()[:16]}"


def sign(head: Head, key: Ed25519PrivateKey) -> str:
    """A head with its signature, as a signed note."""
    public = key.public_key().public_bytes_raw()
    signature = _key_id(head.origin, public) + key.sign(head.text().encode())
    return f"{head.text()}\n{SIGNATURE_MARK}{head.origin} {base64.b64encode(signature).decode()}\n"


def read_head(note: str) -> Head:
    """What a signed note says. The signature is not looked at.

    Raises:
        UnreadableHeadError

    """
    try:
        origin, size, root, *_more = note.replace("\r\n", "\n").split("\n")
        head = Head(origin, int(size), base64.b64decode(root, validate=True))
    except ValueError as error:
        raise UnreadableHeadError("this is no head of a log") from error
    if len(head.root) != sha256().digest_size or head.size < 0:
        raise UnreadableHeadError("this is no head of a log")
    return head


def is_signed(note: str, public_keys: Iterable[bytes]) -> bool:
    """Whether one of these keys, 32 bytes each, has signed the note."""
    text, _blank, signatures = note.replace("\r\n", "\n").partition("\n\n")
    text += "\n"
    for line in signatures.splitlines():
        name, _space, encoded = line.removeprefix(SIGNATURE_MARK).rpartition(" ")
        try:
            signature = base64.b64decode(encoded, validate=True)
        except ValueError:
            continue
        for public in public_keys:
            if signature[:4] == _key_id(name, public) and _verifies(public, signature[4:], text):
                return True
    return False


def verifier_key(origin: str, public: bytes) -> str:
    """A public key as tools that read signed notes take it."""
    encoded = base64.b64encode(ED25519 + public).decode()
    return f"{origin}+{_key_id(origin, public).hex()}+{encoded}"


def keys_in(entries: Iterable[Entry]) -> list[bytes]:
    """The public keys that a log names, the first one first."""
    return [bytes.fromhex(entry.facts["public_key"]) for entry in entries if entry.kind == SIGNING_KEY]


def _key_id(name: str, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]


def _verifies(public: bytes, signature: bytes, text: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True


def _refuse_fractions(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("an entry holds no fractions")
    if isinstance(value, dict):
        for one in value.values():
            _refuse_fractions(one)
    if isinstance(value, (list, tuple)):
        for one in value:
            _refuse_fractions(one)
