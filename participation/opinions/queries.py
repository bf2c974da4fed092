"""Questions about the analysis of a consultation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import BigInteger, cast, exists, extract, func, select

from deliberation.arrivals import times_of
from deliberation.vote_matrix import VoteMatrix
from participation.consultations.models import Consultation
from participation.database import db, now
from participation.opinions.models import Place, Snapshot
from participation.statements.models import State, Statement
from participation.votes.models import SupersededVote, Vote

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

# A vote that was under way at the moment of closing is committed well within this time.
LAST_VOTES_ARRIVE_WITHIN = timedelta(minutes=1)


@dataclass(frozen=True, eq=False)
class Inputs:
    """What an analysis is computed from, and how to tell later whether it still holds."""

    gathered_at: datetime
    votes: VoteMatrix
    #: When each vote of `votes` was first cast, in minutes; see `times_of`.
    minutes: NDArray[np.float64]
    vote_events: int
    deck_revision: int


def stale_consultations() -> list[int]:
    """Consultations whose snapshot no longer matches their votes and statements, the longest waiting first.

    Stale is a question, not a flag that could be forgotten: every vote ever cast is counted, so a
    replaced one shows too. A consultation that closed before its snapshot is not counted again.
    """
    rows = db.session.execute(
        select(Consultation, Snapshot.gathered_at, Snapshot.deck_revision, Snapshot.vote_events)
        .outerjoin(Snapshot)
        .order_by(Snapshot.gathered_at.nulls_first())
    )
    return [row.Consultation.id for row in rows if _is_stale(*row)]


def _is_stale(
    consultation: Consultation, gathered_at: datetime | None, revision: int | None, events: int | None
) -> bool:
    if gathered_at is None or revision != consultation.deck_revision:
        return True
    last_call = consultation.closes_at + LAST_VOTES_ARRIVE_WITHIN
    if gathered_at > last_call:
        return False
    # After closing there is one more analysis, and that one is thorough.
    return now() > last_call or events != vote_events(consultation.id)


def has_final_analysis(consultation: Consultation) -> bool:
    """Whether it is closed, its last vote has arrived, and an analysis of all votes is there."""
    snapshot = snapshot_of(consultation.id)
    return (
        snapshot is not None
        and snapshot.gathered_at > consultation.closes_at + LAST_VOTES_ARRIVE_WITHIN
        and not _is_stale(consultation, snapshot.gathered_at, snapshot.deck_revision, snapshot.vote_events)
    )


def vote_events(consultation_id: int) -> int:
    """A count that grows with every vote that is cast, changed or taken back.

    A vote that is taken back moves to the superseded ones, which therefore count double.
    """
    held, superseded = (
        db.session.scalar(select(func.count()).where(table.consultation_id == consultation_id)) or 0
        for table in (Vote, SupersededVote)
    )
    return held + 2 * superseded


def number_of_voters(consultation_id: int) -> int:
    voters = select(func.count(Vote.participant_id.distinct())).where(Vote.consultation_id == consultation_id)
    return db.session.scalar(voters) or 0


def gather_inputs(consultation: Consultation) -> Inputs:
    """Read all that an analysis needs: the votes on published statements that are not about people."""
    gathered_at = now()
    revision, events = consultation.deck_revision, vote_events(consultation.id)
    statement_ids = db.session.scalars(
        select(Statement.id).where(
            Statement.consultation_id == consultation.id,
            Statement.state == State.PUBLISHED,
            Statement.is_meta.is_(False),
        )
    ).all()
    held = _votes_in(Vote, consultation.id)
    matrix = VoteMatrix.from_votes(*held.T[:3], statement_ids=statement_ids)
    # The first vote on a statement tells when somebody came, not the one that replaced it.
    who, what, _choice, when = np.concatenate([held, _votes_in(SupersededVote, consultation.id)]).T
    return Inputs(
        gathered_at=gathered_at,
        votes=matrix,
        minutes=times_of(matrix, who, what, when),
        vote_events=events,
        deck_revision=revision,
    )


def _votes_in(table: type[Vote | SupersededVote], consultation_id: int) -> NDArray[np.int64]:
    """Shape (v, 4): participant, statement, choice and minute, in the order of casting."""
    minute = cast(extract("epoch", table.cast_at) / 60, BigInteger)
    columns = (table.participant_id, table.statement_id, table.choice, minute)
    rows = db.session.execute(
        select(*columns).where(table.consultation_id == consultation_id).order_by(table.id)
    ).all()
    return np.array([tuple(row) for row in rows], dtype=np.int64).reshape(-1, len(columns))


def snapshot_of(consultation_id: int) -> Snapshot | None:
    return db.session.get(Snapshot, consultation_id)


def place_of(participant_id: int) -> Place | None:
    return db.session.get(Place, participant_id)


def has_voted_since(consultation: Consultation, snapshot: Snapshot, participant_id: int) -> bool:
    """Whether a participant's place is from before their latest vote.

    Votes are timed to the minute. One from the minute of the snapshot came after it only if something did.
    """
    minute = snapshot.gathered_at.replace(second=0, microsecond=0)
    voted = select(exists().where(Vote.participant_id == participant_id, Vote.cast_at >= minute))
    return bool(db.session.scalar(voted)) and _is_stale(
        consultation, snapshot.gathered_at, snapshot.deck_revision, snapshot.vote_events
    )


def places_in(consultation_id: int) -> Sequence[Place]:
    """Where everybody stands, in no particular order."""
    return db.session.scalars(select(Place).where(Place.consultation_id == consultation_id)).all()


def some_places_in(consultation_id: int, at_most: int) -> list[tuple[float, float, int | None]]:
    """Position and group of people spread over all, by where they stand: nothing tells in which order they came."""
    here = Place.consultation_id == consultation_id
    people = db.session.scalar(select(func.count()).select_from(Place).where(here)) or 0
    turn = func.row_number().over(order_by=Place.participant_id).label("turn")
    places = select(Place.x, Place.y, Place.group_index, turn).where(here).subquery()
    step = max(-(-people // at_most), 1)
    rows = db.session.execute(
        select(places.c.x, places.c.y, places.c.group_index).where(places.c.turn % step == 0)
    )
    spread = [(round(x, 2), round(y, 2), group) for x, y, group in rows]
    return sorted(spread, key=lambda place: (place[2] is None, place[2] or 0, *place[:2]))
