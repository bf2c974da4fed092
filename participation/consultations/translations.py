"""What changes a consultation's texts in other languages: they are added, checked, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from participation.consultations.actions import revise_deck
from participation.consultations.models import ConsultationText, TranslatedText
from participation.consultations.queries import translated_texts_of
from participation.database import db, now
from participation.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from participation.accounts.models import Account
    from participation.consultations.models import Consultation

Words = dict[str, str]


class MainTextIsNoTranslationError(DomainError):
    message = _l("This is the main language: the other languages are translated from it.")


class BetterTextError(DomainError):
    message = _l("There is a translation that counts for more: a person's, or one that was checked.")


class TextHasChangedError(DomainError):
    message = _l("This translation has changed since you read it. Please read it again.")


class OwnTextError(DomainError):
    message = _l("You made this translation yourself. A second person has to check it.")


def translate_texts(
    consultation: Consultation,
    language: str,
    words: Words,
    *,
    by: Account | None,
    made_from: Mapping[str, str] | None = None,
) -> None:
    """Give a consultation its texts in another language. How it was said before stays on record.

    Args:
        words: by the names in TEXT_FIELDS.
        by: who translated; None for a machine.
        made_from: the texts that the translator read; None for those that stand there now.

    Raises:
        MainTextIsNoTranslationError, BetterTextError: what was checked stays until it is taken back or
            its original changes, and a machine replaces no person.

    """
    made, source = _lock(consultation, language)
    there = language in consultation.texts
    if there and (_holds(made, source) or (by is None and _counts_as_a_persons(made))):
        raise _refused(BetterTextError)
    text = consultation.texts.setdefault(language, ConsultationText(language=language))
    for name, value in words.items():
        setattr(text, name, value)
    db.session.add(
        TranslatedText(
            consultation_id=consultation.id,
            language=language,
            words=text.words(),
            made_from=dict(made_from or source),
            translator_id=by.id if by else None,
            by_machine=by is None,
        )
    )
    db.session.commit()


def review_texts(consultation: Consultation, language: str, words: Words, *, by: Account) -> None:
    """Say that the translation is right, as a second person. Saying it twice changes nothing.

    Args:
        words: what the reviewer has read: other words would need another look.

    Raises:
        MainTextIsNoTranslationError, TextHasChangedError, OwnTextError

    """
    made, source = _lock(consultation, language)
    _expect_words(consultation, language, words)
    if made is None:
        # Nobody knows who wrote it, so that this is the second person.
        made = TranslatedText(
            consultation_id=consultation.id, language=language, words=words, made_from=source
        )
        db.session.add(made)
    if made.translator_id == by.id:
        raise _refused(OwnTextError)
    if not _holds(made, source):
        made.reviewer_id, made.reviewed_at, made.made_from = by.id, now(), source
    db.session.commit()


def take_back_texts(consultation: Consultation, language: str, words: Words) -> None:
    """Show the main language's texts again instead of a translation that turned out to be wrong.

    Raises:
        MainTextIsNoTranslationError, TextHasChangedError

    """
    _lock(consultation, language)
    _expect_words(consultation, language, words)
    del consultation.texts[language]
    db.session.commit()


def _lock(consultation: Consultation, language: str) -> tuple[TranslatedText | None, Words]:
    """Take turns with other translators; returns how the text was made, and the main language's words."""
    if language == consultation.main_language:
        raise MainTextIsNoTranslationError
    revise_deck(consultation)
    db.session.refresh(consultation, ["texts"])
    # Not only the rows but also what is in them may be another translator's by now.
    for text in consultation.texts.values():
        db.session.refresh(text)
    made = translated_texts_of(consultation).get(language)
    if made:
        db.session.refresh(made)
    return made, consultation.texts[consultation.main_language].words()


def _expect_words(consultation: Consultation, language: str, words: Words) -> None:
    text = consultation.texts.get(language)
    if text is None or text.words() != words:
        raise _refused(TextHasChangedError)


def _holds(made: TranslatedText | None, source: Words) -> bool:
    """Whether it was checked, and the main language has said the same since."""
    return made is not None and made.reviewed_at is not None and made.made_from == source


def _counts_as_a_persons(made: TranslatedText | None) -> bool:
    """Whether no machine may replace it: a person has written or checked it."""
    return made is None or not made.by_machine or made.reviewed_at is not None


def _refused(error: type[DomainError]) -> DomainError:
    db.session.rollback()
    return error()
