"""Questions about one participant: what they gave, from how many browsers, and which link is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from participation.consultations.models import Consultation, HeldCredential, Participant
from participation.contributions.models import Handover
from participation.database import db, now
from participation.moderation.models import Appeal, Decision
from participation.statements.models import State, Statement, SupersededText
from participation.tokens import hash_of
from participation.votes.models import PutOff, SupersededVote, Vote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement


@dataclass(frozen=True)
class Given:
    """How much a participant has given."""

    votes: int
    statements: int


def given_by(participant_id: int) -> Given:
    return Given(
        votes=db.session.scalar(select(func.count()).where(Vote.participant_id == participant_id)) or 0,
        statements=db.session.scalar(select(func.count()).where(Statement.author_id == participant_id)) or 0,
    )


def browsers_of(participant_id: int) -> int:
    """From how many browsers somebody takes part."""
    held = select(func.count()).where(HeldCredential.participant_id == participant_id)
    return db.session.scalar(held) or 0


def waiting_of(participant_id: int) -> int:
    """How many of somebody's statements nobody has decided about."""
    waiting = (Statement.author_id == participant_id, Statement.state == State.WAITING)
    return db.session.scalar(select(func.count()).where(*waiting)) or 0


def votes_of(participant_id: int) -> Sequence[tuple[Vote, Statement]]:
    """The votes that hold, by number of statement."""
    rows = db.session.execute(
        select(Vote, Statement)
        .join(Statement, Statement.id == Vote.statement_id)
        .where(Vote.participant_id == participant_id)
        .order_by(Statement.number)
    )
    return [(vote, statement) for vote, statement in rows]


def earlier_votes_of(participant_id: int) -> Sequence[tuple[SupersededVote, Statement]]:
    """The votes that were replaced or taken back, in the order in which that happened."""
    rows = db.session.execute(
        select(SupersededVote, Statement)
        .join(Statement, Statement.id == SupersededVote.statement_id)
        .where(SupersededVote.participant_id == participant_id)
        .order_by(SupersededVote.id)
    )
    return [(vote, statement) for vote, statement in rows]


def results_are_hidden(consultation_id: int) -> bool:
    return db.session.get_one(Consultation, consultation_id).hides_results


def put_off_by(participant_id: int) -> Sequence[Statement]:
    """The statements somebody said "later" to and has not voted on since, by number."""
    voted_on = select(Vote.statement_id).where(Vote.participant_id == participant_id)
    return db.session.scalars(
        select(Statement)
        .join(PutOff, PutOff.statement_id == Statement.id)
        .where(PutOff.participant_id == participant_id, Statement.id.not_in(voted_on))
        .order_by(Statement.number)
    ).all()


def decisions_on_statements_of(participant_id: int) -> Sequence[tuple[Decision, Statement]]:
    """Every decision about what somebody wrote, the first one first."""
    rows = db.session.execute(
        select(Decision, Statement)
        .join(Statement, Statement.id == Decision.statement_id)
        .where(Statement.author_id == participant_id)
        .order_by(Decision.id)
    )
    return [(decision, statement) for decision, statement in rows]


def earlier_words_by(participant_id: int) -> Sequence[tuple[SupersededText, Statement]]:
    """What somebody wrote before they were asked for other words, in the order in which that happened."""
    rows = db.session.execute(
        select(SupersededText, Statement)
        .join(Statement, Statement.id == SupersededText.statement_id)
        .where(Statement.author_id == participant_id, SupersededText.language == Statement.language)
        .order_by(SupersededText.id)
    )
    return [(text, statement) for text, statement in rows]


def appeals_by(participant_id: int) -> Sequence[tuple[Appeal, Statement]]:
    """Every second look that somebody has asked for, by number of statement."""
    rows = db.session.execute(
        select(Appeal, Statement)
        .join(Statement, Statement.id == Appeal.statement_id)
        .where(Statement.author_id == participant_id)
        .order_by(Statement.number)
    )
    return [(appeal, statement) for appeal, statement in rows]


def is_over() -> ColumnElement[bool]:
    """Links that let no browser in any more."""
    return Handover.expires_at <= now()


def open_links_of(participant_id: int) -> Sequence[Handover]:
    return db.session.scalars(
        select(Handover).where(Handover.participant_id == participant_id, ~is_over())
    ).all()


def participant_offering(consultation_id: int, token: str) -> Participant | None:
    """Who made a link, as long as it can be used; None for one that is used, too old, or from elsewhere."""
    return db.session.scalar(
        select(Participant)
        .join(Handover, Handover.participant_id == Participant.id)
        .where(
            Handover.token_hash == hash_of(token),
            Handover.consultation_id == consultation_id,
            ~is_over(),
        )
    )
