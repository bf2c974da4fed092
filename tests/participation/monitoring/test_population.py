"""Fatima says what the population looks like, and sees who is missing; nobody is recognised by it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, select

from deliberation.ballot import Choice
from participation.accounts.models import Account
from participation.consultations.models import Participant
from participation.consultations.queries import consultation_by_slug
from participation.contributions.actions import erase
from participation.database import db, now
from participation.jobs.worker import WorkerProcess
from participation.monitoring.actions import (
    FiguresAreFixedError,
    forget_margin,
    freeze_weighing,
    set_margin,
)
from participation.monitoring.forms import read_number
from participation.monitoring.missing import who_answered
from participation.monitoring.queries import margins_of
from participation.monitoring.weighing import CannotBeWeighedError, weighed
from participation.opinions.actions import refresh_snapshot
from participation.opinions.models import Snapshot
from participation.questions.models import Question, QuestionText, SelfDescription
from participation.statements.queries import statements_of
from participation.votes.models import Vote
from tests.builders import make_account, make_camps, make_consultation, make_question, move_closing
from tests.people import Staff

if TYPE_CHECKING:
    from flask import Flask

    from deliberation.weighting import WeightedShare
    from participation.consultations.models import Consultation

SEEDS = [f"Statement number {number} is about the model." for number in range(1, 9)]
CENSUS = "Census 2021, residents from 16 years on"


def answer(consultation: Consultation, question: Question, counts: tuple[int, ...]) -> None:
    """The first people who voted answer in turn: so many each choice."""
    people = iter(
        db.session.scalars(
            select(Participant.id)
            .where(Participant.consultation_id == consultation.id)
            .order_by(Participant.id)
        ).all()
    )
    rows = [
        {
            "participant_id": next(people),
            "question_id": question.id,
            "consultation_id": consultation.id,
            "choice": choice,
        }
        for choice, count in enumerate(counts)
        for _person in range(count)
    ]
    db.session.execute(insert(SelfDescription), rows)
    db.session.commit()


def town(*counts: int, people: int = 120) -> tuple[Consultation, Question]:
    consultation = make_consultation(make_account("Fatima"), seeds=SEEDS, opens_in=timedelta(days=-5))
    question = make_question(consultation)
    make_camps(consultation, people=people)
    answer(consultation, question, counts)
    return consultation, question


@pytest.mark.usefixtures("context")
def test_while_it_is_open_shares_are_told_in_steps_and_one_more_answer_changes_nothing() -> None:
    consultation, question = town(12, 46, 2)
    set_margin(question, [30, 40, 30], CENSUS)
    (asked,) = who_answered(consultation)
    assert [(part.low, part.high) for part in asked.parts] == [(0.2, 0.3), (0.7, 0.8), (0, 0.1)]
    assert [part.is_missing for part in asked.parts] == [True, False, True]


@pytest.mark.usefixtures("context")
def test_of_fewer_than_fifty_nothing_is_told() -> None:
    consultation, _question = town(20, 20, 9)
    (asked,) = who_answered(consultation)
    assert asked.parts is None


@pytest.mark.usefixtures("context")
def test_after_closing_shares_are_exact_unless_a_count_is_withheld_from_the_public() -> None:
    consultation, question = town(30, 60, 10)
    move_closing(consultation, now() - timedelta(minutes=5))
    refresh_snapshot(consultation.id)
    (asked,) = who_answered(consultation)
    assert [part.low for part in asked.parts] == [0.3, 0.6, 0.1]
    db.session.query(SelfDescription).filter_by(question_id=question.id).delete()
    db.session.query(Snapshot).delete()
    answer(consultation, question, (30, 60, 3))
    refresh_snapshot(consultation.id)
    (asked,) = who_answered(consultation)
    assert not any(part.is_exact for part in asked.parts)


@pytest.mark.usefixtures("context")
def test_whoever_answered_without_a_vote_is_not_counted() -> None:
    consultation, _question = town(20, 20, 20)
    db.session.query(Vote).delete()
    db.session.commit()
    (asked,) = who_answered(consultation)
    assert asked.parts is None


@pytest.mark.usefixtures("context")
def test_the_effective_sample_size_is_smaller_the_more_weights_differ() -> None:
    consultation, question = town(30, 30, 30)
    assert weighed(consultation) is None
    set_margin(question, [1, 1, 1], CENSUS)
    assert (weighed(consultation).answered, weighed(consultation).effective) == (90, 90)
    # Each of the first counts 2.1 times, of the others 0.45 times: (sum w)^2 / sum w^2 = 90 / 1.605 = 56.
    set_margin(question, [0.7, 0.15, 0.15], CENSUS)
    found = weighed(consultation)
    assert (found.answered, found.effective) == (90, 50)
    assert found.common_ground is None


@pytest.mark.usefixtures("context")
def test_a_part_of_few_people_is_never_weighed() -> None:
    consultation, question = town(40, 40, 4)
    set_margin(question, [0.3, 0.3, 0.4], CENSUS)
    with pytest.raises(CannotBeWeighedError):
        weighed(consultation)


@pytest.mark.usefixtures("context")
def test_only_people_who_answered_every_such_question_are_weighed() -> None:
    consultation, question = town(20, 20, 50)
    second = make_second_question(consultation)
    set_margin(question, [1, 1, 1], CENSUS)
    answer(consultation, second, (40, 30))
    set_margin(second, [2, 1], CENSUS)
    assert weighed(consultation).answered == 70


def make_second_question(consultation: Consultation) -> Question:
    """Asked beside the first, which has answers already."""
    texts = {"en": QuestionText(language="en", text="Where?", reason="To see.", choices=["Here", "There"])}
    question = Question(consultation_id=consultation.id, number=2, texts=texts)
    db.session.add(question)
    db.session.commit()
    return question


def young_and_old(app: Flask) -> tuple[Consultation, int]:
    """Of 200 young people 60 disagree with the first statement, of the 200 older ones hardly any: closed."""
    consultation = make_consultation(make_account("Fatima"), seeds=SEEDS, opens_in=timedelta(days=-5))
    question = make_question(consultation, choices=("Under 30", "30 or over"))
    make_camps(consultation, people=400)
    answer(consultation, question, (200, 200))
    set_margin(question, [0.8, 0.2], CENSUS)
    statement_id = statements_of(consultation.id)[0].id
    young = select(SelfDescription.participant_id).where(SelfDescription.choice == 0).limit(60)
    db.session.query(Vote).filter(
        Vote.statement_id == statement_id, Vote.participant_id.in_(db.session.scalars(young).all())
    ).update({"choice": Choice.DISAGREE})
    move_closing(consultation, now() - timedelta(minutes=5))
    slug = consultation.slug
    WorkerProcess(app).do_what_is_due()
    return consultation_by_slug(slug), statement_id


def test_weighed_to_a_younger_population_fewer_agree_and_nobody_is_told_by_it(app: Flask) -> None:
    with app.test_request_context("/en/"):
        consultation, statement_id = young_and_old(app)
        app.preprocess_request()
        share = share_of(consultation, statement_id)
        # All older people but one agree now: how that one voted must not be told.
        old = db.session.scalars(
            select(SelfDescription.participant_id).where(SelfDescription.choice == 1)
        ).all()
        db.session.query(Vote).filter(
            Vote.statement_id == statement_id, Vote.participant_id.in_(old[1:])
        ).update({"choice": Choice.AGREE})
        db.session.query(Vote).filter(
            Vote.statement_id == statement_id, Vote.participant_id == old[0]
        ).update({"choice": Choice.DISAGREE})
        db.session.commit()
        freeze_weighing(consultation.id)
        assert share_of(consultation, statement_id) is None
    assert share.unweighted == pytest.approx(0.8, abs=0.04)
    # 0.8 of the population agrees at about 0.67, 0.2 at about 0.95.
    assert share.weighted == pytest.approx(0.8 * 0.67 + 0.2 * 0.95, abs=0.04)
    assert share.low < share.weighted < share.high


def test_whoever_is_erased_after_closing_changes_no_figure(app: Flask) -> None:
    """Two looks, one before and one after, would otherwise tell what one person had answered."""
    with app.test_request_context("/en/"):
        consultation, statement_id = young_and_old(app)
        app.preprocess_request()
        (margin,) = margins_of(consultation.id).values()
        question = db.session.get_one(Question, margin.question_id)
        set_margin(question, [0.7, 0.3], "A better census")
        slug = consultation.slug
        WorkerProcess(app).do_what_is_due()
        consultation = consultation_by_slug(slug)
        before, figures = weighed(consultation), share_of(consultation, statement_id)
        gone = db.session.scalars(
            select(Participant).where(Participant.consultation_id == consultation.id)
        ).first()
        erase(consultation, gone)
        WorkerProcess(app).do_what_is_due()
        consultation = consultation_by_slug(slug)
        question = db.session.get_one(Question, question.id)
        assert weighed(consultation).answered == before.answered
        assert share_of(consultation, statement_id) == figures
        with pytest.raises(FiguresAreFixedError):
            set_margin(question, [0.6, 0.4], "Yet another one")
        with pytest.raises(FiguresAreFixedError):
            forget_margin(question)


def share_of(consultation: Consultation, statement_id: int) -> WeightedShare | None:
    (found,) = (
        each for each in weighed(consultation).common_ground if each.finding.result.id == statement_id
    )
    return found.share


def test_fatima_enters_the_population_corrects_it_and_takes_it_back(app: Flask) -> None:
    with app.app_context():
        consultation, _question = town(40, 40, 10)
        slug, email = consultation.slug, db.session.scalars(select(Account.email)).one()
    fatima = Staff(app)
    fatima.signs_in(email)
    path = f"/desk/c/{slug}/participation/population/1"
    typed = {"share-0": "30", "share-1": "\u0664\u0660,\u0665", "share-2": "40 %", "source": CENSUS}
    page = fatima.sends(path, **typed)
    assert "make 110.5 per cent" in page.text
    # Nothing that was typed is lost.
    assert [page.field(name) for name in typed] == list(typed.values())
    page = fatima.sends(path, **typed | {"share-2": "0"})
    assert "number above 0" in page.text
    page = fatima.sends(path, **typed | {"share-2": "29.5"})
    assert "Saved" in page.text
    assert f"The population: {CENSUS}" in page.text
    assert "missing" in page.html.select_one("#question-1").find_next("tbody").get_text()
    assert fatima.opens(path).field("share-1") == "40.5"
    file = fatima.client.get(f"/en/desk/c/{slug}/participation.csv").text
    assert "answer,1: Under 30,share_of_population,0.3" in file
    for _twice in range(2):
        page = fatima.sends(f"{path}/remove")
        assert "Removed" in page.text
    with app.app_context():
        assert not margins_of(consultation.id)


@pytest.mark.usefixtures("context")
def test_shares_are_kept_so_that_they_make_one() -> None:
    consultation, question = town(20, 20, 20)
    assert set_margin(question, [20, 20, 59.5], CENSUS).shares == pytest.approx(
        [0.201, 0.201, 0.598], abs=1e-3
    )
    set_margin(question, [50, 25, 25], "A register")
    (margin,) = margins_of(consultation.id).values()
    assert (margin.shares, margin.source) == ([0.5, 0.25, 0.25], "A register")
    forget_margin(question)
    assert not margins_of(consultation.id)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12.5", 12.5),
        ("12,5 %", 12.5),
        ("\u0661\u0662\u066b\u0665", 12.5),
        ("0", None),
        ("-3", None),
        ("nan", None),
        ("many", None),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, number: float | None) -> None:
    assert read_number(typed) == number
