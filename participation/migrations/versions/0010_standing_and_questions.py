"""How sure a place is, hidden interim results, questions about oneself, conspicuous votes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_questions_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
        sa.UniqueConstraint("consultation_id", "number", name=op.f("uq_questions_consultation_id_number")),
        sa.UniqueConstraint("id", "consultation_id", name=op.f("uq_questions_id_consultation_id")),
    )
    op.create_table(
        "question_texts",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name=op.f("fk_question_texts_question_id_questions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("question_id", "language", name=op.f("pk_question_texts")),
    )
    op.create_table(
        "self_descriptions",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["participant_id", "consultation_id"],
            ["participants.id", "participants.consultation_id"],
            name="fk_self_descriptions_participant",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id", "consultation_id"],
            ["questions.id", "questions.consultation_id"],
            name="fk_self_descriptions_question",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("participant_id", "question_id", name=op.f("pk_self_descriptions")),
    )
    with op.batch_alter_table("self_descriptions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_self_descriptions_consultation_id"), ["consultation_id"], unique=False
        )

    # Every consultation so far has shown them. Not as a batch: SQLite could not drop a column with a foreign
    # key, further down, from a table that was made anew.
    op.add_column(
        "consultations",
        sa.Column("shows_interim_results", sa.Boolean(), nullable=False, server_default=sa.true()),
    )

    with op.batch_alter_table("places", schema=None) as batch_op:
        batch_op.add_column(sa.Column("group_probability", sa.Double(), nullable=True))

    with op.batch_alter_table("snapshots", schema=None) as batch_op:
        batch_op.add_column(sa.Column("integrity", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("answers", sa.JSON(), nullable=True))
    # What they say has changed its meaning: each is computed again, also of what is closed.
    op.execute("UPDATE snapshots SET deck_revision = -1")


def downgrade() -> None:
    with op.batch_alter_table("snapshots", schema=None) as batch_op:
        batch_op.drop_column("answers")
        batch_op.drop_column("integrity")

    with op.batch_alter_table("places", schema=None) as batch_op:
        batch_op.drop_column("group_probability")

    op.drop_column("consultations", "shows_interim_results")

    with op.batch_alter_table("self_descriptions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_self_descriptions_consultation_id"))

    op.drop_table("self_descriptions")
    op.drop_table("question_texts")
    op.drop_table("questions")
