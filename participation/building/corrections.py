"""Correcting what a consultation says after the public has seen it: in sight of everybody, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from participation.building.drafts import EditedMeanwhileError
from participation.consultations.actions import enter_in_log, expect, note_translations
from participation.consultations.models import TEXT_FIELDS, Correction, Phase
from participation.database import db
from participation.errors import DomainError
from participation.fingerprints import fingerprint_of
from participation.transparency.models import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from participation.accounts.models import Account
    from participation.consultations.models import Consultation


class NothingCorrectedError(DomainError):
    message = _l("The texts say the same as before, so there is nothing to correct.")


def correct_texts(
    consultation: Consultation, words: Mapping[str, str], reason: str, *, edition: int, by: Account
) -> Correction:
    """Say something otherwise in the main language. What it said before can be read beside it from then on.

    Translations keep their words and are out of date until somebody has looked at them.

    Args:
        words: by the names in TEXT_FIELDS.
        reason: why, for everybody to read.
        edition: the one that the editor has seen.

    Raises:
        WrongPhaseError: it is a draft, which is changed without a note.
        EditedMeanwhileError: there is a later edition.
        NothingCorrectedError

    """
    expect(consultation, Phase.ANNOUNCED, Phase.OPEN, Phase.CLOSED)
    if consultation.edition != edition:
        db.session.rollback()
        raise EditedMeanwhileError
    # Before the source changes: translations of which nothing is known were made from what it says now.
    note_translations(consultation, by=None)
    text = consultation.texts[consultation.main_language]
    db.session.refresh(text)
    before = text.words()
    changed = [name for name in TEXT_FIELDS if words[name] != before[name]]
    if not changed:
        db.session.rollback()
        raise NothingCorrectedError
    for name in changed:
        setattr(text, name, words[name])
    consultation.edition += 1
    correction = Correction(
        consultation_id=consultation.id,
        before={name: before[name] for name in changed},
        after={name: words[name] for name in changed},
        reason=reason,
        account_id=by.id,
    )
    db.session.add(correction)
    # Not the reason: it may name somebody, and what is in the log can never go.
    corrected, whole = fingerprint_of(correction.after), fingerprint_of(text.words())
    enter_in_log(consultation, Kind.SETTING_CHANGED, setting="texts", value=corrected, sha256=whole)
    db.session.commit()
    return correction
