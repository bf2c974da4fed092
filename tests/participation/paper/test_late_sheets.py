"""Sheets that are counted after the last day: what the report says of the people in it stays right."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from participation.consultations.models import Participant
from participation.consultations.queries import consultation_by_slug
from participation.contributions.actions import erase
from participation.database import db, now
from participation.jobs.worker import WorkerProcess
from participation.monitoring.actions import set_margin
from participation.monitoring.queries import unweighed_consultations
from participation.opinions.models import Snapshot
from participation.opinions.queries import has_final_analysis, snapshot_of
from participation.outcomes.actions import draft_facts
from participation.outcomes.blockers import blockers_of
from participation.paper.actions import open_batch, print_sheets
from participation.paper.batches import enter_sheet
from participation.paper.counting import close_batch
from participation.questions.models import SelfDescription
from tests.builders import make_account, make_camps, make_consultation, make_question, move_closing

if TYPE_CHECKING:
    from flask import Flask

    from participation.consultations.models import Consultation
    from tests.participation.paper.conftest import Sheets

ONLINE, ANSWERED, ON_PAPER = 24, 12, 8


def closed(app: Flask) -> tuple[Consultation, Sheets]:
    """Of 24 people half said how old they are; the last day is over, it is counted and weighed."""
    consultation = make_consultation(make_account("Fatima"))
    question = make_question(consultation)
    make_camps(consultation, people=ONLINE)
    everybody = select(Participant.id).where(Participant.consultation_id == consultation.id)
    for place, person in enumerate(db.session.scalars(everybody.order_by(Participant.id)).all()[:ANSWERED]):
        db.session.add(
            SelfDescription(
                participant_id=person,
                question_id=question.id,
                choice=place % 2,
                consultation_id=consultation.id,
            )
        )
    db.session.commit()
    set_margin(question, [0.4, 0.4, 0.2], "Census 2021")
    sheets = print_sheets(consultation, number=ON_PAPER, on_each=3, language="en")
    move_closing(consultation, now() - timedelta(minutes=5))
    return after_the_worker(app, consultation), sheets


def after_the_worker(app: Flask, consultation: Consultation) -> Consultation:
    slug = consultation.slug
    WorkerProcess(app).do_what_is_due()
    db.session.rollback()
    db.session.expire_all()
    found = consultation_by_slug(slug)
    assert found
    return found


def count_sheets(consultation: Consultation, sheets: Sheets) -> None:
    omar = make_account("Omar")
    batch = open_batch(consultation, by=omar, place="Library", collected_on=now().date())
    for code, on_it in sheets:
        enter_sheet(consultation, batch, code, [1] * len(on_it), by=omar)
    close_batch(consultation, batch, by=omar)


@pytest.mark.usefixtures("context")
def test_people_on_paper_are_among_those_who_were_not_asked(app: Flask) -> None:
    consultation, sheets = closed(app)
    count_sheets(consultation, sheets)
    consultation = after_the_worker(app, consultation)
    facts = draft_facts(consultation)
    (question,) = facts["answers"]["questions"]
    assert facts["participation"]["voters"] == ONLINE + ON_PAPER
    assert question["unanswered"] == ONLINE + ON_PAPER - ANSWERED
    assert "answered" not in question
    assert blockers_of(consultation) == []


@pytest.mark.usefixtures("context")
def test_the_report_waits_until_the_new_count_is_weighed(app: Flask) -> None:
    consultation, sheets = closed(app)
    count_sheets(consultation, sheets)
    consultation = after_the_worker(app, consultation)
    snapshot = snapshot_of(consultation.id)
    assert snapshot
    assert snapshot.weighed is not None
    snapshot.weighed = None
    db.session.commit()
    assert has_final_analysis(consultation)
    assert unweighed_consultations() == [consultation.id]
    assert "still being counted" in " ".join(blockers_of(consultation))


@pytest.mark.usefixtures("context")
def test_who_had_her_answers_erased_is_not_told_by_a_second_count(app: Flask) -> None:
    """Only the people on paper are added, to those without an answer; all else stays as it was counted."""
    consultation, sheets = closed(app)
    before = snapshot_of(consultation.id)
    assert before
    answers, weighed = before.answers, before.weighed
    gone = db.session.scalars(
        select(Participant).join(SelfDescription, SelfDescription.participant_id == Participant.id)
    ).first()
    assert gone
    erase(consultation, gone)
    count_sheets(consultation, sheets)
    consultation = after_the_worker(app, consultation)
    after = db.session.scalar(select(Snapshot).execution_options(populate_existing=True))
    assert after
    assert after.weighed == weighed
    assert answers
    assert after.answers
    *counts, unanswered = answers["1"]["counts"]
    assert after.answers["1"] == {**answers["1"], "counts": [*counts, unanswered + ON_PAPER]}
