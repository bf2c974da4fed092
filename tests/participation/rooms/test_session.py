"""People in a room answer on their phones what the screen shows; it says how many, and only later how."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from deliberation.ballot import Choice
from participation.consultations.actions import ConsultationNotOpenError
from participation.consultations.models import Channel, Participant
from participation.contributions.uniting import unite
from participation.database import db, now
from participation.rooms.actions import (
    NothingToAskError,
    ResultsAreHiddenError,
    SessionEndedError,
    end_session,
    lead_on,
    open_session,
    show_split,
    sit_down,
)
from participation.rooms.models import A_SESSION_LASTS, GroupSession, Seat
from participation.rooms.queries import answers_in, people_in
from participation.rooms.splits import split_of
from participation.statements.queries import statements_of
from participation.votes.actions import cast_vote
from tests.builders import make_account, make_consultation, make_participant, move_closing
from tests.people import Citizen, Staff

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask

    from participation.consultations.models import Consultation

AGREE, DISAGREE, PASS = Choice.AGREE, Choice.DISAGREE, Choice.PASS


@pytest.fixture
def consultation(context: None) -> Consultation:  # noqa: ARG001 - it needs a database
    return make_consultation(make_account("Fatima"))


def begins(consultation: Consultation, statements: int = 3) -> GroupSession:
    return open_session(consultation, by=make_account("Omar"), statements=statements)


def sits(consultation: Consultation, session: GroupSession) -> Participant:
    person = make_participant(consultation)
    sit_down(consultation, session, person)
    return person


def answers(consultation: Consultation, session: GroupSession, choices: Sequence[Choice]) -> None:
    for choice in choices:
        person = sits(consultation, session)
        cast_vote(consultation, person.id, session.statement_id or 0, choice)


def test_a_session_has_as_many_statements_as_there_are(consultation: Consultation) -> None:
    session = begins(consultation, statements=30)
    assert sorted(session.statement_ids) == [statement.id for statement in statements_of(consultation.id)]
    assert len(session.code) == 6


def test_without_statements_or_after_closing_no_session_begins(context: None) -> None:  # noqa: ARG001
    with pytest.raises(NothingToAskError):
        begins(make_consultation(seeds=()))
    with pytest.raises(ConsultationNotOpenError):
        begins(make_consultation(closes_in=timedelta(hours=-1), opens_in=timedelta(days=-2)))


def test_the_screen_leads_on_by_one_however_often_one_clicks(consultation: Consultation) -> None:
    session = begins(consultation)
    for _click in range(2):
        lead_on(consultation, session, place=0)
    assert session.place == 1
    for place in (1, 2, 3, 3):
        lead_on(consultation, session, place=place)
    assert (session.place, session.is_last) == (3, True)


def test_the_room_is_counted_and_nobody_else(consultation: Consultation) -> None:
    session = begins(consultation)
    lead_on(consultation, session, place=0)
    answers(consultation, session, [AGREE, AGREE, PASS])
    sits(consultation, session)
    # Somebody at home answers the same statement.
    cast_vote(consultation, make_participant(consultation).id, session.statement_id or 0, DISAGREE)
    assert people_in(session.id) == 4
    assert answers_in(session.id, session.statement_id or 0) == {AGREE: 2, PASS: 1}


def test_what_was_shown_does_not_change_when_somebody_answers_late(consultation: Consultation) -> None:
    session = begins(consultation)
    lead_on(consultation, session, place=0)
    answers(consultation, session, [AGREE] * 7 + [DISAGREE] * 6 + [PASS] * 5)
    show_split(consultation, session, place=1)
    answers(consultation, session, [DISAGREE])
    show_split(consultation, session, place=1)
    assert session.splits == {"1": {"answered": 18, "counts": [7, 6, 5]}}


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((3, 1, 0), [None, None, None]),
        # All alike: who sits in the room would know how everybody voted.
        ((12, 0, 0), [None, None, None]),
        ((12, 1, 1), [None, None, None]),
        ((12, 4, 0), [12, None, None]),
        ((6, 9, 2), [None, 9, None]),
        ((7, 6, 5), [7, 6, 5]),
    ],
)
def test_few_people_cannot_be_told_from_the_screen(
    counts: tuple[int, int, int], shown: list[int | None]
) -> None:
    split = split_of(dict(zip((AGREE, DISAGREE, PASS), counts, strict=True)))
    assert split == {"answered": sum(counts), "counts": shown}


def test_where_results_are_hidden_the_room_does_not_see_its_own(context: None) -> None:  # noqa: ARG001
    consultation = make_consultation(shows_interim_results=False)
    session = begins(consultation)
    lead_on(consultation, session, place=0)
    with pytest.raises(ResultsAreHiddenError):
        show_split(consultation, session, place=1)


def test_when_it_ends_nobody_knows_any_more_who_sat_there(consultation: Consultation) -> None:
    session = begins(consultation)
    lead_on(consultation, session, place=0)
    answers(consultation, session, [AGREE, AGREE])
    end_session(session)
    end_session(session)
    assert people_in(session.id) == 0
    late = make_participant(consultation)
    with pytest.raises(SessionEndedError):
        sit_down(consultation, session, late)


def test_a_session_that_was_forgotten_ends_by_itself(consultation: Consultation) -> None:
    session = begins(consultation)
    sits(consultation, session)
    session.opened_at = now() - A_SESSION_LASTS
    db.session.commit()
    late = make_participant(consultation)
    with pytest.raises(SessionEndedError):
        sit_down(consultation, session, late)
    db.session.rollback()
    begins(consultation)
    assert db.session.scalar(select(func.count()).select_from(Seat)) == 0


def test_one_person_with_two_phones_sits_once(consultation: Consultation) -> None:
    session = begins(consultation)
    first, second = sits(consultation, session), sits(consultation, session)
    unite(consultation, second, into=first)
    db.session.commit()
    assert people_in(session.id) == 1


def test_an_evening_in_the_room(app: Flask) -> None:
    """Without script, with pages only."""
    with app.app_context():
        facilitator = make_account("Fatima")
        consultation = make_consultation(facilitator)
        slug, email = consultation.slug, facilitator.email
    fatima, people = Staff(app), [Citizen(app) for _seat in range(6)]
    fatima.signs_in(email)
    people[0].votes(slug, PASS)
    screen = fatima.sends(f"/desk/c/{slug}/rooms", statements=2)
    code = screen.html.select_one(".screen__code").get_text(strip=True)
    with app.app_context():
        path = f"/desk/c/{slug}/rooms/{db.session.scalar(select(GroupSession.id))}"
    for person in people:
        page = person.sends(f"/c/{slug}/room", code=f" {code[:3]} {code[3:]} ")
        assert "Nobody in the room sees your answers" in page.text
        page = person.sends(f"/c/{slug}/room/{code}/sit")
        assert "The first statement comes soon." in page.text
    assert "6 people are here" in fatima.opens(path).text
    screen = fatima.sends(f"{path}/next", place=0)
    statement = screen.html.select_one(".screen__statement").get_text(strip=True)
    for person in people:
        page = person.opens(f"/c/{slug}/room/{code}")
        assert page.html.select_one("[data-statement-text]").get_text(strip=True) == statement
        page = person.sends(
            f"/c/{slug}/room/{code}/answer", statement=page.hidden("statement"), choice=int(AGREE)
        )
        assert "Your answer is kept." in page.text
    screen = fatima.opens(path)
    assert "6 of 6 have answered" in screen.text
    assert "How the room answered" not in screen.text.replace("Show how the room answered", "")
    screen = fatima.sends(f"{path}/show", place=1)
    assert "so they are not shown" in screen.text
    fatima.sends(f"{path}/end")
    assert "This group session has ended." in people[0].opens(f"/c/{slug}/room/{code}").text
    with app.app_context():
        channels = dict(
            db.session.execute(select(Participant.channel, func.count()).group_by(Participant.channel)).all()
        )
    # Whoever had taken part before stays who they were.
    assert channels == {Channel.ONLINE: 1, Channel.GROUP: 5}


def test_a_number_of_no_session_is_explained(app: Flask) -> None:
    with app.app_context():
        slug = make_consultation().slug
    page = Citizen(app).sends(f"/c/{slug}/room", code="000 000")
    assert page.status == 400
    assert "No session with this number is running." in page.text
    assert Citizen(app).opens(f"/c/{slug}/room/000000").status == 404


def test_a_statement_that_is_not_on_the_programme_is_not_answered_from_the_room(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation(make_account("Fatima"))
        session = begins(consultation, statements=1)
        lead_on(consultation, session, place=0)
        slug, code = consultation.slug, session.code
        other = next(one.id for one in statements_of(consultation.id) if one.id not in session.statement_ids)
    amina = Citizen(app)
    amina.sends(f"/c/{slug}/room/{code}/sit")
    amina.sends(f"/c/{slug}/room/{code}/answer", statement=other, choice=1)
    assert "You have not voted here yet." in amina.opens(f"/c/{slug}/votes").text


def test_after_closing_the_room_is_told(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation(make_account("Fatima"))
        session = begins(consultation)
        slug, code = consultation.slug, session.code
        move_closing(consultation, now())
    page = Citizen(app).opens(f"/c/{slug}/room/{code}")
    assert "This group session has ended." in page.text
