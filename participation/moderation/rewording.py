"""An author says it in other words, because whoever decides has asked for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from participation.consultations.actions import ConsultationNotOpenError, enter_in_log, revise_deck
from participation.database import db
from participation.errors import DomainError
from participation.moderation.queries import votes_on
from participation.statements.actions import AlreadySaidError
from participation.statements.models import State, StatementText, SupersededText
from participation.statements.queries import statement_with_text
from participation.transparency.models import Kind

if TYPE_CHECKING:
    from participation.consultations.models import Consultation
    from participation.statements.models import Statement

KEPT = ("language", "text", "origin", "translator_id", "made_at", "reviewer_id", "reviewed_at")


class NotSentBackError(DomainError):
    message = _l("Nobody asks for other words for this statement any more. Please load the page again.")


class VotedOnError(DomainError):
    message = _l(
        "Somebody has voted on this statement, so its words stay as they are. Send a new one instead."
    )


def reword(consultation: Consultation, statement: Statement, text: str) -> None:
    """Put an author's new words in the place of those that were sent back, to wait for a decision again.

    The old words are kept, with translations that were made of them. The receipt stays good.

    Raises:
        ConsultationNotOpenError, AlreadySaidError
        NotSentBackError: nobody has asked for other words, or they have come already.
        VotedOnError: somebody has voted on the old words.

    """
    if not consultation.is_open:
        raise ConsultationNotOpenError
    revise_deck(consultation)
    db.session.refresh(statement)
    try:
        _expect_reword(consultation, statement, text)
    except DomainError:
        db.session.rollback()
        raise
    for old in statement.texts.values():
        kept = {name: getattr(old, name) for name in KEPT}
        db.session.add(SupersededText(statement_id=statement.id, **kept))
    statement.texts.clear()
    db.session.flush()
    statement.texts[statement.language] = StatementText(language=statement.language, text=text)
    statement.state = State.WAITING
    enter_in_log(consultation, Kind.STATEMENT_REWORDED, statement=statement.number)
    db.session.commit()


def _expect_reword(consultation: Consultation, statement: Statement, text: str) -> None:
    if statement.state is not State.RETURNED:
        raise NotSentBackError
    if votes_on([statement.id]):
        raise VotedOnError
    if statement_with_text(consultation.id, text):
        raise AlreadySaidError
