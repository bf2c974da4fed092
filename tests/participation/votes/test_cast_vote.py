"""Amina votes. What she says counts once, as she last said it, and only where it may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from deliberation.ballot import Choice
from participation.consultations.actions import ConsultationNotOpenError, revise_deck
from participation.database import db, now
from participation.statements.models import State, Statement
from participation.votes.actions import StatementNotOpenToVotesError, cast_vote, take_back
from participation.votes.models import SupersededVote, Vote
from tests.builders import make_consultation, make_participant, move_closing

pytestmark = pytest.mark.usefixtures("context")


def first_statement(consultation_id: int) -> Statement:
    return db.session.scalars(
        select(Statement).where(Statement.consultation_id == consultation_id).order_by(Statement.number)
    ).first()


def votes() -> list[Choice]:
    return list(db.session.scalars(select(Vote.choice).order_by(Vote.id)))


def superseded() -> list[Choice]:
    return list(db.session.scalars(select(SupersededVote.choice).order_by(SupersededVote.id)))


def test_a_vote_is_kept() -> None:
    consultation = make_consultation()
    amina = make_participant(consultation)
    cast_vote(consultation, amina.id, first_statement(consultation.id).id, Choice.AGREE, exposure=0.25)
    vote = db.session.scalars(select(Vote)).one()
    assert (vote.choice, vote.exposure, vote.participant_id) == (Choice.AGREE, 0.25, amina.id)


def test_the_time_of_a_vote_is_kept_to_the_minute_only() -> None:
    consultation = make_consultation()
    cast_vote(
        consultation, make_participant(consultation).id, first_statement(consultation.id).id, Choice.PASS
    )
    cast_at = db.session.scalars(select(Vote.cast_at)).one()
    assert (cast_at.second, cast_at.microsecond) == (0, 0)


def test_a_changed_mind_replaces_the_vote_and_keeps_the_old_one() -> None:
    consultation = make_consultation()
    amina, statement = make_participant(consultation), first_statement(consultation.id)
    cast_vote(consultation, amina.id, statement.id, Choice.AGREE)
    cast_vote(consultation, amina.id, statement.id, Choice.DISAGREE)
    assert votes() == [Choice.DISAGREE]
    assert superseded() == [Choice.AGREE]


def test_the_same_vote_twice_counts_once_and_leaves_no_trace() -> None:
    consultation = make_consultation()
    amina, statement = make_participant(consultation), first_statement(consultation.id)
    for _click in range(2):
        cast_vote(consultation, amina.id, statement.id, Choice.AGREE)
    assert votes() == [Choice.AGREE]
    assert superseded() == []


def test_nobody_votes_before_it_opens() -> None:
    consultation = make_consultation(opens_in=timedelta(days=1))
    with pytest.raises(ConsultationNotOpenError):
        cast_vote(
            consultation, make_participant(consultation).id, first_statement(consultation.id).id, Choice.AGREE
        )
    assert votes() == []


def test_nobody_votes_or_takes_back_after_it_closed() -> None:
    consultation = make_consultation()
    amina, statement = make_participant(consultation), first_statement(consultation.id)
    cast_vote(consultation, amina.id, statement.id, Choice.AGREE)
    move_closing(consultation, now())
    with pytest.raises(ConsultationNotOpenError):
        cast_vote(consultation, amina.id, statement.id, Choice.DISAGREE)
    with pytest.raises(ConsultationNotOpenError):
        take_back(consultation, amina.id, statement.id)
    assert votes() == [Choice.AGREE]


def test_a_statement_of_another_consultation_cannot_be_voted_on() -> None:
    here, elsewhere = make_consultation(), make_consultation()
    with pytest.raises(StatementNotOpenToVotesError):
        cast_vote(here, make_participant(here).id, first_statement(elsewhere.id).id, Choice.AGREE)
    assert votes() == []


def test_a_statement_that_was_taken_out_cannot_be_voted_on() -> None:
    consultation = make_consultation()
    statement = first_statement(consultation.id)
    statement.state = State.REJECTED
    revise_deck(consultation)
    db.session.commit()
    with pytest.raises(StatementNotOpenToVotesError):
        cast_vote(consultation, make_participant(consultation).id, statement.id, Choice.AGREE)


def test_undo_takes_back_one_vote_and_keeps_the_others() -> None:
    consultation = make_consultation()
    amina = make_participant(consultation)
    first, second = db.session.scalars(
        select(Statement.id)
        .where(Statement.consultation_id == consultation.id)
        .order_by(Statement.number)
        .limit(2)
    )
    cast_vote(consultation, amina.id, first, Choice.AGREE)
    cast_vote(consultation, amina.id, second, Choice.DISAGREE)
    for _click in range(2):
        take_back(consultation, amina.id, second)
    assert votes() == [Choice.AGREE]
    assert superseded() == [Choice.DISAGREE]


def test_undo_without_a_vote_does_nothing() -> None:
    consultation = make_consultation()
    take_back(consultation, make_participant(consultation).id, first_statement(consultation.id).id)
    assert superseded() == []


def test_what_matters_is_kept_with_the_vote_and_changing_it_is_a_change() -> None:
    consultation = make_consultation()
    amina, statement = make_participant(consultation), first_statement(consultation.id)
    cast_vote(consultation, amina.id, statement.id, Choice.AGREE, is_important=True)
    cast_vote(consultation, amina.id, statement.id, Choice.AGREE, is_important=False)
    for table, is_important in ((Vote, False), (SupersededVote, True)):
        row = db.session.scalars(select(table)).one()
        assert (row.choice, row.is_important) == (Choice.AGREE, is_important)


BALLOT = bytes(range(16))


def test_a_vote_sent_again_after_a_lost_answer_counts_once() -> None:
    consultation = make_consultation()
    amina, statement = make_participant(consultation), first_statement(consultation.id)
    for _attempt in range(3):
        cast_vote(consultation, amina.id, statement.id, Choice.AGREE, ballot=BALLOT)
    assert (votes(), superseded()) == ([Choice.AGREE], [])


def test_a_late_repetition_does_not_undo_what_she_changed_on_another_tab() -> None:
    consultation = make_consultation()
    amina, statement = make_participant(consultation), first_statement(consultation.id)
    cast_vote(consultation, amina.id, statement.id, Choice.AGREE, ballot=BALLOT)
    cast_vote(consultation, amina.id, statement.id, Choice.DISAGREE)
    cast_vote(consultation, amina.id, statement.id, Choice.AGREE, ballot=BALLOT)
    assert (votes(), superseded()) == ([Choice.DISAGREE], [Choice.AGREE])


def test_a_late_repetition_does_not_bring_back_what_she_took_back() -> None:
    consultation = make_consultation()
    amina, statement = make_participant(consultation), first_statement(consultation.id)
    cast_vote(consultation, amina.id, statement.id, Choice.AGREE, ballot=BALLOT)
    assert take_back(consultation, amina.id, statement.id) is Choice.AGREE
    cast_vote(consultation, amina.id, statement.id, Choice.AGREE, ballot=BALLOT)
    assert votes() == []


def test_an_undo_that_arrives_late_takes_back_the_vote_it_was_meant_for_and_no_other() -> None:
    consultation = make_consultation()
    amina, statement = make_participant(consultation), first_statement(consultation.id)
    cast_vote(consultation, amina.id, statement.id, Choice.AGREE, ballot=BALLOT)
    cast_vote(consultation, amina.id, statement.id, Choice.DISAGREE, ballot=BALLOT[::-1])
    assert take_back(consultation, amina.id, statement.id, ballot=BALLOT) is None
    assert votes() == [Choice.DISAGREE]


def test_nobody_can_use_up_another_persons_ballot() -> None:
    consultation = make_consultation()
    amina, bakari = make_participant(consultation), make_participant(consultation)
    statement = first_statement(consultation.id)
    for choice in (Choice.AGREE, Choice.PASS):
        cast_vote(consultation, bakari.id, statement.id, choice, ballot=BALLOT)
    cast_vote(consultation, amina.id, statement.id, Choice.AGREE, ballot=BALLOT)
    assert sorted(votes()) == [Choice.PASS, Choice.AGREE]


def test_the_database_itself_refuses_a_vote_across_consultations() -> None:
    here, elsewhere = make_consultation(), make_consultation()
    db.session.add(
        Vote(
            consultation_id=here.id,
            participant_id=make_participant(here).id,
            statement_id=first_statement(elsewhere.id).id,
            choice=Choice.AGREE,
            cast_at=now(),
        )
    )
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
