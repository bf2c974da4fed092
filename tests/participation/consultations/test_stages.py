"""What people can do when: read, vote and write, vote only, wait for the answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from deliberation.ballot import Choice
from participation.consultations.queries import consultation_by_slug
from participation.consultations.stages import stages_of
from participation.database import db, now
from participation.following.timeline import Kind, Known, events_from
from participation.statements.actions import OnlyVotesNowError, submit_statement
from tests.builders import make_consultation, make_participant
from tests.people import Citizen

if TYPE_CHECKING:
    from flask import Flask

    from participation.consultations.models import Consultation


def with_last_days(*, writes_for: timedelta) -> Consultation:
    """One that opened a day ago and closes in a week."""
    consultation = make_consultation()
    consultation.statements_until = now() + writes_for
    db.session.commit()
    return consultation


@pytest.mark.usefixtures("context")
def test_each_stage_has_its_time() -> None:
    consultation = with_last_days(writes_for=timedelta(days=2))
    moments = {
        "before": consultation.opens_at - timedelta(hours=1),
        "writing": now(),
        "voting": now() + timedelta(days=3),
        "after": consultation.closes_at,
    }
    found = {
        name: [stage.when.value for stage in stages_of(consultation, at)] for name, at in moments.items()
    }
    assert found == {
        "before": ["now", "ahead", "ahead", "ahead"],
        "writing": ["past", "now", "ahead", "ahead"],
        "voting": ["past", "past", "now", "ahead"],
        "after": ["past", "past", "past", "now"],
    }


@pytest.mark.usefixtures("context")
def test_without_a_last_day_for_statements_there_is_no_stage_of_votes_alone() -> None:
    assert [stage.kind.value for stage in stages_of(make_consultation())] == [
        "inform",
        "deliberate",
        "answer",
    ]


def test_after_the_last_day_for_statements_people_vote_only(app: Flask) -> None:
    with app.app_context():
        consultation = with_last_days(writes_for=timedelta(minutes=-1))
        slug = consultation.slug
        with pytest.raises(OnlyVotesNowError):
            submit_statement(
                consultation, make_participant(consultation), "Late.", "en", receipt_hash=bytes(32)
            )
    amina = Citizen(app)
    assert "Add a statement" not in amina.votes(slug, Choice.AGREE).text
    assert "Now: Vote on everything that was said" in amina.opens(f"/c/{slug}/statements/new").text
    with app.app_context():
        consultation_by_slug(slug).statements_until = None
        db.session.commit()
    assert "Add a statement" in amina.sees_card(slug).text


def test_a_statement_that_arrives_too_late_is_not_lost(app: Flask) -> None:
    with app.app_context():
        slug = with_last_days(writes_for=timedelta(minutes=-1)).slug
    page = Citizen(app).drafts(slug, "I wrote this on the train.")
    assert page.status == 409
    assert "The days for new statements are over." in page.text
    assert page.field("text") == "I wrote this on the train."


@pytest.mark.usefixtures("context")
def test_calendars_and_feeds_know_the_last_day_for_statements() -> None:
    consultation = with_last_days(writes_for=timedelta(days=2))
    known = Known(consultation, consultation.opens_at, counted_at=consultation.closes_at, has_outcome=False)
    assert [event.kind for event in events_from(known)] == [
        Kind.OPENED,
        Kind.VOTES_ONLY,
        Kind.CLOSING,
        Kind.CLOSED,
    ]
