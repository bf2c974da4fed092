"""How a batch ends: its sheets are counted, and nothing leads back to them; or it is withdrawn, and they are free."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert, null, select, update

from deliberation.small_cells import SMALLEST_CELL
from participation.consultations.actions import enter_in_log, revise_deck
from participation.consultations.models import Channel, Participant
from participation.database import db, now
from participation.errors import DomainError
from participation.opinions.models import Snapshot
from participation.paper.batches import expect_open, lock
from participation.paper.models import BallotSheet, BatchState, SheetState
from participation.questions.reading import still_as_counted, with_unanswered
from participation.statements.models import State, Statement
from participation.transparency.models import Kind
from participation.votes.models import Vote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from participation.accounts.models import Account
    from participation.consultations.models import Consultation
    from participation.paper.models import PaperBatch

    #: The language of a sheet, and what it says: the ids of statements with the numbers of choices.
    Said = tuple[str, list[tuple[int, int]]]


class BatchTooSmallError(DomainError):
    message = _l(
        "Fewer than five of its sheets say anything: the results would tell how these few people voted. Type in "
        "more, or withdraw the batch and put its sheets into the next one."
    )


def close_batch(consultation: Consultation, batch: PaperBatch, *, by: Account) -> int:
    """Count the sheets of a batch: each becomes a participant of its own, and nothing says which.

    A statement that was taken out of the vote meanwhile is passed over; a sheet without an answer is nobody's.
    Returns how many sheets count.

    Raises:
        NoPaperNowError, BatchEndedError, BatchTooSmallError

    """
    lock(consultation, batch)
    said = _said_in(batch)
    if len(said) < SMALLEST_CELL:
        raise BatchTooSmallError
    # Has the opinions computed once more, also after closing.
    revise_deck(consultation)
    # Participants are numbered: in the order of the sheets, a number would lead to a sheet.
    secrets.SystemRandom().shuffle(said)
    _count(consultation, said)
    _count_answers_anew(consultation, len(said))
    db.session.execute(
        update(BallotSheet)
        .where(BallotSheet.batch_id == batch.id)
        .values(state=SheetState.COUNTED, answers=None)
    )
    enter_in_log(consultation, Kind.PAPER_COUNTED, sheets=len(said))
    _end(batch, BatchState.CLOSED, by=by)
    return len(said)


def withdraw_batch(consultation: Consultation, batch: PaperBatch, *, reason: str, by: Account) -> None:
    """Give all sheets of a batch back, as if nobody had typed them in.

    Raises:
        BatchEndedError

    """
    db.session.refresh(consultation, with_for_update=True)
    expect_open(batch)
    db.session.execute(
        update(BallotSheet)
        .where(BallotSheet.batch_id == batch.id)
        .values(state=SheetState.UNUSED, batch_id=None, answers=None)
    )
    batch.reason = reason
    enter_in_log(consultation, Kind.PAPER_WITHDRAWN)
    _end(batch, BatchState.WITHDRAWN, by=by)


def _said_in(batch: PaperBatch) -> list[Said]:
    published = select(Statement.id).where(
        Statement.consultation_id == batch.consultation_id, Statement.state == State.PUBLISHED
    )
    open_to_votes = set(db.session.scalars(published))
    sheets = db.session.scalars(select(BallotSheet).where(BallotSheet.batch_id == batch.id))
    said = [
        (
            sheet.language,
            [
                (statement_id, choice)
                for statement_id, choice in zip(sheet.statement_ids, sheet.answers or (), strict=True)
                if choice is not None and statement_id in open_to_votes
            ],
        )
        for sheet in sheets
    ]
    return [(language, answers) for language, answers in said if answers]


def _count(consultation: Consultation, said: Sequence[Said]) -> None:
    people = [
        Participant(consultation_id=consultation.id, language=language, channel=Channel.PAPER)
        for language, _answers in said
    ]
    db.session.add_all(people)
    db.session.flush()
    minute = now().replace(second=0, microsecond=0)
    votes = [
        {
            "consultation_id": consultation.id,
            "participant_id": person.id,
            "statement_id": statement_id,
            "choice": choice,
            "cast_at": minute,
        }
        for person, (_language, answers) in zip(people, said, strict=True)
        for statement_id, choice in answers
    ]
    if votes:
        db.session.execute(insert(Vote), votes)


def _count_answers_anew(consultation: Consultation, people: int) -> None:
    """After closing, have what people said of themselves counted with these, of whom sheets ask nothing.

    If somebody has had their answers erased since, counting would tell what they had answered. So these people
    are only added to those without an answer.
    """
    snapshot = db.session.get(Snapshot, consultation.id, populate_existing=True)
    if snapshot is None or snapshot.answers is None:
        return
    if still_as_counted(consultation, snapshot.answers):
        # Not the null of JSON: the worker asks the database for what is missing.
        snapshot.answers, snapshot.weighed = null(), None
    else:
        snapshot.answers = with_unanswered(snapshot.answers, people)


def _end(batch: PaperBatch, state: BatchState, *, by: Account) -> None:
    batch.state, batch.ended_at, batch.ended_by_id = state, now(), by.id
    db.session.commit()
