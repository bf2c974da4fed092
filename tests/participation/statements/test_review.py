"""Amina writes; what there is to say about her text is said before it is sent, and she decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sqlalchemy import select

from participation.consultations.queries import consultation_by_slug
from participation.database import db
from participation.demonstration.content import load_content
from participation.statements.advice import Advice, advice_on
from participation.statements.languages import likely_language
from participation.statements.models import Statement
from participation.statements.queries import statement_with_text
from participation.statements.similar import TextIndex
from participation.statements.translations import add_translation
from tests.builders import make_account, make_consultation
from tests.people import Citizen, Page

if TYPE_CHECKING:
    from flask import Flask

SEEDS = ("A person should decide.", "Errors should be published every year.", "It costs too much.")
PLAIN = "The letters should be written in plain words."


@pytest.fixture
def slug(app: Flask) -> str:
    with app.app_context():
        return make_consultation(languages=("en", "fr", "ar"), seeds=SEEDS).slug


def sent(app: Flask) -> list[Statement]:
    with app.app_context():
        return list(db.session.scalars(select(Statement).where(Statement.is_seed.is_(False))))


def sends_it_as_it_is(amina: Citizen, slug: str, page: Page) -> Page:
    """Press "Send" on the page that says something about the text."""
    language = page.html.select_one("select[name=language] option[selected]")["value"]
    return amina.drafts(slug, page.field("text"), language, reviewed=page.hidden("reviewed"))


def test_a_good_statement_is_sent_at_once(app: Flask, slug: str) -> None:
    assert "We have received your statement" in Citizen(app).drafts(slug, PLAIN).text
    assert len(sent(app)) == 1


def test_a_question_is_pointed_out_and_can_be_sent_all_the_same(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    page = amina.drafts(slug, "Why does nobody publish how much this costs?")
    assert "This reads like a question." in page.html.select_one(".notice").get_text()
    assert sent(app) == []
    assert "We have received your statement" in sends_it_as_it_is(amina, slug, page).text


def test_a_text_that_was_changed_is_looked_at_anew(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    page = amina.drafts(slug, "Why does nobody publish how much this costs?")
    again = amina.drafts(slug, "Call 06 12 34 56 78 for the costs.", reviewed=page.hidden("reviewed"))
    assert "telephone number" in again.html.select_one(".notice").get_text()
    assert sent(app) == []


def test_what_nearly_says_the_same_is_shown_to_vote_on_instead(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    page = amina.drafts(slug, "Errors should be published every single year!")
    said = page.html.select("#similar ~ ol li")
    assert [SEEDS[1] in item.get_text() for item in said] == [True]
    link = said[0].select_one("a")["href"]
    assert SEEDS[1] in amina.opens(link.removeprefix("/en")).text
    assert "Send mine all the same" in page.text
    assert "We have received your statement" in sends_it_as_it_is(amina, slug, page).text


def test_a_translation_is_compared_too(app: Flask, slug: str) -> None:
    with app.app_context():
        consultation = consultation_by_slug(slug)
        statement = statement_with_text(consultation.id, SEEDS[1])
        french = "Il faut publier les erreurs chaque année."
        add_translation(consultation, statement, "fr", french, by=make_account("Luc"))
    page = Citizen(app).drafts(slug, "Il faudrait publier les erreurs chaque année", "fr")
    assert SEEDS[1] in page.html.select_one("#similar ~ ol li").get_text()


def test_what_waits_for_a_facilitator_is_not_shown(app: Flask, slug: str) -> None:
    Citizen(app).writes(slug, PLAIN)
    page = Citizen(app).drafts(slug, "The letters should be written in very plain words.")
    assert "We have received your statement" in page.text


def test_another_language_than_she_chose_is_proposed(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    page = amina.drafts(slug, "Les lettres doivent être écrites avec des mots simples.", "en")
    assert "seems to be written in French" in page.text
    sends_it_as_it_is(amina, slug, page)
    assert [statement.language for statement in sent(app)] == ["fr"]


def test_she_has_the_last_word_about_her_language(app: Flask, slug: str) -> None:
    amina = Citizen(app)
    text = "Les lettres doivent être écrites avec des mots simples."
    page = amina.drafts(slug, text, "en")
    amina.drafts(slug, text, "en", reviewed=page.hidden("reviewed"))
    assert [statement.language for statement in sent(app)] == ["en"]


@pytest.mark.parametrize("unsure", ["No surveillance", "ok", "123", "👍"])
def test_a_text_too_short_to_tell_raises_no_doubt(unsure: str) -> None:
    assert likely_language(unsure, ("en", "fr", "fi")) is None


def test_the_demonstrations_statements_are_in_the_languages_they_say() -> None:
    for statement in load_content().statements:
        for tag, text in statement.texts.items():
            assert likely_language(text, ("en", "fr", "ar", "sw", "hi", "de")) == tag


def test_a_language_that_the_model_does_not_know_raises_no_doubt() -> None:
    assert likely_language("Les lettres doivent être simples.", ("en", "fr", "zgh")) is None


def test_where_there_is_one_language_nobody_is_asked_for_it(app: Flask) -> None:
    with app.app_context():
        slug = make_consultation().slug
    page = Citizen(app).opens(f"/c/{slug}/statements/new")
    assert not page.html.select("main select")
    assert "We have received" in Citizen(app).drafts(slug, "Les lettres doivent être simples.", "en").text


@pytest.mark.parametrize(
    ("text", "language", "advice"),
    [
        ("Who pays for all of this?", "en", [Advice.QUESTION]),
        ("من يدفع ثمن هذا كله؟", "ar", [Advice.QUESTION]),
        ("The model is unfair. The council should stop it.", "en", [Advice.SEVERAL_IDEAS]),
        ("Train staff and publish errors and pay for appeals.", "en", [Advice.SEVERAL_IDEAS]),
        ("यह महँगा है। इसे अब रोक देना चाहिए।", "hi", [Advice.SEVERAL_IDEAS]),
        ("No surveillance", "en", [Advice.SHORT]),
        ("Ask amina@city.example about it.", "en", [Advice.PERSONAL_DATA]),
        ("Everything stands on www.city.example for all.", "en", [Advice.PERSONAL_DATA]),
        ("My number is +49 (0)30 123 45 67.", "en", [Advice.PERSONAL_DATA]),
        ("It must not cost more than 12,000,000 euros.", "en", []),
        ("It must not cost more than 12 000 000 euros.", "en", []),
        ("Section 5 of Art. 12 should hold from 1.1.2027 on.", "en", []),
        ("Income and rent are enough to choose by.", "en", []),
    ],
)
def test_what_the_advice_sees(text: str, language: str, advice: list[Advice]) -> None:
    assert advice_on(text, language) == advice


def test_statements_that_were_published_rarely_need_advice() -> None:
    published = [
        (tag, text)
        for statement in load_content().statements
        if statement.state == "published"
        for tag, text in statement.texts.items()
    ]
    advised = [text for tag, text in published if advice_on(text, tag)]
    assert len(advised) <= len(published) / 50


def test_the_likeness_is_the_one_of_scikit_learn() -> None:
    texts = tuple(text for statement in load_content().statements for text in statement.texts.values())
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5))
    expected = vectorizer.fit_transform(texts) @ vectorizer.transform(texts[:5]).T
    index = TextIndex(texts)
    for column, text in enumerate(texts[:5]):
        assert index.likeness(text) == pytest.approx(expected.toarray()[:, column])


def test_words_that_nobody_used_before_make_a_text_less_alike() -> None:
    index = TextIndex(SEEDS)
    assert index.likeness(SEEDS[0])[0] == pytest.approx(1)
    assert index.likeness(f"{SEEDS[0]} Zebras graze beyond quiet volcanoes.")[0] < 1 / 2
    assert list(TextIndex(()).likeness("Anything")) == []
