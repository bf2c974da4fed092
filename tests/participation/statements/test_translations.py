"""Salma translates a statement that Juma wrote in English; Fatima checks it; everybody reads their own language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from participation.accounts.models import Account
from participation.consultations.models import Consultation
from participation.database import db
from participation.statements.models import Origin, Statement, SupersededText
from participation.statements.queries import statements_of
from participation.statements.translations import (
    BetterTranslationError,
    NoSuchTranslationError,
    OriginalIsNoTranslationError,
    OwnTranslationError,
    add_translation,
    review_translation,
    take_back_translation,
)
from tests.builders import make_account, make_consultation
from tests.people import Citizen, statement_on

if TYPE_CHECKING:
    from flask import Flask

ORIGINAL = "A person should decide."
BY_SALMA = "يجب أن يقرر إنسان."
BY_MACHINE = "شخص يجب يقرر."
Scene = tuple[Consultation, Statement, Account, Account]


pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def scene() -> Scene:
    consultation = make_consultation(languages=("en", "ar"), seeds=(ORIGINAL,))
    (statement,) = statements_of(consultation.id)
    return consultation, statement, make_account("Salma"), make_account("Fatima")


def replaced() -> list[str]:
    return list(db.session.scalars(select(SupersededText.text).order_by(SupersededText.id)))


def test_a_persons_translation_replaces_a_machines_which_stays_on_record(scene: Scene) -> None:
    consultation, statement, salma, _fatima = scene
    add_translation(consultation, statement, "ar", BY_MACHINE, by=None)
    assert statement.wording("ar").origin is Origin.MACHINE
    add_translation(consultation, statement, "ar", BY_SALMA, by=salma)
    assert (statement.wording("ar").text, statement.wording("ar").origin) == (BY_SALMA, Origin.PERSON)
    assert statement.texts["ar"].translator_id == salma.id
    assert replaced() == [BY_MACHINE]


def test_a_machine_never_writes_over_a_person(scene: Scene) -> None:
    consultation, statement, salma, _fatima = scene
    add_translation(consultation, statement, "ar", BY_SALMA, by=salma)
    with pytest.raises(BetterTranslationError):
        add_translation(consultation, statement, "ar", BY_MACHINE, by=None)
    assert statement.wording("ar").text == BY_SALMA
    assert replaced() == []


def test_a_second_person_checks_it_and_then_it_stays(scene: Scene) -> None:
    consultation, statement, salma, fatima = scene
    add_translation(consultation, statement, "ar", BY_SALMA, by=salma)
    with pytest.raises(OwnTranslationError):
        review_translation(consultation, statement, "ar", BY_SALMA, by=salma)
    assert not statement.wording("ar").is_checked
    review_translation(consultation, statement, "ar", BY_SALMA, by=fatima)
    assert statement.wording("ar").is_checked
    assert statement.texts["ar"].reviewer_id == fatima.id
    with pytest.raises(BetterTranslationError):
        add_translation(consultation, statement, "ar", "غير ذلك", by=fatima)


def test_nobody_checks_a_text_that_they_have_not_read(scene: Scene) -> None:
    consultation, statement, salma, fatima = scene
    add_translation(consultation, statement, "ar", BY_MACHINE, by=None)
    add_translation(consultation, statement, "ar", BY_SALMA, by=salma)
    with pytest.raises(NoSuchTranslationError):
        review_translation(consultation, statement, "ar", BY_MACHINE, by=fatima)


def test_a_wrong_translation_is_taken_back_even_if_it_was_checked(scene: Scene) -> None:
    consultation, statement, salma, fatima = scene
    add_translation(consultation, statement, "ar", BY_SALMA, by=salma)
    review_translation(consultation, statement, "ar", BY_SALMA, by=fatima)
    take_back_translation(consultation, statement, "ar", BY_SALMA)
    assert statement.wording("ar").text == ORIGINAL
    assert replaced() == [BY_SALMA]
    add_translation(consultation, statement, "ar", "يقرر إنسان.", by=salma)
    assert not statement.wording("ar").is_checked


def test_the_authors_words_are_not_touched(scene: Scene) -> None:
    consultation, statement, salma, _fatima = scene
    with pytest.raises(OriginalIsNoTranslationError):
        add_translation(consultation, statement, "en", "Something else.", by=salma)
    with pytest.raises(OriginalIsNoTranslationError):
        take_back_translation(consultation, statement, "en", ORIGINAL)
    assert statement.wording("en").text == ORIGINAL


def test_a_reader_sees_their_language_who_translated_and_the_original(app: Flask, scene: Scene) -> None:
    consultation, statement, salma, fatima = scene
    add_translation(consultation, statement, "ar", BY_MACHINE, by=None)
    # The interface's own words are not translated in this test: what counts is what they stand beside.
    amina = Citizen(app, "ar")
    page = amina.sees_card(consultation.slug)
    assert statement_on(page) == BY_MACHINE
    assert page.html.select_one("[data-statement-text]")["dir"] == "rtl"
    original = page.html.select_one(".source details [lang=en]")
    assert (original.get_text(), original["dir"]) == (ORIGINAL, "ltr")
    add_translation(consultation, statement, "ar", BY_SALMA, by=salma)
    assert statement_on(amina.sees_card(consultation.slug)) == BY_SALMA
    review_translation(consultation, statement, "ar", BY_SALMA, by=fatima)
    take_back_translation(consultation, statement, "ar", BY_SALMA)
    page = amina.sees_card(consultation.slug)
    assert statement_on(page) == ORIGINAL
    assert page.html.select_one("[data-statement-text]")["lang"] == "en"
    assert not page.html.select(".source details")


@pytest.mark.parametrize(
    ("by", "checked", "words"),
    [
        ("machine", False, "Translated by machine, not checked."),
        ("machine", True, "Translated by machine, checked by a person."),
        ("salma", False, "Translated by a person."),
        ("salma", True, "Translated by a person, checked by a second one."),
    ],
)
def test_the_label_says_how_it_was_made(app: Flask, by: str, *, checked: bool, words: str) -> None:
    consultation = make_consultation(languages=("ar", "en"), seeds=(BY_SALMA,))
    (statement,) = statements_of(consultation.id)
    salma, fatima = make_account("Salma"), make_account("Fatima")
    add_translation(consultation, statement, "en", ORIGINAL, by=salma if by == "salma" else None)
    if checked:
        review_translation(consultation, statement, "en", ORIGINAL, by=fatima)
    label = Citizen(app).sees_card(consultation.slug).html.select_one(".source summary")
    assert label.get_text(strip=True).startswith(words)
    assert label.get_text(strip=True) == f"{words} See the original"
