"""What the tests need from the machine, and what they say when it is missing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = Path(os.environ.get("BARAZA_SHARED_DATA", ROOT.parent / "shared" / "data"))


def required_in_ci(reason: str) -> NoReturn:
    """Skip with a reason, except where everything is meant to be installed: there it is a failure."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def shared_data(name: str) -> Path:
    """A folder of recorded conversations; skips the test in a clone that has none beside it."""
    folder = SHARED_DATA / name
    if not folder.exists():
        pytest.skip(f"recorded conversations are not beside this clone ({name})")
    return folder
