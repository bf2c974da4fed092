"""E-mail addresses: one way to write each, and none that could say more than an address."""

from __future__ import annotations

from email.errors import HeaderParseError
from email.headerregistry import Address

# RFC 5321, 4.5.3.1: what a mail server must be able to take.
LONGEST_ADDRESS = 254
LONGEST_LOCAL_PART = 64


def normal_address(text: str) -> str | None:
    """The address in small letters, its domain as DNS knows it; None if this is no address we can send to.

    Letters beyond ASCII are taken in the domain (IDNA), not before the @: few mail servers accept those.
    """
    local, _at, domain = text.strip().lower().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
        address = Address(addr_spec=f"{local}@{ascii_domain}")
    except (HeaderParseError, ValueError, IndexError):
        return None
    plain = local.isascii() and local.isprintable() and ascii_domain.isprintable()
    # What the parser put in order by itself, such as comments and folded lines, was no plain address.
    same = address.username == local and address.domain == ascii_domain
    has_dot = "." in ascii_domain.strip(".")
    fits = len(address.addr_spec) <= LONGEST_ADDRESS and len(local) <= LONGEST_LOCAL_PART
    quiet = not set(text.strip()) & set(' \t\r\n\0"(),:;<>[]\\')
    return address.addr_spec if plain and same and has_dot and fits and quiet else None
