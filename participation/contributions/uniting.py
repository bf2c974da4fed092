"""One person who took part twice, from two devices, becomes one participant: no vote is lost or counted twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from participation.consultations.actions import revise_deck
from participation.consultations.models import HeldCredential, Participant
from participation.database import db
from participation.questions.models import SelfDescription
from participation.rooms.models import Seat
from participation.statements.models import Statement
from participation.votes.actions import KEPT
from participation.votes.models import PutOff, SupersededVote, Vote

if TYPE_CHECKING:
    from participation.consultations.models import Consultation


def unite(consultation: Consultation, second: Participant, *, into: Participant) -> None:
    """Give all that one participant has to another. Not committed here.

    Where both voted on a statement, the later vote holds, and the earlier one is kept as a vote that
    was replaced.
    """
    # Votes disappear without having been replaced: counting them would not show it.
    revise_deck(consultation)
    # A vote that comes in meanwhile waits here and is then refused, instead of going down with its participant.
    db.session.execute(select(Participant.id).where(Participant.id == second.id).with_for_update())
    for earlier in _outvoted(second.id, into.id):
        db.session.execute(delete(Vote).where(Vote.id == earlier.pop("id")))
        db.session.execute(insert(SupersededVote), [earlier])
    # What the first device says holds where both say something that has no time.
    for thing, owner in (
        (PutOff.statement_id, PutOff.participant_id),
        (SelfDescription.question_id, SelfDescription.participant_id),
        (Seat.session_id, Seat.participant_id),
    ):
        there = select(thing).where(owner == into.id)
        db.session.execute(delete(owner.class_).where(owner == second.id, thing.in_(there.scalar_subquery())))
    for column in (
        Vote.participant_id,
        SupersededVote.participant_id,
        PutOff.participant_id,
        SelfDescription.participant_id,
        Seat.participant_id,
        HeldCredential.participant_id,
        Statement.author_id,
    ):
        db.session.execute(update(column.class_).where(column == second.id).values({column: into.id}))
    db.session.execute(delete(Participant).where(Participant.id == second.id))


def _outvoted(second_id: int, first_id: int) -> list[dict[str, object]]:
    """Of each two votes on one statement the earlier, with its id. Within a minute, the second device's is later."""
    rows = db.session.execute(
        select(Vote.id, *KEPT)
        .where(Vote.participant_id.in_((first_id, second_id)))
        .order_by(Vote.statement_id, Vote.cast_at.desc(), Vote.participant_id == first_id)
    ).mappings()
    seen: set[int] = set()
    outvoted = []
    for row in rows:
        if row["statement_id"] in seen:
            outvoted.append(dict(row))
        seen.add(row["statement_id"])
    return outvoted
