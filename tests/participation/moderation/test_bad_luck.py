"""What goes wrong while people decide: a reason is forgotten, an author is faster, somebody else wants to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, event

from participation.consultations.queries import consultation_by_slug
from participation.database import db
from participation.moderation.actions import StatementGoneError, decide
from participation.moderation.models import Reason, Verdict
from participation.statements.models import State, Statement
from tests.participation.moderation.conftest import PLAIN, Town

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask


@pytest.mark.parametrize("verdict", [Verdict.REJECT, Verdict.REWORD])
def test_without_a_reason_nothing_is_decided_and_the_note_is_kept(town: Town, verdict: Verdict) -> None:
    statement = town.writes()
    page = town.decides(town.fatima, statement, verdict, reason="", note="Write it as a claim.")
    assert page.status == 409
    assert "Please choose the reason: the author will read it." in page.text
    assert page.field("note") == "Write it as a claim."
    assert town.statement(PLAIN).state is State.WAITING


def test_without_a_reason_for_several_they_stay_ticked(town: Town) -> None:
    first, second = town.writes(), town.writes("The forms should be shorter.")
    path = f"/desk/c/{town.slug}/statements/several"
    page = town.fatima.sends(path, verdict="reject", reason="", ticked=[f"{first}-", f"{second}-"])
    assert page.status == 409
    assert "What you ticked is still ticked." in page.text
    assert len(page.html.select("[name=ticked][checked]")) == 2
    page = town.fatima.sends(path, verdict="reject", reason="off-topic", ticked=[f"{first}-", f"{second}-"])
    assert "2 decided." in page.text


def test_an_author_who_withdraws_is_faster_than_whoever_decides(town: Town) -> None:
    statement = town.writes()
    with town.app.app_context():
        consultation = consultation_by_slug(town.slug)
        read = db.session.get_one(Statement, statement)
        # From here the author is faster, in a browser of their own.
        db.session.commit()
        with db.engine.begin() as elsewhere:
            elsewhere.execute(delete(Statement).where(Statement.id == statement))
        with pytest.raises(StatementGoneError):
            decide(consultation, read, Verdict.REJECT, by=None, reason=Reason.OFF_TOPIC)
    page = town.decides(town.fatima, statement, Verdict.ACCEPT)
    assert page.status == 404


@pytest.fixture
def locks(app: Flask) -> Iterator[list[str]]:
    """Every time that SQLite's write lock is asked for, and each question to the database after it."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        yield seen
        event.remove(engine, "before_cursor_execute", note)


def test_nobody_waits_while_a_statement_is_looked_at(town: Town, locks: list[str]) -> None:
    with town.app.app_context():
        if db.engine.dialect.name != "sqlite":
            pytest.skip("only SQLite lets one person write at a time")
    town.amina.token()
    locks.clear()
    page = town.amina.drafts(town.slug, "Who pays for this?")
    assert "Send it as it is" in page.text or "reviewed" in str(page.html)
    assert "BEGIN IMMEDIATE" not in locks
    town.amina.writes(town.slug, PLAIN)
    assert locks.count("BEGIN IMMEDIATE") >= 1
    first_lock = locks.index("BEGIN IMMEDIATE")
    # All statements were read, to find near ones, before anybody had to wait.
    assert any("FROM statements" in asked for asked in locks[:first_lock])
