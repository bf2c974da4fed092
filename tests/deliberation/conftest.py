"""Analyses that several stories look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from deliberation.analysis import Settings, analyse
from tests.deliberation.planting import planted

if TYPE_CHECKING:
    from deliberation.results import Analysis


@pytest.fixture(scope="session")
def two_groups() -> Analysis:
    """Two clear groups, resampled five times."""
    return analyse(planted((100, 90)).votes, Settings(resamples=5))
