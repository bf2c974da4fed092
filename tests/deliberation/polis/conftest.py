"""Recorded conversations, where they are: beside the repository, or in BARAZA_SHARED_DATA."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_data() -> Path:
    beside = Path(__file__).resolve().parents[3].parent / "shared" / "data"
    folder = Path(os.environ.get("BARAZA_SHARED_DATA", beside))
    if not folder.is_dir():
        pytest.skip(
            f"no recorded conversations: {folder} is absent and BARAZA_SHARED_DATA is not set to a folder"
        )
    return folder
