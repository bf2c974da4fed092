"""Amina says something of herself, if she likes: after her vote, changeable, and hers to withdraw."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, select

from deliberation.ballot import Choice
from participation.consultations.models import Participant
from participation.consultations.queries import consultation_by_slug
from participation.database import db, now
from participation.questions.actions import QuestionsChangedError, describe_oneself
from participation.questions.models import Question, SelfDescription
from participation.statements.models import Statement
from participation.votes.actions import cast_vote
from tests.builders import make_consultation, make_participant, make_question, move_closing
from tests.people import Citizen

if TYPE_CHECKING:
    from flask import Flask

PAGE = "about-you"


@pytest.fixture
def slug(app: Flask) -> str:
    with app.app_context():
        consultation = make_consultation()
        make_question(consultation)
        make_question(consultation, "What is your gender?", ("Woman", "Man", "Another gender"))
        return consultation.slug


@pytest.fixture
def amina(app: Flask, slug: str) -> Citizen:
    """She has voted once."""
    amina = Citizen(app)
    amina.votes(slug, Choice.AGREE)
    return amina


def answers(app: Flask) -> dict[int, int | None]:
    with app.app_context():
        rows = db.session.execute(
            select(Question.number, SelfDescription.choice).join(SelfDescription.__table__)
        )
        return dict(tuple(row) for row in rows)


def test_before_the_first_vote_nobody_is_asked(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    page = amina.opens(f"/c/{slug}/{PAGE}")
    assert "vote on a statement first" in page.text
    assert not page.html.select("input[type=radio]")
    assert amina.says_of_herself(slug, question_1=1).status == 409
    assert answers(app) == {}


def test_somebody_who_only_wrote_a_statement_is_not_asked_either(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    amina.writes(slug, "Train the case workers first.")
    assert amina.says_of_herself(slug, question_1=1).status == 409
    assert answers(app) == {}


def test_she_answers_one_and_passes_over_the_other(app: Flask, slug: str, amina: Citizen) -> None:
    page = amina.says_of_herself(slug, question_1=2, question_2="")
    assert answers(app) == {1: 2}
    chosen = [field["value"] for field in page.html.select("input[type=radio][checked]")]
    assert chosen == ["2", ""]


def test_every_question_says_why_and_lets_her_prefer_not_to_say(
    app: Flask, slug: str, amina: Citizen
) -> None:
    page = amina.opens(f"/c/{slug}/{PAGE}")
    for question in page.html.select("fieldset"):
        assert "To see who took part." in question.get_text()
        assert "I prefer not to say" in question.get_text()
    amina.says_of_herself(slug, question_1="unsaid")
    assert answers(app) == {1: None}


def test_she_changes_her_mind_and_then_withdraws(app: Flask, slug: str, amina: Citizen) -> None:
    for choice in (0, 1):
        amina.says_of_herself(slug, question_1=choice, question_2=0)
    assert answers(app) == {1: 1, 2: 0}
    amina.says_of_herself(slug, question_2=0)
    assert answers(app) == {2: 0}
    page = amina.sends(f"/c/{slug}/{PAGE}/withdraw")
    assert "deleted" in page.text
    assert answers(app) == {}


def test_after_closing_she_can_withdraw_and_no_more(app: Flask, slug: str, amina: Citizen) -> None:
    amina.says_of_herself(slug, question_1=0)
    with app.app_context():
        move_closing(consultation_by_slug(slug), now() - timedelta(hours=1))
    assert amina.says_of_herself(slug, question_1=1).status == 409
    assert answers(app) == {1: 0}
    assert "Withdraw my answers" in amina.opens(f"/c/{slug}/{PAGE}").text
    amina.sends(f"/c/{slug}/{PAGE}/withdraw")
    assert answers(app) == {}


def test_the_way_there_begins_where_the_votes_end(slug: str, amina: Citizen) -> None:
    """Not beside the first cards: there, a vote would be given under a heading."""
    link = f"a[href$='/{PAGE}']"
    assert not amina.sees_card(slug).html.select(link)
    for _statement in range(2):
        amina.votes(slug, Choice.AGREE)
    assert amina.sees_card(slug).html.select(link)
    assert amina.opens(f"/c/{slug}/opinions").html.select(link)


def test_a_consultation_that_asks_nothing_leads_nowhere(app: Flask) -> None:
    with app.app_context():
        slug = make_consultation(seeds=["The only one."]).slug
    amina = Citizen(app)
    amina.votes(slug, Choice.AGREE)
    assert not amina.sees_card(slug).html.select(f"a[href$='/{PAGE}']")
    assert "asks nothing about you" in amina.opens(f"/c/{slug}/{PAGE}").text


@pytest.mark.usefixtures("context")
def test_an_answer_that_is_no_choice_is_refused() -> None:
    consultation = make_consultation()
    question = make_question(consultation)
    amina = make_participant(consultation).id
    statement = db.session.scalars(select(Statement.id)).first()
    cast_vote(consultation, amina, statement, Choice.AGREE)
    for answers_ in ({question.id: 3}, {question.id: -1}, {question.id + 1: 0}):
        with pytest.raises(QuestionsChangedError):
            describe_oneself(consultation, amina, answers_)
    assert db.session.scalars(select(SelfDescription)).all() == []


def test_no_answer_has_a_time() -> None:
    kinds = {column.name: str(column.type) for column in SelfDescription.__table__.columns}
    assert not any(kind.startswith(("DATE", "TIME")) for kind in kinds.values())
    # A counting key would be a time as well: it says who came first.
    assert SelfDescription.__table__.primary_key.columns.keys() == ["participant_id", "question_id"]


@pytest.mark.usefixtures("context")
def test_who_is_forgotten_leaves_no_answer() -> None:
    consultation = make_consultation()
    question = make_question(consultation)
    amina = make_participant(consultation)
    db.session.add(
        SelfDescription(
            participant_id=amina.id, question_id=question.id, consultation_id=consultation.id, choice=0
        )
    )
    db.session.commit()
    db.session.execute(delete(Participant).where(Participant.id == amina.id))
    db.session.commit()
    assert db.session.scalars(select(SelfDescription)).all() == []
