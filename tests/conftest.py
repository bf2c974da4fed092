"""What every test may ask for: an application on each database, a browser tab, people."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from flask_migrate import upgrade

from app import create_app
from participation.config import Config
from participation.database import db
from participation.extensions import limiter
from tests.postgres import PostgresServer, why_no_postgres
from tests.tools import required_in_ci

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient

DATABASES = ("sqlite", "postgres")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL server of our own, on a free port."""
    if reason := why_no_postgres():
        required_in_ci(reason)
    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="session", params=DATABASES)
def prepared_app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application on a migrated, empty database; once for each kind of database."""
    instance: Path = tmp_path_factory.mktemp(f"instance-{request.param}")
    if request.param == "postgres":
        url = request.getfixturevalue("postgres").new_database()
    else:
        url = f"sqlite:///{instance / 'test.sqlite'}"
    app = create_app(
        Config(secret_key="a secret for tests", database_url=url, instance=instance, testing=True)
    )
    with app.app_context():
        upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(prepared_app: Flask) -> Iterator[Flask]:
    """The application, its database empty again after the test."""
    limiter.reset()
    yield prepared_app
    prepared_app.extensions.pop("baraza_decks", None)
    with prepared_app.app_context():
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    """For tests that call queries and actions without a page."""
    with app.app_context():
        yield


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(autouse=True)
def closed_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test talks to another machine."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "here"
        if host not in {"here", "localhost", "127.0.0.1", "::1"}:
            raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)
