"""Several browsers for one participant."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handovers",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id", "consultation_id"],
            ["participants.id", "participants.consultation_id"],
            name="fk_handovers_participant",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_handovers")),
    )
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handovers_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "held_credentials",
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id", "consultation_id"],
            ["participants.id", "participants.consultation_id"],
            name="fk_held_credentials_participant",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("secret_hash", name=op.f("pk_held_credentials")),
    )
    with op.batch_alter_table("held_credentials", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_held_credentials_participant_id"), ["participant_id"], unique=False
        )

    op.execute(
        "INSERT INTO held_credentials (secret_hash, participant_id, consultation_id) "
        "SELECT secret_hash, id, consultation_id FROM participants WHERE secret_hash IS NOT NULL"
    )
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_participants_secret_hash"), type_="unique")
        batch_op.drop_column("secret_hash")


def downgrade() -> None:
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.add_column(sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_participants_secret_hash"), ["secret_hash"])

    # Only one browser of each participant fits.
    op.execute(
        "UPDATE participants SET secret_hash = (SELECT secret_hash FROM held_credentials "
        "WHERE participant_id = participants.id ORDER BY secret_hash LIMIT 1)"
    )
    with op.batch_alter_table("held_credentials", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_held_credentials_participant_id"))

    op.drop_table("held_credentials")
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handovers_participant_id"))

    op.drop_table("handovers")
