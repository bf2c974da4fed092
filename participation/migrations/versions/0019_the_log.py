"""The public log, its signed heads, commitments to votes and what leads from a vote to its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "log_entries",
        sa.Column("index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("consultation", sa.String(length=80), nullable=True),
        sa.Column("organisation", sa.String(length=80), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("index", name=op.f("pk_log_entries")),
        sa.UniqueConstraint("previous_hash", name=op.f("uq_log_entries_previous_hash")),
    )
    for column in ("kind", "consultation", "organisation"):
        op.create_index(op.f(f"ix_log_entries_{column}"), "log_entries", [column])
    op.create_table(
        "tree_heads",
        sa.Column("size", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_tree_heads")),
    )
    op.create_table(
        "commitments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.LargeBinary(length=32), nullable=False),
        sa.Column("is_left_out", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
        sa.UniqueConstraint("commitment", name=op.f("uq_commitments_commitment")),
    )
    op.create_index(op.f("ix_commitments_entry"), "commitments", ["entry"])
    op.add_column("votes", sa.Column("nonce", sa.LargeBinary(length=32), nullable=True))
    op.create_index(
        "ix_votes_without_nonce",
        "votes",
        ["consultation_id"],
        sqlite_where=sa.text("nonce IS NULL"),
        postgresql_where=sa.text("nonce IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_votes_without_nonce", table_name="votes")
    op.drop_column("votes", "nonce")
    op.drop_table("commitments")
    op.drop_table("tree_heads")
    op.drop_table("log_entries")
