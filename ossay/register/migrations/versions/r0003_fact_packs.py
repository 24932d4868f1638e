# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Facts that came from elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "fact_packs",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("engine", sa.LargeBinary(32), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.UniqueConstraint("digest", name=op.f("uq_fact_packs_digest")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_fact_packs")),
    )
