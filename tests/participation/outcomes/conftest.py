"""A consultation that is over and counted, and the facts of one that has everything in it."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from deliberation.ballot import Choice
from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.jobs.worker import WorkerProcess
from participation.moderation.models import Decision, Reason, Verdict
from participation.organisations.models import Role
from participation.outcomes.actions import draft_facts, save_text
from participation.statements.models import Origin, State, Statement, StatementText
from participation.statements.queries import statements_of
from tests.applications import application
from tests.builders import (
    make_camps,
    make_consultation,
    make_dossier,
    make_question,
    make_votes,
    move_closing,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from participation.consultations.models import Consultation
    from participation.outcomes.facts import Facts

#: What people write who mean no good, and people who write in other scripts.
HOSTILE = (
    "<script>alert(1)</script> must not run.",
    "100 %(votes)s of %d people {brace} $x$",
    '=HYPERLINK("https://example.org","click")',
    "A person decides, \u200fوليس النموذج, and हिन्दी stays whole.",
    "Ein" + "sehr" * 60 + "langes Wort",
    "# No heading",
    "Costs & \"quotes\" 'and' <b>tags</b>",
    "| a | table |",
    "[link](javascript:alert(1))",
    "Plain words.",
)
LANGUAGES = ("en", "fr", "ar", "hi")


def count(app: Flask, consultation: Consultation) -> Consultation:
    """Close it two minutes ago, and let the worker analyse it."""
    slug = consultation.slug
    move_closing(consultation, now() - timedelta(minutes=2))
    WorkerProcess(app).do_what_is_due()
    db.session.rollback()
    found = consultation_by_slug(slug)
    assert found
    return found


def agreed_by(app: Flask, people: int = 12, **options: object) -> Consultation:
    """All agree with the first statement, all disagree with the second, and one has voted on the third."""
    consultation = make_consultation(**options)  # type: ignore[arg-type]
    first, second, third = statements_of(consultation.id)
    make_votes(consultation, first, [Choice.AGREE] * people)
    make_votes(consultation, second, [Choice.DISAGREE] * people)
    make_votes(consultation, third, [Choice.PASS])
    return count(app, consultation)


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Facts]]:
    """The application, and the facts of a consultation with hostile texts, two camps, a dossier and moderation."""
    folder = tmp_path_factory.mktemp("everything")
    with application(f"sqlite:///{folder / 'test.sqlite'}", folder) as app:
        with app.app_context():
            consultation = make_consultation(languages=LANGUAGES, seeds=HOSTILE)
            consultation.dossier_version = make_dossier()
            consultation.responds_by = (now() + timedelta(days=60)).date()
            consultation.texts["en"].title = "50 %(title)s of <b>people</b>"
            db.session.commit()
            make_question(consultation)
            statements = statements_of(consultation.id)
            statements[9].texts["fr"] = StatementText(language="fr", text="Des mots.", origin=Origin.MACHINE)
            make_camps(consultation, people=60)
            _kept_out(consultation, statements[0])
            save_text(consultation, "mandate", "en", "<img src=x onerror=alert(1)> **ours**", edition=0)
            consultation = count(app, consultation)
            facts = draft_facts(consultation)
        # Outside its context: commands that other tests run would find themselves in this application.
        yield app, facts


def _kept_out(consultation: Consultation, successor: Statement) -> None:
    """A participant's statement that was closed as a duplicate, and one that is about somebody's neighbour."""
    for number, (verdict, state, reason) in enumerate(
        (
            (Verdict.MERGE, State.MERGED, None),
            (Verdict.REJECT, State.REJECTED, Reason.PERSONAL_DATA),
        ),
        start=101,
    ):
        statement = Statement(consultation_id=consultation.id, number=number, language="en", state=state)
        statement.texts["en"] = StatementText(language="en", text=f"My neighbour at number {number} cheats.")
        db.session.add(statement)
        db.session.flush()
        decision = Decision(statement_id=statement.id, verdict=verdict, reason=reason, role=Role.MODERATOR)
        decision.successors = [successor] if verdict is Verdict.MERGE else []
        db.session.add(decision)
    db.session.commit()


@pytest.fixture
def facts(everything: tuple[Flask, Facts]) -> Facts:
    """The same facts, to be changed by one test."""
    return copy.deepcopy(everything[1])


@pytest.fixture
def speaker(everything: tuple[Flask, Facts]) -> Iterator[None]:
    """For tests of words alone: no database is asked."""
    app, _facts = everything
    with app.app_context():
        yield
