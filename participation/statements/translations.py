"""What changes translations: they are added, checked by a second person, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from participation.consultations.actions import revise_deck
from participation.database import db, now
from participation.errors import DomainError
from participation.statements.models import Origin, StatementText, SupersededText

if TYPE_CHECKING:
    from participation.accounts.models import Account
    from participation.consultations.models import Consultation
    from participation.statements.models import Statement

RECORD = ("text", "origin", "translator_id", "made_at", "made_from", "reviewer_id", "reviewed_at")


class OriginalIsNoTranslationError(DomainError):
    message = _l("The statement was written in this language: its own words are never changed.")


class BetterTranslationError(DomainError):
    message = _l("There is a translation that counts for more: a person's, or one that was checked.")


class NoSuchTranslationError(DomainError):
    message = _l("This translation has changed since you read it. Please read it again.")


class OwnTranslationError(DomainError):
    message = _l("You made this translation yourself. A second person has to check it.")


def add_translation(
    consultation: Consultation,
    statement: Statement,
    language: str,
    text: str,
    *,
    by: Account | None,
    made_from: str | None = None,
) -> None:
    """Give a statement its text in another language. What it replaces stays on record.

    Args:
        by: who translated; None for a machine.
        made_from: the original that the translator read; None for the one that stands there now.

    Raises:
        OriginalIsNoTranslationError, BetterTranslationError: a checked one stays until it is taken back
            or its original changes, and a machine replaces no person.

    """
    _lock(consultation, statement)
    if language == statement.language:
        raise _refused(OriginalIsNoTranslationError)
    held = statement.texts.get(language)
    origin = Origin.PERSON if by else Origin.MACHINE
    original = statement.texts[statement.language].text
    if held and (_holds(held, original) or (origin is Origin.MACHINE and counts_as_a_persons(held))):
        raise _refused(BetterTranslationError)
    if held:
        _supersede(statement, held)
    statement.texts[language] = StatementText(
        language=language,
        text=text,
        origin=origin,
        translator_id=by.id if by else None,
        made_from=original if made_from is None else made_from,
    )
    db.session.commit()


def counts_as_a_persons(held: StatementText) -> bool:
    """Whether no machine may replace it: a person has written or checked it."""
    return held.origin is Origin.PERSON or held.reviewed_at is not None


def review_translation(
    consultation: Consultation, statement: Statement, language: str, text: str, *, by: Account
) -> None:
    """Say that a translation is right, as a second person. Saying it twice changes nothing.

    Args:
        text: what the reviewer has read: another text would need another look.

    Raises:
        OriginalIsNoTranslationError, NoSuchTranslationError, OwnTranslationError

    """
    _lock(consultation, statement)
    held = _held(statement, language, text)
    if held.translator_id == by.id:
        raise _refused(OwnTranslationError)
    original = statement.texts[statement.language].text
    if not _holds(held, original):
        held.reviewer_id, held.reviewed_at, held.made_from = by.id, now(), original
    db.session.commit()


def take_back_translation(consultation: Consultation, statement: Statement, language: str, text: str) -> None:
    """Show the original again instead of a translation, checked or not, that turned out to be wrong.

    Raises:
        OriginalIsNoTranslationError, NoSuchTranslationError

    """
    _lock(consultation, statement)
    _supersede(statement, _held(statement, language, text))
    db.session.commit()


def _lock(consultation: Consultation, statement: Statement) -> None:
    # Takes turns with other translators, and makes every server read the new texts.
    revise_deck(consultation)
    db.session.refresh(statement, ["texts"])


def _held(statement: Statement, language: str, text: str) -> StatementText:
    if language == statement.language:
        raise _refused(OriginalIsNoTranslationError)
    held = statement.texts.get(language)
    if held is None or held.text != text:
        raise _refused(NoSuchTranslationError)
    return held


def _holds(held: StatementText, original: str) -> bool:
    """Whether it was checked, and the original has not changed since."""
    return held.reviewed_at is not None and held.made_from in {None, original}


def _supersede(statement: Statement, held: StatementText) -> None:
    old = {name: getattr(held, name) for name in RECORD}
    db.session.add(SupersededText(statement_id=statement.id, language=held.language, **old))
    del statement.texts[held.language]
    # The deletion must reach the database before another row with the same key does.
    db.session.flush()


def _refused(error: type[DomainError]) -> DomainError:
    db.session.rollback()
    return error()
