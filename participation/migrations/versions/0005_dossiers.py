"""Dossiers of AI systems, and what a consultation says of its answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# What a consultation newly says of itself, and the most characters of each.
TEXTS = {"decision_maker": 200, "still_open": 500, "use_of_answers": 500}


def upgrade() -> None:
    op.create_table(
        "deployments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("main_language", sa.String(length=16), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_deployments_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deployments")),
        sa.UniqueConstraint("slug", name=op.f("uq_deployments_slug")),
    )
    op.create_table(
        "dossier_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_id"],
            ["deployments.id"],
            name=op.f("fk_dossier_versions_deployment_id_deployments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_versions")),
        sa.UniqueConstraint("deployment_id", "number", name=op.f("uq_dossier_versions_deployment_id_number")),
    )
    for name, length in TEXTS.items():
        op.add_column(
            "consultation_texts", sa.Column(name, sa.String(length), nullable=False, server_default="")
        )
    op.add_column("consultations", sa.Column("responds_by", sa.Date(), nullable=True))
    # The same words for both databases; as a batch, SQLite's whole table would be made anew for one column.
    op.execute(
        "ALTER TABLE consultations ADD COLUMN dossier_version_id INTEGER "
        "CONSTRAINT fk_consultations_dossier_version_id_dossier_versions REFERENCES dossier_versions (id)"
    )


def downgrade() -> None:
    with op.batch_alter_table("consultations") as batch_op:
        batch_op.drop_column("dossier_version_id")
        batch_op.drop_column("responds_by")
    for name in TEXTS:
        op.drop_column("consultation_texts", name)
    op.drop_table("dossier_versions")
    op.drop_table("deployments")
