"""What people can do when: read, vote and write, vote only, wait for the answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from deliberation.ballot import Choice
from participation.consultations.queries import consultation_by_slug
from participation.consultations.stages import Afterwards, When, stages_of
from participation.database import db, now
from participation.following.timeline import Kind, Known, events_from
from participation.outcomes.models import FindingKind
from participation.responses.actions import Condition, Reply, add_milestone, publish_answer
from participation.responses.afterwards import afterwards_of
from participation.responses.models import Verdict
from participation.statements.actions import OnlyVotesNowError, submit_statement
from tests.builders import make_consultation, make_findings, make_participant
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
        name: [stage.when.value for stage in stages_of(consultation, at=at)] for name, at in moments.items()
    }
    assert found == {
        "before": ["now", *["ahead"] * 6],
        "writing": ["past", "now", *["ahead"] * 5],
        "voting": ["past", "past", "now", *["ahead"] * 4],
        "after": ["past", "past", "past", "now", *["ahead"] * 3],
    }


@pytest.mark.usefixtures("context")
def test_after_closing_each_stage_begins_with_a_deed() -> None:
    consultation = make_consultation(closes_in=timedelta(hours=-3))
    an_hour_ago, later = now() - timedelta(hours=1), now() + timedelta(days=9)
    told = [
        next(one for one in stages_of(consultation, since, at) if one.when is When.NOW).kind.value
        for since, at in (
            (Afterwards(), now()),
            (Afterwards(an_hour_ago), now()),
            (Afterwards(an_hour_ago, answered_at=an_hour_ago), now()),
            (Afterwards(an_hour_ago, an_hour_ago, followed_up_at=later), now()),
            (Afterwards(an_hour_ago, an_hour_ago, followed_up_at=later), later),
        )
    ]
    assert told == ["closed", "report", "answer", "answer", "follow-up"]


@pytest.mark.usefixtures("context")
def test_an_answer_without_a_report_does_not_claim_that_there_was_one() -> None:
    consultation = make_consultation(closes_in=timedelta(hours=-3))
    kinds = [stage.kind.value for stage in stages_of(consultation, Afterwards(answered_at=now()))]
    assert kinds == ["inform", "deliberate", "closed", "answer", "follow-up"]


def test_a_late_answer_is_called_late(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation(opens_in=timedelta(days=-9), closes_in=timedelta(days=-5))
        consultation.responds_by = (now() - timedelta(days=2)).date()
        db.session.commit()
        slug = consultation.slug
    assert "and is late." in Citizen(app).opens(f"/c/{slug}").text


def test_the_last_stages_follow_from_what_the_authority_publishes(app: Flask) -> None:
    with app.app_context():
        slug = make_consultation(closes_in=timedelta(minutes=-5)).slug
    amina = Citizen(app)
    assert "Now: Voting is over and the votes are counted" in amina.opens(f"/c/{slug}").text
    with app.app_context():
        consultation = consultation_by_slug(slug)
        findings = make_findings(consultation, FindingKind.SHARED_AGREEMENT, FindingKind.DIVIDES)
        assert "Now: The report can be read" in amina.opens(f"/c/{slug}").text
        reply = Reply(Verdict.ACCEPT, {"en": "Yes."}, "The mayor")
        publish_answer(consultation, findings[0], reply, {})
        assert "Now: The report can be read" in amina.opens(f"/c/{slug}").text, "one has no answer"
        publish_answer(consultation, findings[1], reply, {})
        assert "Now: Those who decide answer" in amina.opens(f"/c/{slug}").text
        add_milestone(consultation, Condition({"en": "Train the staff."}, now().date()))
    assert afterwards_in(app, slug).followed_up_at


def afterwards_in(app: Flask, slug: str) -> Afterwards:
    with app.app_context():
        return afterwards_of(consultation_by_slug(slug))


@pytest.mark.usefixtures("context")
def test_without_a_last_day_for_statements_there_is_no_stage_of_votes_alone() -> None:
    assert [stage.kind.value for stage in stages_of(make_consultation())] == [
        "inform",
        "deliberate",
        "closed",
        "report",
        "answer",
        "follow-up",
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
