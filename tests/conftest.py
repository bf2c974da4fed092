"""What every test may ask for: an application on each database, a browser tab, people."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from argon2 import PasswordHasher

from participation.accounts import passwords
from participation.extensions import limiter
from tests.applications import application, make_empty
from tests.browser import chromium, served, why_no_chromium
from tests.postgres import PostgresServer, why_no_postgres
from tests.tools import required_in_ci

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from playwright.sync_api import Browser

DATABASES = ("sqlite", "postgres")
# A password is costly to hash so that thieves give up. Hundreds of stories in which somebody signs in would too.
CHEAPLY = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}


@pytest.fixture(scope="session", autouse=True)
def passwords_cost_little() -> Iterator[None]:
    costly, passwords.hasher = passwords.hasher, PasswordHasher(**CHEAPLY)
    yield
    passwords.hasher = costly


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
    with application(url, instance) as app:
        yield app


@pytest.fixture
def app(prepared_app: Flask) -> Iterator[Flask]:
    """The application, its database empty again after the test."""
    limiter.reset()
    yield prepared_app
    make_empty(prepared_app)


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    """For tests that call queries and actions without a page."""
    with app.app_context():
        yield


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; each opens a fresh profile in it."""
    if reason := why_no_chromium():
        required_in_ci(reason)
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, str]]:
    """An application on an SQLite file that a real server serves, and its address."""
    instance = tmp_path_factory.mktemp("house")
    url = f"sqlite:///{instance / 'house.sqlite'}"
    with application(url, instance) as app, served(app) as address:
        yield app, address


@pytest.fixture
def town(house: tuple[Flask, str]) -> Iterator[Flask]:
    """The served application, its database empty again after the test."""
    app, _address = house
    limiter.reset()
    yield app
    make_empty(app)


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
