"""Migrations: the head equals the models, each goes down and up again, and rows survive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select, text

from deliberation.ballot import Choice
from participation.consultations.queries import consultation_by_slug, translated_texts_of
from participation.consultations.translations import translate_texts
from participation.database import db
from participation.statements.models import Origin
from participation.statements.queries import statements_of
from participation.statements.translations import add_translation
from participation.votes.models import Vote
from tests.builders import make_account, make_consultation, make_votes

if TYPE_CHECKING:
    from flask import Flask

A_CONSULTATION = """
INSERT INTO consultations (id, slug, main_language, opens_at, closes_at, is_demonstration, deck_revision, created_at)
VALUES (1, 'trams', 'en', '2026-01-01', '2026-02-01', false, 0, '2026-01-01')
"""
ITS_TEXT = """
INSERT INTO consultation_texts (consultation_id, language, title, question, summary)
VALUES (1, 'en', 'Trams', 'More trams?', 'More.')
"""


def test_the_head_equals_the_models(app: Flask) -> None:
    with app.app_context():
        context = MigrationContext.configure(db.session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_everything_goes_down_and_up_again(app: Flask) -> None:
    with app.app_context():
        downgrade(revision="base")
        left = set(inspect(db.engine).get_table_names())
        upgrade()
        assert left <= {"alembic_version"}
        assert set(db.metadata.tables) <= set(inspect(db.engine).get_table_names())


def test_what_was_there_before_dossiers_is_still_there_after(app: Flask) -> None:
    with app.app_context():
        downgrade(revision="0001")
        for row in (A_CONSULTATION, ITS_TEXT):
            db.session.execute(text(row))
        db.session.commit()
        upgrade()
        consultation = consultation_by_slug("trams")
        assert consultation
        assert consultation.texts["en"].question == "More trams?"
        assert consultation.texts["en"].still_open == ""
        assert consultation.dossier_version is None


def test_statements_and_votes_survive_the_way_down_and_up(app: Flask) -> None:
    """Building a table anew, as SQLite must, would take with it what points at its rows."""
    with app.app_context():
        consultation = make_consultation(seeds=("A person should decide.",))
        (statement,) = statements_of(consultation.id)
        make_votes(consultation, statement, [Choice.AGREE, Choice.PASS])
        downgrade(revision="0001")
        upgrade()
        db.session.expire_all()
        (statement,) = statements_of(consultation.id)
        written = statement.texts["en"]
        assert (written.text, written.origin) == ("A person should decide.", Origin.PERSON)
        assert written.made_at == statement.written_at
        assert db.session.scalar(select(func.count()).select_from(Vote)) == 2


def test_translations_from_before_know_what_they_were_made_from(app: Flask) -> None:
    with app.app_context():
        consultation = make_consultation(languages=("en", "fr"), seeds=("A person should decide.",))
        (statement,) = statements_of(consultation.id)
        add_translation(consultation, statement, "fr", "Une personne doit décider.", by=None)
        # What the field said that came later is lost on the way down.
        slug, source = consultation.slug, consultation.texts["en"].words() | {"moderation": ""}
        downgrade(revision="0010")
        upgrade()
        db.session.expire_all()
        (statement,) = statements_of(consultation_by_slug(slug).id)
        assert statement.texts["fr"].made_from == "A person should decide."
        assert statement.texts["en"].made_from is None
        assert translated_texts_of(consultation_by_slug(slug))["fr"].made_from == source


RULES_OF_OLD = """
INSERT INTO rule_texts (consultation_id, language, text) VALUES
(:id, 'en', 'Write about **trams**.'), (:id, 'fr', 'Parlez des trams.')
"""


def test_what_was_added_to_the_rules_is_part_of_the_policy_now(app: Flask) -> None:
    """In its language, without making a translation look older than it is; on the way down nothing is lost."""
    with app.app_context():
        consultation = make_consultation(languages=("en", "fr", "ar"))
        slug, long = consultation.slug, "Les modérateurs décident. " * 60
        french = consultation.texts["fr"].words() | {"moderation": "Ils décident."}
        translate_texts(consultation, "fr", french, by=make_account())
        consultation.texts["ar"].moderation = long
        db.session.commit()
        downgrade(revision="0015")
        cut = db.session.scalar(text("SELECT moderation FROM consultation_texts WHERE language = 'ar'"))
        assert cut + db.session.scalar(text("SELECT text FROM rule_texts WHERE language = 'ar'")) == long
        db.session.execute(text(RULES_OF_OLD), {"id": consultation.id})
        db.session.commit()
        upgrade()
        db.session.expire_all()
        consultation = consultation_by_slug(slug)
        policies = {tag: words.moderation for tag, words in consultation.texts.items()}
        assert policies["en"].endswith("about the question.\n\nWrite about **trams**.")
        assert policies["fr"] == "Ils décident.\n\nParlez des trams."
        assert translated_texts_of(consultation)["fr"].made_from == consultation.texts["en"].words()
