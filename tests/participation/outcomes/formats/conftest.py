"""For tests of files that are made from frozen words: a page in English, with no database behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import g

from app import create_app
from participation.config import Config
from participation.i18n import DEFAULT_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    instance = tmp_path_factory.mktemp("paper")
    return create_app(Config(secret_key="x", database_url="sqlite://", instance=instance, testing=True))


@pytest.fixture
def english_page(paper: Flask) -> Iterator[None]:
    """Formatting and sentences speak English; a test may put another language into `g`."""
    with paper.test_request_context():
        g.language = DEFAULT_LANGUAGE
        yield
