"""What changes a dossier's texts in other languages. Its versions stay as they are: translations stand beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from participation.database import db, now
from participation.deployments.models import DossierTranslation
from participation.deployments.queries import translations_of
from participation.errors import DomainError

if TYPE_CHECKING:
    from participation.accounts.models import Account
    from participation.deployments.models import Deployment


class BetterDossierTextError(DomainError):
    message = _l("There is a translation that counts for more: a person's, or one that was checked.")


class DossierTextChangedError(DomainError):
    message = _l("This translation has changed since you read it. Please read it again.")


class OwnDossierTextError(DomainError):
    message = _l("You made this translation yourself. A second person has to check it.")


def translate_dossier_text(
    deployment: Deployment, place: str, language: str, text: str, *, made_from: str, by: Account | None
) -> None:
    """Say a text of a dossier in another language. How it was said before stays on record.

    Args:
        place: see `texts_in`.
        made_from: the text that the translator read.
        by: who translated; None for a machine.

    Raises:
        BetterDossierTextError: what was checked stays until it is taken back or its original changes, and a
            machine replaces no person.

    """
    held = _held(deployment, place, language)
    if held and ((held.reviewed_at and held.made_from == made_from) or (by is None and _is_a_persons(held))):
        db.session.rollback()
        raise BetterDossierTextError
    db.session.add(
        DossierTranslation(
            deployment_id=deployment.id,
            place=place,
            language=language,
            text=text,
            made_from=made_from,
            translator_id=by.id if by else None,
            by_machine=by is None,
        )
    )
    db.session.commit()


def review_dossier_text(
    deployment: Deployment, place: str, language: str, text: str, *, made_from: str, by: Account
) -> None:
    """Say that a translation is right, as a second person. Saying it twice changes nothing.

    Raises:
        DossierTextChangedError: it is not the one that was read.
        OwnDossierTextError

    """
    held = _read(deployment, place, language, text)
    if held.translator_id == by.id:
        db.session.rollback()
        raise OwnDossierTextError
    if held.reviewed_at is None or held.made_from != made_from:
        held.reviewer_id, held.reviewed_at, held.made_from = by.id, now(), made_from
    db.session.commit()


def take_back_dossier_text(deployment: Deployment, place: str, language: str, text: str) -> None:
    """Let readers see the original again. The translation stays on record.

    Raises:
        DossierTextChangedError: it is not the one that was read.

    """
    _read(deployment, place, language, text).taken_back_at = now()
    db.session.commit()


def _held(deployment: Deployment, place: str, language: str) -> DossierTranslation | None:
    """The translation that holds. Takes turns with other translators."""
    db.session.refresh(deployment, with_for_update=True)
    return translations_of(deployment.id, language).get(place)


def _read(deployment: Deployment, place: str, language: str, text: str) -> DossierTranslation:
    held = _held(deployment, place, language)
    if held is None or held.text != text:
        db.session.rollback()
        raise DossierTextChangedError
    return held


def _is_a_persons(held: DossierTranslation) -> bool:
    """Whether no machine may replace it: a person has written or checked it."""
    return not held.by_machine or held.reviewed_at is not None
