"""What somebody with the database's password can do behind the application's back, and what finds it.

Each alteration is tried on a new consultation, then the check is run as `flask transparency check` runs it, with
a head that was kept elsewhere where only that helps. Afterwards the time that the log takes.
"""

from __future__ import annotations

import logging
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from deliberation.ballot import Choice
from participation.consultations.models import Participant
from participation.database import db, now
from participation.statements.queries import statements_of
from participation.transparency.actions import record, sign_head
from participation.transparency.checking import check_all
from participation.transparency.committing import write_down_votes
from participation.transparency.models import Kind
from participation.transparency.receipts import receipt_for
from participation.votes.models import Vote
from tests.applications import application, make_empty
from tests.builders import make_consultation
from tests.participation.transparency.alterations import (
    ALTERATIONS,
    Alteration,
    alter,
    let_pass,
    sign,
    tell_story,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

ENTRIES = 1000
PEOPLE, STATEMENTS = 2000, 50


def main() -> None:
    logging.disable(logging.WARNING)
    with (
        tempfile.TemporaryDirectory() as folder,
        application(f"sqlite:///{folder}/tampering.sqlite", Path(folder)) as app,
    ):
        print(f"{'alteration':46} when         found by")
        for alteration in ALTERATIONS:
            print(f"{alteration.name:46} {_when(alteration):12} {_found(app, alteration)}")
        print()
        _measure(app)


def _when(alteration: Alteration) -> str:
    return "people vote" if alteration.while_open else "after count"


def _found(app: Flask, alteration: Alteration) -> str:
    with app.app_context():
        head = tell_story(until_counted=not alteration.while_open)
        alter(alteration)
        found = [str(finding) for finding in check_all([head] if alteration.needs_saved_head else [])]
    make_empty(app)
    if not alteration.found_by:
        return "the voter's receipt, once the votes are counted" if not found else f"SURPRISE: {found}"
    if not (meant := [finding for finding in found if alteration.found_by in finding]):
        return "NOTHING"
    return ("a head kept elsewhere: " if alteration.needs_saved_head else "") + meant[0]


def _measure(app: Flask) -> None:
    with app.app_context():
        with _timed(f"write down {ENTRIES} entries, each in a transaction of its own"):
            for number in range(ENTRIES):
                record(Kind.CODES_ISSUED, {"codes": number})
                db.session.commit()
        with _timed(f"sign a head of {ENTRIES} entries"):
            sign_head()
        consultation = make_consultation(seeds=[f"Statement {number}." for number in range(STATEMENTS)])
        _vote(consultation.id)
        with _timed(f"commit to {PEOPLE * STATEMENTS} votes"):
            write_down_votes(consultation.id)
        let_pass(consultation)
        with _timed(f"count {PEOPLE * STATEMENTS} votes"):
            write_down_votes(consultation.id)
        sign()
        someone = db.session.scalars(select(Vote.participant_id).limit(1)).one()
        with _timed(f"make the receipt for {STATEMENTS} votes among {PEOPLE * STATEMENTS}"):
            receipt_for(consultation, someone, opened=False)
        with _timed("check everything"):
            found = check_all()
    print(f"found: {len(found)}")


def _vote(consultation_id: int) -> None:
    db.session.execute(
        insert(Participant),
        [{"consultation_id": consultation_id, "language": "en"} for _person in range(PEOPLE)],
    )
    people = db.session.scalars(
        select(Participant.id).where(Participant.consultation_id == consultation_id)
    ).all()
    votes = [
        {
            "consultation_id": consultation_id,
            "participant_id": person,
            "statement_id": statement.id,
            "choice": list(Choice)[(person + statement.id) % 3],
            "cast_at": now(),
        }
        for person in people
        for statement in statements_of(consultation_id)
    ]
    db.session.execute(insert(Vote), votes)
    db.session.commit()


@contextmanager
def _timed(what: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    print(f"{what:66} {time.perf_counter() - began:7.2f} s")


if __name__ == "__main__":
    main()
