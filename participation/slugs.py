"""A readable name for an address, made from a title."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LONGEST_SLUG = 60


def free_slug(titles: Iterable[str], *, otherwise: str, is_taken: Callable[[str], object]) -> str:
    """A slug that is not taken, from the first title that is written in Latin letters.

    Args:
        otherwise: what to call it if no title is.
        is_taken: gives anything true for a slug that another has.

    """
    stem = next(filter(None, map(slug_of, titles)), otherwise)
    candidates = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(slug for slug in candidates if not is_taken(slug))


def slug_of(title: str) -> str:
    """Lower case Latin letters and digits, joined by hyphens; empty if the title has hardly any."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    slug = "-".join(words)[:LONGEST_SLUG].strip("-")
    return slug if any(word.isalpha() for word in words) else ""
