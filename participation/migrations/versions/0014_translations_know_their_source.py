"""Translations know their source."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TRANSLATED = sa.table(
    "translated_texts",
    sa.column("consultation_id", sa.Integer),
    sa.column("language", sa.String),
    sa.column("words", sa.JSON),
    sa.column("made_from", sa.JSON),
    sa.column("by_machine", sa.Boolean),
    sa.column("made_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    op.create_table(
        "machine_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column(
            "problem",
            sa.Enum(
                "bad-key",
                "refused",
                "unreadable",
                "busy",
                "unreachable",
                name="problem",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_machine_requests_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_machine_requests")),
        sa.UniqueConstraint(
            "consultation_id", "language", name=op.f("uq_machine_requests_consultation_id_language")
        ),
    )
    op.create_table(
        "translated_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("made_from", sa.JSON(), nullable=False),
        sa.Column("translator_id", sa.Integer(), nullable=True),
        sa.Column("by_machine", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_translated_texts_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["accounts.id"], name=op.f("fk_translated_texts_reviewer_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["translator_id"], ["accounts.id"], name=op.f("fk_translated_texts_translator_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translated_texts")),
    )
    with op.batch_alter_table("translated_texts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_translated_texts_consultation_id"), ["consultation_id"], unique=False
        )

    with op.batch_alter_table("statement_texts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("made_from", sa.String(length=2000), nullable=True))

    with op.batch_alter_table("superseded_texts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("made_from", sa.String(length=2000), nullable=True))
    _note_sources()


def downgrade() -> None:
    with op.batch_alter_table("superseded_texts", schema=None) as batch_op:
        batch_op.drop_column("made_from")

    with op.batch_alter_table("statement_texts", schema=None) as batch_op:
        batch_op.drop_column("made_from")

    with op.batch_alter_table("translated_texts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_translated_texts_consultation_id"))

    op.drop_table("translated_texts")
    op.drop_table("machine_requests")


def _note_sources() -> None:
    """No original could change so far: every translation was made from what stands there now."""
    op.execute(
        "UPDATE statement_texts SET made_from = (SELECT original.text FROM statement_texts AS original"
        " JOIN statements ON statements.id = original.statement_id AND statements.language = original.language"
        " WHERE original.statement_id = statement_texts.statement_id)"
        " WHERE language <> (SELECT language FROM statements WHERE id = statement_texts.statement_id)"
    )
    fields = ("title", "question", "summary", "decision_maker", "still_open", "use_of_answers")
    columns: list[sa.ColumnClause[str]] = [
        sa.column(name) for name in ("consultation_id", "language", *fields)
    ]
    bind = op.get_bind()
    consultations = bind.execute(sa.text("SELECT id, main_language FROM consultations")).all()
    texts = {
        (row.consultation_id, row.language): {name: getattr(row, name) for name in fields}
        for row in bind.execute(sa.select(*columns).select_from(sa.table("consultation_texts")))
    }
    for consultation in consultations:
        source = texts[consultation.id, consultation.main_language]
        for (consultation_id, language), words in texts.items():
            if consultation_id == consultation.id and language != consultation.main_language:
                bind.execute(
                    TRANSLATED.insert(),
                    {
                        "consultation_id": consultation.id,
                        "language": language,
                        "words": words,
                        "made_from": source,
                        "by_machine": False,
                        "made_at": datetime.now(UTC),
                    },
                )
