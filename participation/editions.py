"""What somebody saw before they changed it, so that nobody writes over another's words unseen."""

from __future__ import annotations


def number_seen(sent: object) -> int:
    """The number in a hidden field, of an edition or a version; -1, which is none, if it holds no number."""
    text = "" if sent is None else str(sent)
    return int(text) if text.isdecimal() else -1
