"""The texts that people read first must be whole, clean and short in every language."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest

from participation.demonstration.content import Content, load_content
from participation.demonstration.dossier import load_dossier
from participation.demonstration.simulation import CAMP_SHARES
from participation.moderation.models import Reason
from participation.statements.models import State
from participation.text import has_deceptive_characters, one_line

LANGUAGES = ["en", "fr", "ar"]
NO_BREAK_SPACES = "\u00a0\u202f"


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


def all_texts(content: Content, language: str) -> Iterator[str]:
    dossier = content.dossiers[language]
    yield from (dossier.place, dossier.title, dossier.question, dossier.decision_maker)
    yield from (dossier.still_open, dossier.use_of_answers)
    yield dossier.moderation
    for section in dossier.sections:
        yield from (section.heading, section.text)
    for statement in content.statements:
        yield statement.texts[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_present_and_clean(content: Content, language: str) -> None:
    for text in all_texts(content, language):
        assert text.strip() == text != ""
        assert unicodedata.is_normalized("NFC", text)
        assert not has_deceptive_characters(text)
        assert "  " not in text
        assert not set("'\"") & set(text), f"typewriter quotation mark in {text}"


def test_it_has_exactly_these_languages(content: Content) -> None:
    assert list(content.dossiers) == LANGUAGES
    assert content.main_language in content.dossiers


def test_arabic_is_in_arabic_letters_with_arabic_punctuation(content: Content) -> None:
    for text in all_texts(content, "ar"):
        letters = [character for character in text if character.isalpha()]
        assert all("ARABIC" in unicodedata.name(character) for character in letters), text
        assert not set(",;?") & set(text), text


def test_french_has_no_break_spaces_before_its_marks(content: Content) -> None:
    for text in all_texts(content, "fr"):
        for position, character in enumerate(text):
            if character in "?!;:":
                assert text[position - 1] in NO_BREAK_SPACES, text


def test_the_dossier_is_short_and_has_the_same_parts_everywhere(content: Content) -> None:
    assert len({len(dossier.sections) for dossier in content.dossiers.values()}) == 1
    for dossier in content.dossiers.values():
        assert len(dossier.title) <= 90
        assert len(dossier.question) <= 300
        assert len(dossier.decision_maker) <= 200
        assert max(len(dossier.still_open), len(dossier.use_of_answers)) <= 500
        assert 250 <= len(dossier.summary.split()) <= 460
        assert dossier.summary.startswith(f"## {dossier.sections[0].heading}\n\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dossier_of_the_system_is_whole_and_clean(language: str) -> None:
    first, latest = load_dossier(date(2026, 3, 1))
    assert set(first["fields"]) < set(latest["fields"]), "the second version adds something"
    for texts in texts_in(latest["fields"]):
        assert set(texts) == set(LANGUAGES), texts
        text = texts[language]
        assert one_line(text) == text != ""
        assert not set("'\"") & set(text), text
        if language == "ar":
            assert all("ARABIC" in unicodedata.name(sign) for sign in text if sign.isalpha()), text
            assert not set(",;?") & set(text), text
        if language == "fr":
            before = [text[place - 1] for place, sign in enumerate(text) if sign in "?!;:"]
            assert set(before) <= set(NO_BREAK_SPACES), text


def texts_in(value: object) -> Iterator[dict[str, str]]:
    """Every text of a dossier: what has an English one."""
    if isinstance(value, dict) and "en" in value:
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_in(part)


def test_it_opens_before_it_closes(content: Content) -> None:
    assert content.opens_in_days < content.closes_in_days


def test_keys_and_texts_are_unique(content: Content) -> None:
    assert max(Counter(statement.key for statement in content.statements).values()) == 1
    for language in LANGUAGES:
        assert max(Counter(statement.texts[language] for statement in content.statements).values()) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_statements_are_short_sentences_and_no_questions(content: Content, language: str) -> None:
    for statement in content.statements:
        text = statement.texts[language]
        assert len(text) <= 140
        assert text.endswith(".")
        assert not set("?؟") & set(text)
        assert one_line(text) == text


def test_seeds_are_there_from_the_start_and_others_come_later(content: Content) -> None:
    seeds = [statement for statement in content.statements if statement.author == "seed"]
    others = [statement for statement in content.statements if statement.author == "participant"]
    assert len(seeds) >= 10
    assert len(seeds) + len(others) == len(content.statements)
    assert all(statement.arrival == 0 for statement in seeds)
    assert all(0 < statement.arrival < 1 for statement in others)
    assert {statement.language for statement in others} == set(LANGUAGES)


def test_some_statements_wait_and_some_were_rejected_for_a_known_reason(content: Content) -> None:
    states = Counter(State(statement.state) for statement in content.statements)
    assert (states[State.WAITING], states[State.REJECTED]) == (2, 2)
    for statement in content.statements:
        assert (statement.reason is not None) == (statement.state == "rejected")
        assert statement.reason is None or Reason(statement.reason)


def test_every_camp_has_a_lean_on_every_published_statement(content: Content) -> None:
    for statement in content.statements:
        if statement.state == "published":
            assert set(statement.lean) == set(CAMP_SHARES)
        for lean in statement.lean.values():
            assert 0 < lean.agree < 1
            assert 0 < lean.disagree < 1
            assert lean.agree + lean.disagree < 1
