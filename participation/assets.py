"""Style sheets, scripts and images: kept by browsers for a year, since a changed file has a new address."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import request

if TYPE_CHECKING:
    from flask import Flask, Response


def set_up(app: Flask) -> None:
    """Put a file's fingerprint into every link to it."""
    folder = Path(str(app.static_folder))

    @app.url_defaults
    def add_fingerprint(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            path = folder / values["filename"]
            values["v"] = _fingerprint(path, path.stat().st_mtime_ns)

    @app.after_request
    def read_whole(response: Response) -> Response:
        """Flask-Compress leaves a file open that it compresses as a stream."""
        if request.endpoint == "static" and response.is_streamed:
            response.direct_passthrough = False
            response.get_data()
        return response


@lru_cache(maxsize=256)
def _fingerprint(path: Path, _changed_at: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]
