"""Where a page leads when it says in its own address where somebody came from."""

from __future__ import annotations


def way_back(target: str | None, otherwise: str) -> str:
    """The page of this site that was named, or another one if the name could lead to another host.

    Browsers drop tabs and line breaks, and read a backslash as a slash: "/<tab>/evil.example" is "//evil.example".
    """
    if (
        not target
        or not target.startswith("/")
        or target.startswith(("//", "/\\"))
        or not target.isprintable()
    ):
        return otherwise
    return target
