"""What comes with a receipt that somebody hands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Request


def read_sent_receipt(request: Request) -> str:
    """The text of the file, or else what was pasted. What is no text is no receipt either."""
    file = request.files.get("file")
    if file and file.filename:
        content: bytes = file.read()
        return content.decode("utf-8", errors="replace")
    return request.form.get("receipt", "")
