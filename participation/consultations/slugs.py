"""A readable name for an address, made from a title."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, count
from typing import TYPE_CHECKING

from participation.consultations.queries import consultation_by_slug

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_SLUG = 60


def free_slug(titles: Iterable[str]) -> str:
    """A slug that no consultation has, from the first title that is written in Latin letters."""
    stem = next(filter(None, map(_slug, titles)), "consultation")
    candidates = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(slug for slug in candidates if consultation_by_slug(slug) is None)


def _slug(title: str) -> str:
    """Lower case Latin letters and digits, joined by hyphens; empty if the title has hardly any."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    slug = "-".join(words)[:LONGEST_SLUG].strip("-")
    return slug if any(word.isalpha() for word in words) else ""
