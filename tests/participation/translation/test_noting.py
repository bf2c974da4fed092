"""Fatima writes English and French side by side; what she then changes in one of them says what became old."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from participation.consultations.actions import note_translations
from participation.consultations.queries import translated_texts_of
from participation.consultations.translations import (
    BetterTextError,
    MainTextIsNoTranslationError,
    OwnTextError,
    TextHasChangedError,
    review_texts,
    take_back_texts,
    translate_texts,
)
from participation.database import db
from participation.translation.items import State
from participation.translation.queries import items_of
from tests.builders import make_account, make_consultation

if TYPE_CHECKING:
    from participation.consultations.models import Consultation

pytestmark = pytest.mark.usefixtures("context")


def state_of(consultation: Consultation) -> State:
    return items_of(consultation, ["fr"])["fr"][0].state


def test_what_was_written_side_by_side_is_up_to_date_until_one_side_changes() -> None:
    fatima = make_account()
    consultation = make_consultation(fatima, languages=("en", "fr"))
    assert translated_texts_of(consultation)["fr"].translator_id == fatima.id
    assert state_of(consultation) is State.WRITTEN
    consultation.texts["en"].title = "Another title"
    note_translations(consultation, by=fatima)
    assert state_of(consultation) is State.STALE
    consultation.texts["fr"].title = "Un autre titre"
    note_translations(consultation, by=fatima)
    assert state_of(consultation) is State.WRITTEN


def test_words_that_were_changed_after_the_check_are_not_checked() -> None:
    fatima, salma = make_account("Fatima"), make_account("Salma")
    consultation = make_consultation(fatima, languages=("en", "fr"))
    with pytest.raises(OwnTextError):
        review_texts(consultation, "fr", consultation.texts["fr"].words(), by=fatima)
    review_texts(consultation, "fr", consultation.texts["fr"].words(), by=salma)
    assert state_of(consultation) is State.CHECKED
    with pytest.raises(BetterTextError):
        translate_texts(consultation, "fr", {"title": "Autre"}, by=fatima)
    consultation.texts["fr"].title = "Autre"
    db.session.commit()
    assert state_of(consultation) is State.WRITTEN


def test_a_machine_replaces_no_person_and_the_main_language_is_no_translation() -> None:
    consultation = make_consultation(make_account(), languages=("en", "fr"))
    words = consultation.texts["fr"].words()
    with pytest.raises(BetterTextError):
        translate_texts(consultation, "fr", {"title": "Machine"}, by=None)
    for deed in (
        lambda: translate_texts(consultation, "en", words, by=None),
        lambda: take_back_texts(consultation, "en", words),
    ):
        with pytest.raises(MainTextIsNoTranslationError):
            deed()
    with pytest.raises(TextHasChangedError):
        take_back_texts(consultation, "fr", words | {"title": "what was read before"})
    take_back_texts(consultation, "fr", words)
    assert consultation.languages == ["en"]
    translate_texts(consultation, "fr", words, by=None)
    assert state_of(consultation) is State.MACHINE
