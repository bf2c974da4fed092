"""Votes get their commitments in the public log: in batches while people vote, and all that count at the end.

The vote itself waits for none of this. A batch is of several people, and far enough from the one before, that its
time does not tell whose votes are in it; within it, order tells nothing.
"""

from __future__ import annotations

import secrets
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, exists, func, insert, select, update

from deliberation.ballot import Choice
from deliberation.small_cells import SMALLEST_CELL
from deliberation.vote_commitments import BYTES_OF_A_NONCE, commitment_to, in_order, root_of
from participation.consultations.actions import enter_in_log
from participation.consultations.models import Consultation
from participation.database import db, now
from participation.opinions.queries import LAST_VOTES_ARRIVE_WITHIN
from participation.paper.queries import may_still_change
from participation.statements.models import Statement
from participation.transparency.models import Commitment, Kind, LogEntry
from participation.transparency.queries import count_of, entries_of_kind
from participation.votes.models import Vote

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

# Of fewer people, a batch would tell which statements one of them voted on.
FEWEST_PEOPLE = SMALLEST_CELL
BETWEEN_BATCHES = timedelta(hours=1)
# While a batch is written, nobody can vote on SQLite: this many take about a tenth of a second.
MOST_AT_ONCE = 2000


def votes_to_write_down() -> list[int]:
    """Consultations whose votes are due for commitments, or for the count."""
    rows = db.session.execute(
        select(Vote.consultation_id, func.count(Vote.participant_id.distinct()), func.count())
        .where(Vote.nonce.is_(None))
        .group_by(Vote.consultation_id)
    )
    waiting = {consultation_id: (people, votes) for consultation_id, people, votes in rows}
    uncounted = db.session.scalars(
        select(Consultation).where(Consultation.published_at.is_not(None), ~_was_counted())
    )
    return [one.id for one in uncounted if _is_over(one) or _batch_is_due(one, *waiting.get(one.id, (0, 0)))]


def write_down_votes(consultation_id: int) -> None:
    """Commit to the votes that wait; after closing, to all of them, and then to what is counted."""
    consultation = db.session.get_one(Consultation, consultation_id)
    while commit_some(consultation):
        pass
    if _is_over(consultation) and count_of(consultation.slug) is None:
        count(consultation)


def commit_some(consultation: Consultation) -> int:
    """Give so many votes a nonce, and the log the list of commitments to them; returns how many.

    What is left over of a batch waits for more people, until it is over: then whatever waits is committed to.
    """
    slug = consultation.slug
    # A vote that is being changed is waited for, and cannot be changed until this is done.
    votes = db.session.execute(
        select(Vote.id, Statement.number, Vote.choice, Vote.is_important, Vote.participant_id)
        .join(Statement, Statement.id == Vote.statement_id)
        .where(Vote.consultation_id == consultation.id, Vote.nonce.is_(None))
        .limit(MOST_AT_ONCE)
        .with_for_update(of=Vote)
    ).all()
    people = len({vote.participant_id for vote in votes})
    if not people or (people < FEWEST_PEOPLE and not _is_over(consultation)):
        db.session.rollback()
        return 0
    nonces = [secrets.token_bytes(BYTES_OF_A_NONCE) for _vote in votes]
    commitments = [
        (number, commitment_to(slug, number, choice, is_important=important, nonce=nonce))
        for (_id, number, choice, important, _participant), nonce in zip(votes, nonces, strict=True)
    ]
    lines = in_order(commitments)
    _keep_nonces([vote.id for vote in votes], nonces)
    entry = enter_in_log(consultation, Kind.VOTES_COMMITTED, votes=len(lines), root=root_of(lines).hex())
    if entry is None:
        raise LookupError("nobody votes on a draft")
    rows = [
        {"entry": entry.index, "statement": statement, "commitment": commitment, "is_left_out": False}
        for statement, commitment in sorted(commitments)
    ]
    db.session.execute(insert(Commitment), rows)
    db.session.commit()
    return len(votes)


def count(consultation: Consultation) -> None:
    """Say which of the commitments are to votes that count, and how many said what."""
    votes = db.session.execute(
        select(Statement.number, Vote.choice, Vote.is_important, Vote.nonce, Vote.participant_id)
        .join(Statement, Statement.id == Vote.statement_id)
        .where(Vote.consultation_id == consultation.id)
    ).all()
    if any(vote.nonce is None for vote in votes):
        # Somebody has just been erased: their votes are committed to anew before they are counted.
        db.session.rollback()
        return
    lines = in_order(
        (number, commitment_to(consultation.slug, number, choice, is_important=important, nonce=nonce))
        for number, choice, important, nonce, _participant in votes
        if nonce is not None
    )
    held = {bytes.fromhex(line.split()[1]) for line in lines}
    batches = [entry.index for entry in entries_of_kind(Kind.VOTES_COMMITTED, consultation.slug)]
    made = db.session.execute(
        select(Commitment.id, Commitment.commitment).where(Commitment.entry.in_(batches))
    ).all()
    left_out = [{"row": row} for row, commitment in made if commitment not in held]
    if left_out:
        table: Any = Commitment.__table__
        db.session.connection().execute(
            update(table).where(table.c.id == bindparam("row")).values(is_left_out=True), left_out
        )
    enter_in_log(
        consultation,
        Kind.VOTES_COUNTED,
        votes=len(lines),
        root=root_of(lines).hex(),
        committed=len(made),
        participants=len({participant for *_vote, participant in votes}),
        statements=tallies([(number, choice) for number, choice, *_rest in votes]),
    )
    db.session.commit()


def tallies(votes: list[tuple[int, Choice]]) -> dict[str, dict[str, int]]:
    """By number of the statement, how many votes it has and how many said what; only the first if they are few."""
    by_statement: dict[int, Counter[Choice]] = {}
    for number, choice in votes:
        by_statement.setdefault(number, Counter())[choice] += 1
    return {
        str(number): {"votes": counts.total()}
        | (
            {choice.name.lower(): counts[choice] for choice in Choice}
            if counts.total() >= SMALLEST_CELL
            else {}
        )
        for number, counts in sorted(by_statement.items())
    }


def _keep_nonces(ids: list[int], nonces: list[bytes]) -> None:
    table: Any = Vote.__table__
    db.session.connection().execute(
        update(table).where(table.c.id == bindparam("row")).values(nonce=bindparam("random")),
        [{"row": row, "random": nonce} for row, nonce in zip(ids, nonces, strict=True)],
    )


def _is_over(consultation: Consultation) -> bool:
    """Whether the last vote that was under way at closing has arrived, on paper too."""
    return now() > consultation.closes_at + LAST_VOTES_ARRIVE_WITHIN and not may_still_change(consultation)


def _batch_is_due(consultation: Consultation, people: int, votes: int) -> bool:
    if people < FEWEST_PEOPLE:
        return False
    batches = entries_of_kind(Kind.VOTES_COMMITTED, consultation.slug)
    return votes >= MOST_AT_ONCE or not batches or now() - batches[-1].recorded_at >= BETWEEN_BATCHES


def _was_counted() -> ColumnElement[bool]:
    return exists().where(LogEntry.kind == Kind.VOTES_COUNTED, LogEntry.consultation == Consultation.slug)
