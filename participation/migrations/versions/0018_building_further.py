"""One policy of moderation; corrections, confirmed addresses, translated dossiers, and a frozen weighting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from sqlalchemy import Connection

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# What the column held before.
LONGEST_BEFORE = 1200
LONGEST_RULES = 4000
ADMISSIONS = ("open", "code")

CONSULTATIONS = sa.table("consultations", sa.column("id"), sa.column("main_language"), sa.column("admission"))
TEXTS = sa.table(
    "consultation_texts", sa.column("consultation_id"), sa.column("language"), sa.column("moderation")
)
RULES = sa.table("rule_texts", sa.column("consultation_id"), sa.column("language"), sa.column("text"))
TRANSLATED = sa.table(
    "translated_texts",
    sa.column("id"),
    sa.column("consultation_id"),
    sa.column("language"),
    sa.column("words", sa.JSON),
    sa.column("made_from", sa.JSON),
)


def upgrade() -> None:
    with op.batch_alter_table("consultation_texts") as batch:
        batch.alter_column("moderation", existing_type=sa.String(LONGEST_BEFORE), type_=sa.Text())
    _put_rules_into_policies(op.get_bind())
    op.drop_table("rule_texts")
    with op.batch_alter_table("snapshots") as batch:
        batch.add_column(sa.Column("weighed", sa.JSON(), nullable=True))
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_corrections_account_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_corrections_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_index(op.f("ix_corrections_consultation_id"), "corrections", ["consultation_id"])
    op.create_table(
        "used_addresses",
        sa.Column("trace", sa.LargeBinary(length=32), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_used_addresses_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("trace", name=op.f("pk_used_addresses")),
    )
    op.create_index(op.f("ix_used_addresses_consultation_id"), "used_addresses", ["consultation_id"])
    _create_dossier_translations()


def downgrade() -> None:
    op.drop_table("dossier_translations")
    op.drop_table("used_addresses")
    op.drop_table("corrections")
    with op.batch_alter_table("snapshots") as batch:
        batch.drop_column("weighed")
    # Nothing is opened to more people than before: who came by mail needs a code then.
    op.execute(
        sa.update(CONSULTATIONS).where(CONSULTATIONS.c.admission.not_in(ADMISSIONS)).values(admission="code")
    )
    op.create_table(
        "rule_texts",
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("text", sa.String(length=LONGEST_RULES), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_rule_texts_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("consultation_id", "language", name=op.f("pk_rule_texts")),
    )
    _take_rules_out_of_policies(op.get_bind())
    with op.batch_alter_table("consultation_texts") as batch:
        batch.alter_column("moderation", existing_type=sa.Text(), type_=sa.String(LONGEST_BEFORE))


def _create_dossier_translations() -> None:
    op.create_table(
        "dossier_translations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_from", sa.Text(), nullable=False),
        sa.Column("translator_id", sa.Integer(), nullable=True),
        sa.Column("by_machine", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["deployment_id"],
            ["deployments.id"],
            name=op.f("fk_dossier_translations_deployment_id_deployments"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["accounts.id"], name=op.f("fk_dossier_translations_reviewer_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["translator_id"], ["accounts.id"], name=op.f("fk_dossier_translations_translator_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_translations")),
    )
    op.create_index(op.f("ix_dossier_translations_deployment_id"), "dossier_translations", ["deployment_id"])


def _put_rules_into_policies(connection: Connection) -> None:
    """What a consultation added to the rules follows what it said of moderation, in the same language.

    Rules in a language that the consultation no longer speaks follow those of its main one.
    """
    for rule in connection.execute(sa.select(RULES).order_by(RULES.c.language)).all():
        of_it = TEXTS.c.consultation_id == rule.consultation_id
        policies = {row.language: row.moderation for row in connection.execute(sa.select(TEXTS).where(of_it))}
        main: str = connection.scalars(
            sa.select(CONSULTATIONS.c.main_language).where(CONSULTATIONS.c.id == rule.consultation_id)
        ).one()
        language: str = rule.language if rule.language in policies else main
        old = policies[language]
        new = f"{old}\n\n{rule.text}".strip()
        connection.execute(sa.update(TEXTS).where(of_it, TEXTS.c.language == language).values(moderation=new))
        _retell(connection, rule.consultation_id, language=language, main=main, old=old, new=new)


def _retell(
    connection: Connection, consultation_id: int, *, language: str, main: str, old: str, new: str
) -> None:
    """Let the records of translations know the same words, so that they still tell of the texts that stand there."""
    made = connection.execute(
        sa.select(TRANSLATED).where(TRANSLATED.c.consultation_id == consultation_id)
    ).all()
    for row in made:
        words, made_from = dict(row.words), dict(row.made_from)
        if row.language == language and words.get("moderation") == old:
            words["moderation"] = new
        if language == main and made_from.get("moderation") == old:
            made_from["moderation"] = new
        connection.execute(
            sa.update(TRANSLATED).where(TRANSLATED.c.id == row.id).values(words=words, made_from=made_from)
        )


def _take_rules_out_of_policies(connection: Connection) -> None:
    """Nothing is lost: what is too long for the policy of before goes on in the rules."""
    for row in connection.execute(sa.select(TEXTS)).all():
        if len(row.moderation) <= LONGEST_BEFORE:
            continue
        keys = {"consultation_id": row.consultation_id, "language": row.language}
        rest = row.moderation[LONGEST_BEFORE : LONGEST_BEFORE + LONGEST_RULES]
        connection.execute(sa.insert(RULES).values(text=rest, **keys))
        connection.execute(
            sa.update(TEXTS)
            .where(TEXTS.c.consultation_id == row.consultation_id, TEXTS.c.language == row.language)
            .values(moderation=row.moderation[:LONGEST_BEFORE])
        )
