"""Time zones and phases of consultations, leanings of first statements, invitation codes and previews."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from collections.abc import Callable

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TRANSLATED = sa.table(
    "translated_texts", sa.column("id"), sa.column("words", sa.JSON), sa.column("made_from", sa.JSON)
)


def upgrade() -> None:
    op.create_table(
        "invitation_codes",
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_invitation_codes_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_invitation_codes")),
    )
    op.create_index(op.f("ix_invitation_codes_consultation_id"), "invitation_codes", ["consultation_id"])
    op.create_table(
        "preview_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=120), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultations.id"],
            name=op.f("fk_preview_links_consultation_id_consultations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preview_links")),
    )
    op.create_index(op.f("ix_preview_links_consultation_id"), "preview_links", ["consultation_id"])
    op.create_table(
        "preview_comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"],
            ["preview_links.id"],
            name=op.f("fk_preview_comments_link_id_preview_links"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preview_comments")),
    )
    op.create_index(op.f("ix_preview_comments_link_id"), "preview_comments", ["link_id"])

    # Not as batches: SQLite would make the tables anew.
    for column in (
        sa.Column("statements_until", sa.DateTime(timezone=True), nullable=True),
        # What days meant before there was a choice.
        sa.Column("time_zone", sa.String(length=64), nullable=False, server_default="UTC"),
        sa.Column(
            "admission",
            sa.Enum("open", "code", name="admission", native_enum=False, length=32),
            nullable=False,
            server_default="open",
        ),
        sa.Column("edition", sa.Integer(), nullable=False, server_default="0"),
    ):
        op.add_column("consultations", column)
    op.add_column(
        "consultation_texts",
        sa.Column("moderation", sa.String(length=1200), nullable=False, server_default=""),
    )
    _note(lambda words: {**words, "moderation": ""})
    op.add_column(
        "statements",
        sa.Column(
            "leaning",
            sa.Enum("for", "against", "neither", name="leaning", native_enum=False, length=32),
            nullable=True,
        ),
    )


def downgrade() -> None:
    op.drop_column("statements", "leaning")
    _note(lambda words: {name: text for name, text in words.items() if name != "moderation"})
    op.drop_column("consultation_texts", "moderation")
    for name in ("edition", "admission", "time_zone", "statements_until"):
        op.drop_column("consultations", name)
    op.drop_table("preview_comments")
    op.drop_table("preview_links")
    op.drop_table("invitation_codes")


def _note(change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    """The record of translations tells what stands in every field: also in the one that comes or goes."""
    bind = op.get_bind()
    for row in bind.execute(sa.select(TRANSLATED)).all():
        bind.execute(
            sa.update(TRANSLATED)
            .where(TRANSLATED.c.id == row.id)
            .values(words=change(row.words), made_from=change(row.made_from))
        )
