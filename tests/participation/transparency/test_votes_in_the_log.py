"""Votes get commitments: in batches of several people, anew when changed, tied to nobody once somebody is erased."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from deliberation.ballot import Choice
from participation.consultations.actions import hold_credential
from participation.contributions.actions import erase, offer_link, take_link
from participation.database import db
from participation.statements.queries import statements_of
from participation.transparency import committing
from participation.transparency.checking import check_all
from participation.transparency.committing import votes_to_write_down, write_down_votes
from participation.transparency.models import Commitment, Kind, LogEntry
from participation.transparency.queries import batches_of, count_of, entries_of_kind, lines_of
from participation.transparency.receipts import Standing, examine, held_votes, receipt_for
from participation.votes.actions import cast_vote, take_back
from participation.votes.models import Vote
from tests.builders import make_camps, make_consultation, make_participant
from tests.participation.transparency.alterations import let_pass, sign

if TYPE_CHECKING:
    from participation.consultations.models import Consultation, Participant

pytestmark = pytest.mark.usefixtures("context")


def make_voted() -> tuple[Consultation, Participant]:
    """Amina and thirty others have voted, and it is written down."""
    consultation = make_consultation()
    make_camps(consultation, people=30)
    amina = make_participant(consultation)
    for statement in statements_of(consultation.id):
        cast_vote(consultation, amina.id, statement.id, Choice.AGREE)
    write_down_votes(consultation.id)
    sign()
    return consultation, amina


def test_a_batch_waits_for_several_people(monkeypatch: pytest.MonkeyPatch) -> None:
    consultation = make_consultation()
    statements = statements_of(consultation.id)
    for person in range(committing.FEWEST_PEOPLE):
        assert votes_to_write_down() == [], f"after {person} people"
        voter = make_participant(consultation)
        for statement in statements:
            cast_vote(consultation, voter.id, statement.id, Choice.AGREE)
    assert votes_to_write_down() == [consultation.id]
    write_down_votes(consultation.id)
    make_camps(consultation, people=10)
    assert votes_to_write_down() == [], "less than an hour ago there was one"
    monkeypatch.setattr(committing, "BETWEEN_BATCHES", timedelta(0))
    assert votes_to_write_down() == [consultation.id]
    monkeypatch.undo()
    monkeypatch.setattr(committing, "MOST_AT_ONCE", 30)
    assert votes_to_write_down() == [consultation.id], "there are too many to wait for the hour"


def test_many_votes_go_in_several_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(committing, "MOST_AT_ONCE", 40)
    consultation, _amina = make_voted()
    batches = entries_of_kind(Kind.VOTES_COMMITTED, consultation.slug)
    assert [batch.facts["votes"] for batch in batches] == [40, 40, 13]
    assert check_all() == []


def test_what_is_left_over_of_few_people_waits_until_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(committing, "MOST_AT_ONCE", 45)
    consultation, _amina = make_voted()

    def batches() -> list[object]:
        return [batch.facts["votes"] for batch in entries_of_kind(Kind.VOTES_COMMITTED, consultation.slug)]

    assert batches() == [45, 45], "the last three votes can be those of one person"
    let_pass(consultation)
    write_down_votes(consultation.id)
    assert batches() == [45, 45, 3]
    sign()
    assert check_all() == []


def test_a_vote_itself_says_nothing_in_the_log() -> None:
    """The order of rows and lines is that of the commitments, which are random."""
    make_voted()
    rows = db.session.execute(
        select(Commitment.statement, Commitment.commitment).order_by(Commitment.id)
    ).all()
    assert [tuple(row) for row in rows] == sorted(tuple(row) for row in rows)


def test_after_closing_all_that_hold_are_counted() -> None:
    consultation, amina = make_voted()
    first, second, _third = statements_of(consultation.id)
    cast_vote(consultation, amina.id, first.id, Choice.DISAGREE)
    take_back(consultation, amina.id, second.id)
    let_pass(consultation)
    write_down_votes(consultation.id)
    counted = count_of(consultation.slug)
    assert counted
    assert (counted.facts["votes"], counted.facts["committed"], counted.facts["participants"]) == (92, 94, 31)
    assert counted.facts["statements"][str(second.number)]["votes"] == 30
    assert len(lines_of(counted)) == 92
    assert votes_to_write_down() == []
    sign()
    assert check_all() == []


def test_a_statement_with_few_votes_says_only_how_many() -> None:
    consultation = make_consultation()
    few, many, _none = statements_of(consultation.id)
    for person in range(6):
        voter = make_participant(consultation)
        cast_vote(consultation, voter.id, many.id, Choice.AGREE)
        if person < 4:
            cast_vote(consultation, voter.id, few.id, Choice.PASS)
    let_pass(consultation)
    write_down_votes(consultation.id)
    counted = count_of(consultation.slug)
    assert counted
    assert counted.facts["statements"] == {
        str(few.number): {"votes": 4},
        str(many.number): {"votes": 6, "agree": 6, "disagree": 0, "pass": 0},
    }


def test_a_changed_vote_and_one_taken_back_stand_in_an_old_receipt_as_not_counted() -> None:
    consultation, amina = make_voted()
    old = receipt_for(consultation, amina.id, opened=False)
    first, second, third = statements_of(consultation.id)
    cast_vote(consultation, amina.id, first.id, Choice.AGREE, is_important=True)
    take_back(consultation, amina.id, second.id)
    let_pass(consultation)
    write_down_votes(consultation.id)
    sign()
    new = receipt_for(consultation, amina.id, opened=True)
    assert old
    assert new
    assert {vote.statement: standing for vote, standing in examine(old).standings} == {
        first.number: Standing.NOT_COUNTED,
        second.number: Standing.NOT_COUNTED,
        third.number: Standing.COUNTED,
    }
    examined = examine(new)
    assert examined.is_good
    assert {vote.statement: standing for vote, standing in examined.standings} == dict.fromkeys(
        (first.number, third.number), Standing.COUNTED
    )
    assert all(new.is_counted(vote) for vote in new.votes)


@pytest.mark.parametrize("after_the_count", [False, True])
def test_erased_votes_count_and_lead_to_no_line(*, after_the_count: bool) -> None:
    consultation, amina = make_voted()
    receipt = receipt_for(consultation, amina.id, opened=True)
    assert receipt
    if after_the_count:
        let_pass(consultation)
        write_down_votes(consultation.id)
    erase(consultation, amina)
    assert [vote.commitment for vote in held_votes(consultation, amina.id)] == [None] * 3
    if not after_the_count:
        let_pass(consultation)
        write_down_votes(consultation.id)
    kept = {vote.nonce for vote in receipt.votes}
    assert not kept & set(db.session.scalars(select(Vote.nonce)))
    counted = count_of(consultation.slug)
    assert counted
    assert counted.facts["votes"] == 93
    standings = {standing for _vote, standing in examine(receipt).standings}
    assert standings == {Standing.COUNTED if after_the_count else Standing.NOT_COUNTED}
    sign()
    assert check_all() == []


def test_two_devices_that_become_one_keep_their_commitments() -> None:
    consultation, amina = make_voted()
    phone, secret = make_participant(consultation), b"p" * 32
    hold_credential(phone, secret)
    first, *_others = statements_of(consultation.id)
    cast_vote(consultation, phone.id, first.id, Choice.PASS)
    db.session.commit()
    take_link(consultation, offer_link(amina), secret, together=True)
    before = {vote.statement for vote in held_votes(consultation, amina.id) if vote.commitment}
    assert len(before) == 2, "where both voted the later vote holds, and has none yet"
    let_pass(consultation)
    write_down_votes(consultation.id)
    votes = held_votes(consultation, amina.id)
    assert len(batches_of(vote.commitment for vote in votes if vote.commitment)) == 3
    sign()
    assert check_all() == []


def test_no_row_of_the_log_leads_to_a_participant() -> None:
    """What is never deleted must not be about a person."""
    for model in (LogEntry, Commitment):
        assert not any(key.column.table.name == "participants" for key in model.__table__.foreign_keys)
        assert "participant_id" not in model.__table__.c
