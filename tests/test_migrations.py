"""Migrations: the head equals the models, each goes down and up again, and rows survive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from participation.database import db

if TYPE_CHECKING:
    from flask import Flask


def test_the_head_equals_the_models(app: Flask) -> None:
    with app.app_context():
        context = MigrationContext.configure(db.session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_everything_goes_down_and_up_again(app: Flask) -> None:
    with app.app_context():
        downgrade(revision="base")
        left = set(inspect(db.engine).get_table_names())
        upgrade()
        assert left <= {"alembic_version"}
        assert set(db.metadata.tables) <= set(inspect(db.engine).get_table_names())
