# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What people say that passages state."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "curations",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("curated_by", sa.String(), nullable=False),
        sa.Column("curated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("holds_until", sa.Date(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_curations")),
    )
    op.create_index(
        op.f("ix_curations_key_seq"), "curations", ["key", "seq"], unique=False
    )
