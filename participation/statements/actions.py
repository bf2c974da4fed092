"""What changes statements: facilitators add seeds, participants submit their own."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext

from participation.consultations.actions import ConsultationNotOpenError, revise_deck
from participation.database import db, now
from participation.errors import DomainError
from participation.statements.models import State, Statement, StatementText
from participation.statements.queries import moments_written_since, next_number, statement_with_text

if TYPE_CHECKING:
    from participation.consultations.models import Consultation, Participant

STATEMENTS_AN_HOUR = 5
LONGEST_STATEMENT = 140


class OnlyVotesNowError(DomainError):
    message = _l("The days for new statements are over. You can still vote on those that are there.")


class AlreadySaidError(DomainError):
    message = _l("Someone has already said exactly this.")


class TooManyStatementsError(DomainError):
    status = 429

    def __init__(self, wait: timedelta) -> None:
        minutes = ceil(wait / timedelta(minutes=1))
        self.message = lazy_ngettext(
            "You have sent several statements in the last hour. You can send this one in %(num)s minute.",
            "You have sent several statements in the last hour. You can send this one in %(num)s minutes.",
            minutes,
        )


def add_seed(consultation: Consultation, text: str, language: str) -> Statement:
    """Add a facilitator's statement, open to votes at once. Not committed here.

    Raises:
        AlreadySaidError: the consultation has this text.

    """
    return _add(consultation, text, language, state=State.PUBLISHED, is_seed=True)


def add_part(consultation: Consultation, text: str, language: str) -> Statement:
    """Add a part of a statement that said several things, open to votes at once. Not committed here.

    Raises:
        AlreadySaidError

    """
    return _add(consultation, text, language, state=State.PUBLISHED)


def submit_statement(
    consultation: Consultation, author: Participant, text: str, language: str, *, receipt_hash: bytes
) -> Statement:
    """Hand in a participant's statement, to wait for a facilitator's decision.

    Args:
        receipt_hash: of the code by which the author finds it again, see receipts.py.

    Raises:
        ConsultationNotOpenError, OnlyVotesNowError, AlreadySaidError, TooManyStatementsError

    """
    if not consultation.is_open:
        raise ConsultationNotOpenError
    if not consultation.takes_statements:
        raise OnlyVotesNowError
    an_hour = timedelta(hours=1)
    latest = moments_written_since(author.id, now() - an_hour)[-STATEMENTS_AN_HOUR:]
    if len(latest) == STATEMENTS_AN_HOUR:
        raise TooManyStatementsError(latest[0] + an_hour - now())
    try:
        statement = _add(
            consultation,
            text,
            language,
            state=State.WAITING,
            author_id=author.id,
            receipt_hash=receipt_hash,
        )
    except AlreadySaidError:
        db.session.rollback()
        raise
    db.session.commit()
    return statement


def _add(
    consultation: Consultation,
    text: str,
    language: str,
    *,
    state: State,
    is_seed: bool = False,
    author_id: int | None = None,
    receipt_hash: bytes | None = None,
) -> Statement:
    # Takes turns with other writers on this consultation, so that no two statements get one number.
    revise_deck(consultation)
    if statement_with_text(consultation.id, text):
        raise AlreadySaidError
    statement = Statement(
        consultation_id=consultation.id,
        number=next_number(consultation.id),
        language=language,
        state=state,
        is_seed=is_seed,
        author_id=author_id,
        receipt_hash=receipt_hash,
        texts={language: StatementText(language=language, text=text)},
    )
    db.session.add(statement)
    db.session.flush()
    return statement
