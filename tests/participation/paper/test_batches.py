"""Omar types in what people marked on paper. It counts when he closes the batch, and then nobody knows whose it was."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

import pytest
from sqlalchemy import select

from participation.accounts.models import Account
from participation.consultations.models import Channel, Consultation, Participant
from participation.database import db, now
from participation.jobs.worker import WorkerProcess
from participation.opinions.models import Snapshot
from participation.outcomes.actions import ReportNotReadyError, publish_report
from participation.paper.actions import (
    NoPaperNowError,
    SheetTypedInError,
    SheetUnknownError,
    SheetUsedOnlineError,
    open_batch,
    use_online,
)
from participation.paper.batches import (
    BatchEndedError,
    NotInThisBatchError,
    NotYourBatchError,
    enter_sheet,
    read_again,
)
from participation.paper.counting import BatchTooSmallError, close_batch, withdraw_batch
from participation.paper.models import BallotSheet, BatchState, PaperBatch, SheetState
from participation.paper.queries import open_batches_of, sheet_with
from participation.statements.models import State, Statement
from participation.transparency.queries import count_of
from participation.votes.models import Vote
from tests.builders import move_closing

if TYPE_CHECKING:
    from flask import Flask

    from tests.participation.paper.conftest import Sheets

AGREE, DISAGREE, PASS, BLANK = 1, -1, 0, None
Row = TypeVar("Row", Consultation, PaperBatch, Account)


def as_it_is_now(row: Row) -> Row:
    """The same row, after the worker has had the database to itself."""
    return db.session.get_one(type(row), row.id)


def votes_in(consultation: Consultation) -> dict[int, list[tuple[int, int]]]:
    """By participant, what they said of which statement."""
    said: dict[int, list[tuple[int, int]]] = {}
    for vote in db.session.scalars(select(Vote).where(Vote.consultation_id == consultation.id)):
        said.setdefault(vote.participant_id, []).append((vote.statement_id, int(vote.choice)))
    return {person: sorted(answers) for person, answers in said.items()}


def types_in_the_rest(consultation: Consultation, batch: PaperBatch, sheets: Sheets, omar: Account) -> None:
    """Four more sheets, on which everything is passed: together with one more the batch is large enough."""
    for code, _on_it in sheets[-4:]:
        enter_sheet(consultation, batch, code, [PASS] * 3, by=omar)


def test_a_batch_counts_once_it_is_closed(
    consultation: Consultation, batch: PaperBatch, sheets: Sheets, omar: Account
) -> None:
    (first, on_first), (second, on_second), (third, _), *_ = sheets
    enter_sheet(consultation, batch, first, [AGREE, BLANK, DISAGREE], by=omar)
    enter_sheet(consultation, batch, second.lower().replace("-", " "), [PASS, PASS, AGREE], by=omar)
    enter_sheet(consultation, batch, third, [BLANK, BLANK, BLANK], by=omar)
    types_in_the_rest(consultation, batch, sheets, omar)
    assert not votes_in(consultation)
    counted = close_batch(consultation, batch, by=omar)
    assert counted == 6, "a sheet on which nothing is marked does not count"
    expected = [
        sorted([(on_first[0], AGREE), (on_first[2], DISAGREE)]),
        sorted(zip(on_second, (PASS, PASS, AGREE), strict=True)),
        *(sorted((statement, PASS) for statement in on_it) for _code, on_it in sheets[-4:]),
    ]
    # A sheet on which nothing is marked is nobody's.
    assert sorted(votes_in(consultation).values()) == sorted(expected)
    people = db.session.scalars(select(Participant)).all()
    assert {(person.channel, person.language) for person in people} == {(Channel.PAPER, "ar")}
    assert (batch.state, batch.sheets, batch.ended_by_id) == (BatchState.CLOSED, 7, omar.id)


def test_nothing_leads_from_a_counted_sheet_to_its_votes(
    consultation: Consultation, batch: PaperBatch, sheets: Sheets, omar: Account
) -> None:
    for code, _on_it in sheets:
        enter_sheet(consultation, batch, code, [AGREE, DISAGREE, PASS], by=omar)
    close_batch(consultation, batch, by=omar)
    kept = db.session.scalars(select(BallotSheet).execution_options(populate_existing=True)).all()
    assert {(sheet.state, sheet.answers) for sheet in kept} == {(SheetState.COUNTED, None)}
    columns = {column.name for column in BallotSheet.__table__.columns}
    assert not columns & {"participant_id", "entered_at"}


def test_the_order_of_participants_is_a_matter_of_chance(
    consultation: Consultation,
    batch: PaperBatch,
    sheets: Sheets,
    omar: Account,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Which here sorts the pile by what was marked."""
    pile = (PASS, DISAGREE, AGREE, DISAGREE, PASS)
    for (code, _on_it), choice in zip(sheets[:5], pile, strict=True):
        enter_sheet(consultation, batch, code, [choice] * 3, by=omar)
    monkeypatch.setattr("random.Random.shuffle", lambda _self, pile: pile.sort(key=lambda one: one[1][0][1]))
    close_batch(consultation, batch, by=omar)
    said = [answers[0][1] for _person, answers in sorted(votes_in(consultation).items())]
    assert said == [DISAGREE, DISAGREE, PASS, PASS, AGREE]


def test_a_sheet_is_typed_in_once(
    consultation: Consultation, batch: PaperBatch, sheets: Sheets, omar: Account
) -> None:
    code = sheets[0][0]
    enter_sheet(consultation, batch, code, [AGREE] * 3, by=omar)
    with pytest.raises(SheetTypedInError):
        enter_sheet(consultation, batch, code, [AGREE] * 3, by=omar)
    db.session.rollback()
    with pytest.raises(SheetUnknownError):
        enter_sheet(consultation, batch, "0000-0000", [AGREE] * 3, by=omar)
    db.session.rollback()
    types_in_the_rest(consultation, batch, sheets, omar)
    close_batch(consultation, batch, by=omar)
    assert len(votes_in(consultation)) == 5


def test_whoever_voted_online_does_not_count_on_paper_too(
    consultation: Consultation, batch: PaperBatch, sheets: Sheets, omar: Account
) -> None:
    (online, _), (paper, _), *_ = sheets
    use_online(consultation, online, bytes(32), "en")
    with pytest.raises(SheetUsedOnlineError):
        enter_sheet(consultation, batch, online, [AGREE] * 3, by=omar)
    db.session.rollback()
    enter_sheet(consultation, batch, paper, [AGREE] * 3, by=omar)
    with pytest.raises(SheetTypedInError):
        use_online(consultation, paper, b"1" * 32, "en")


def test_a_second_reading_finds_a_slip_of_the_finger(
    consultation: Consultation, batch: PaperBatch, sheets: Sheets, omar: Account
) -> None:
    code, on_it = sheets[0]
    enter_sheet(consultation, batch, code, [AGREE, AGREE, PASS], by=omar)
    assert read_again(consultation, batch, code, [AGREE, DISAGREE, PASS], by=omar) == [2]
    assert read_again(consultation, batch, code, [AGREE, DISAGREE, PASS], by=omar) == []
    assert (batch.second_readings, batch.corrections, batch.sheets) == (2, 1, 1)
    with pytest.raises(NotInThisBatchError):
        read_again(consultation, batch, sheets[1][0], [AGREE] * 3, by=omar)
    db.session.rollback()
    types_in_the_rest(consultation, batch, sheets, omar)
    close_batch(consultation, batch, by=omar)
    assert sum((on_it[1], DISAGREE) in said for said in votes_in(consultation).values()) == 1


def test_a_batch_that_is_withdrawn_gives_its_sheets_back(
    consultation: Consultation, batch: PaperBatch, sheets: Sheets, omar: Account, fatima: Account
) -> None:
    code = sheets[0][0]
    enter_sheet(consultation, batch, code, [AGREE] * 3, by=omar)
    withdraw_batch(consultation, batch, reason="Typed in from a copy.", by=fatima)
    assert (batch.state, batch.sheets, batch.reason) == (BatchState.WITHDRAWN, 1, "Typed in from a copy.")
    with pytest.raises(BatchEndedError):
        enter_sheet(consultation, batch, code, [AGREE] * 3, by=omar)
    db.session.rollback()
    other = open_batch(consultation, by=omar, place="Library", collected_on=now().date())
    enter_sheet(consultation, other, code, [DISAGREE] * 3, by=omar)
    types_in_the_rest(consultation, other, sheets, omar)
    close_batch(consultation, other, by=omar)
    assert (other.number, len(votes_in(consultation))) == (2, 5)


def test_one_person_types_in_a_batch_and_a_small_one_cannot_be_closed(
    consultation: Consultation, batch: PaperBatch, sheets: Sheets, omar: Account, fatima: Account
) -> None:
    with pytest.raises(NotYourBatchError):
        enter_sheet(consultation, batch, sheets[0][0], [AGREE] * 3, by=fatima)
    db.session.rollback()
    types_in_the_rest(consultation, batch, sheets, omar)
    # A blank sheet hides nobody.
    enter_sheet(consultation, batch, sheets[0][0], [BLANK] * 3, by=omar)
    with pytest.raises(BatchTooSmallError):
        close_batch(consultation, batch, by=omar)
    db.session.rollback()
    assert not votes_in(consultation)
    enter_sheet(consultation, batch, sheets[1][0], [AGREE] * 3, by=omar)
    close_batch(consultation, batch, by=omar)
    with pytest.raises(BatchEndedError):
        close_batch(consultation, batch, by=omar)
    db.session.rollback()
    assert len(votes_in(consultation)) == 5


def test_a_statement_that_was_taken_out_meanwhile_is_passed_over(
    consultation: Consultation, batch: PaperBatch, sheets: Sheets, omar: Account
) -> None:
    code, on_it = sheets[0]
    enter_sheet(consultation, batch, code, [AGREE, DISAGREE, PASS], by=omar)
    types_in_the_rest(consultation, batch, sheets, omar)
    db.session.get_one(Statement, on_it[1]).state = State.REJECTED
    db.session.commit()
    close_batch(consultation, batch, by=omar)
    assert sorted([(on_it[0], AGREE), (on_it[2], PASS)]) in votes_in(consultation).values()
    assert on_it[1] not in {statement for said in votes_in(consultation).values() for statement, _ in said}


def test_the_last_sheets_come_in_after_the_last_day_and_into_the_outcome(
    app: Flask, consultation: Consultation, batch: PaperBatch, sheets: Sheets, omar: Account
) -> None:
    enter_sheet(consultation, batch, sheets[0][0], [AGREE] * 3, by=omar)
    move_closing(consultation, now() - timedelta(days=2))
    WorkerProcess(app).do_what_is_due()
    consultation, batch, omar = map(as_it_is_now, (consultation, batch, omar))
    late = open_batch(consultation, by=omar, place="Town hall", collected_on=now().date())
    enter_sheet(consultation, late, sheets[1][0], [DISAGREE] * 3, by=omar)
    types_in_the_rest(consultation, late, sheets, omar)
    assert open_batches_of(consultation.id) == 2
    close_batch(consultation, late, by=omar)
    WorkerProcess(app).do_what_is_due()
    consultation, batch, omar = map(as_it_is_now, (consultation, batch, omar))
    snapshot = db.session.scalar(select(Snapshot).execution_options(populate_existing=True))
    assert snapshot
    assert snapshot.vote_events == 5 * 3
    move_closing(consultation, now() - timedelta(days=8))
    for too_late in (
        lambda: close_batch(consultation, batch, by=omar),
        lambda: enter_sheet(consultation, batch, sheets[2][0], [PASS] * 3, by=omar),
        lambda: open_batch(consultation, by=omar, place="Attic", collected_on=now().date()),
    ):
        with pytest.raises(NoPaperNowError):
            too_late()
        db.session.rollback()
    # Whatever was left lying is put away all the same.
    withdraw_batch(consultation, batch, reason="Too late.", by=omar)
    assert sheet_with(consultation.id, sheets[0][0]).state is SheetState.UNUSED


def test_numbers_are_of_one_consultation(consultation: Consultation, sheets: Sheets) -> None:
    assert sheet_with(consultation.id, f"https://city.example/en/c/x/sheet/{sheets[0][0]}/")
    assert sheet_with(consultation.id + 1, sheets[0][0]) is None


def test_a_report_waits_for_open_batches_and_ends_the_time_for_paper(
    app: Flask, consultation: Consultation, batch: PaperBatch, sheets: Sheets, omar: Account
) -> None:
    enter_sheet(consultation, batch, sheets[0][0], [AGREE] * 3, by=omar)
    types_in_the_rest(consultation, batch, sheets, omar)
    move_closing(consultation, now() - timedelta(days=2))
    WorkerProcess(app).do_what_is_due()
    consultation, batch, omar = map(as_it_is_now, (consultation, batch, omar))
    with pytest.raises(ReportNotReadyError):
        publish_report(consultation)
    assert count_of(consultation.slug) is None, "the log counts once no paper can come"
    close_batch(consultation, batch, by=omar)
    WorkerProcess(app).do_what_is_due()
    consultation, omar = map(as_it_is_now, (consultation, omar))
    publish_report(consultation)
    WorkerProcess(app).do_what_is_due()
    consultation, omar = map(as_it_is_now, (consultation, omar))
    assert count_of(consultation.slug) is not None
    with pytest.raises(NoPaperNowError):
        open_batch(consultation, by=omar, place="Town hall", collected_on=now().date())
