"""Who translated a statement, and receipts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ORIGIN = sa.Enum("person", "machine", name="origin", native_enum=False, length=32)


def upgrade() -> None:
    op.create_table(
        "superseded_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("origin", ORIGIN, nullable=False),
        sa.Column("translator_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["accounts.id"], name=op.f("fk_superseded_texts_reviewer_id_accounts")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statements.id"],
            name=op.f("fk_superseded_texts_statement_id_statements"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["translator_id"], ["accounts.id"], name=op.f("fk_superseded_texts_translator_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_superseded_texts")),
    )
    with op.batch_alter_table("superseded_texts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_superseded_texts_statement_id"), ["statement_id"], unique=False)

    with op.batch_alter_table("statement_texts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("origin", ORIGIN, nullable=True))
        batch_op.add_column(sa.Column("translator_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("made_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("reviewer_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_statement_texts_reviewer_id_accounts"), "accounts", ["reviewer_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_statement_texts_translator_id_accounts"), "accounts", ["translator_id"], ["id"]
        )

    # Until now every text was written, or translated by people, when its statement came.
    op.execute(
        "UPDATE statement_texts SET origin = 'person', made_at ="
        " (SELECT written_at FROM statements WHERE statements.id = statement_texts.statement_id)"
    )
    with op.batch_alter_table("statement_texts", schema=None) as batch_op:
        batch_op.alter_column("origin", existing_type=ORIGIN, nullable=False)
        batch_op.alter_column("made_at", existing_type=sa.DateTime(timezone=True), nullable=False)

    # Not as a batch, which would build the table anew on SQLite: votes point at it.
    op.add_column("statements", sa.Column("receipt_hash", sa.LargeBinary(length=32), nullable=True))
    op.create_index(op.f("ix_statements_receipt_hash"), "statements", ["receipt_hash"], unique=True)


def downgrade() -> None:
    op.drop_index(op.f("ix_statements_receipt_hash"), table_name="statements")
    op.drop_column("statements", "receipt_hash")

    with op.batch_alter_table("statement_texts", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_statement_texts_translator_id_accounts"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_statement_texts_reviewer_id_accounts"), type_="foreignkey")
        batch_op.drop_column("reviewed_at")
        batch_op.drop_column("reviewer_id")
        batch_op.drop_column("made_at")
        batch_op.drop_column("translator_id")
        batch_op.drop_column("origin")

    with op.batch_alter_table("superseded_texts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_superseded_texts_statement_id"))

    op.drop_table("superseded_texts")
