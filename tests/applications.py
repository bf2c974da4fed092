"""Applications for tests: each on a database of its own, which can be made empty again."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from flask_migrate import upgrade

from app import create_app
from participation.config import Config
from participation.database import db
from participation.mail.settings import MailSettings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask


@contextmanager
def application(url: str, instance: Path) -> Iterator[Flask]:
    """An application on a migrated, empty database. Its mails go to the folder `mail` of its instance."""
    app = create_app(
        Config(
            secret_key="a secret for tests",
            database_url=url,
            instance=instance,
            mail=MailSettings("baraza@city.example", "https://baraza.city.example", instance / "mail"),
            testing=True,
        )
    )
    with app.app_context():
        upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


def make_empty(app: Flask) -> None:
    """Take every row out of the database, and what the application remembers of them."""
    app.extensions.pop("baraza_decks", None)
    with app.app_context():
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()
