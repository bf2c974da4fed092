"""Files that take a moment to make, kept on disk: a version does not change, so its files are made once."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = "reports"


def from_shelf(subject: str, state: str, ending: str, make: Callable[[], bytes]) -> bytes:
    """The bytes of a subject in a state; those of its other states are thrown away when they are made.

    Whoever deletes the folder has them made again.

    Two who ask at once both make the file, and it is the same: it comes under its name only when it is whole.
    """
    file = Path(current_app.instance_path) / FOLDER / f"{subject}-{state}.{ending}"
    try:
        return file.read_bytes()
    except FileNotFoundError:
        content = make()
    file.parent.mkdir(parents=True, exist_ok=True)
    for other in file.parent.glob(f"{subject}-*.{ending}"):
        other.unlink(missing_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as whole:
        whole.write(content)
    Path(whole.name).replace(file)
    return content
