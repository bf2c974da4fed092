"""The accessibility statement."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accessibility_statements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "conformance",
            sa.Enum("full", "partial", "none", name="conformance", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "assessed_by",
            sa.Enum("organiser", "third-party", name="assessedby", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("contact_phone", sa.String(length=40), nullable=False),
        sa.Column("answers_within_days", sa.Integer(), nullable=False),
        sa.Column("enforcement_url", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "answers_within_days > 0", name=op.f("ck_accessibility_statements_answers_take_time")
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_accessibility_statements_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accessibility_statements")),
    )
    op.create_table(
        "accessibility_texts",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("organiser", sa.String(length=200), nullable=False),
        sa.Column("law", sa.String(length=300), nullable=False),
        sa.Column("shortcomings", sa.Text(), nullable=False),
        sa.Column("burdens", sa.Text(), nullable=False),
        sa.Column("out_of_scope", sa.Text(), nullable=False),
        sa.Column("enforcement_body", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["accessibility_statements.id"],
            name=op.f("fk_accessibility_texts_statement_id_accessibility_statements"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("statement_id", "language", name=op.f("pk_accessibility_texts")),
    )


def downgrade() -> None:
    op.drop_table("accessibility_texts")
    op.drop_table("accessibility_statements")
