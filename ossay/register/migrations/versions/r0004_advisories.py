# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is known of flaws in software, and which snapshots have which components."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "advisory_packs",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("read_by", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_advisory_packs")),
        sa.UniqueConstraint("digest", name=op.f("uq_advisory_packs_digest")),
    )
    op.create_table(
        "advisories",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("withdrawn", sa.String(), nullable=False),
        sa.Column("defect", sa.String(), nullable=False),
        sa.Column("is_read", sa.Integer(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advisories")),
    )
    op.create_table(
        "advisory_packages",
        sa.Column("ecosystem", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("advisory", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "ecosystem", "name", "advisory", "part", name=op.f("pk_advisory_packages")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_advisory_packages_advisory"),
        "advisory_packages",
        ["advisory"],
        unique=False,
    )
    op.create_table(
        "advisory_aliases",
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("advisory", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("alias", "advisory", name=op.f("pk_advisory_aliases")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_advisory_aliases_advisory"),
        "advisory_aliases",
        ["advisory"],
        unique=False,
    )
    op.create_table(
        "exploited",
        sa.Column("cve", sa.String(), nullable=False),
        sa.Column("added_on", sa.String(), nullable=False),
        sa.Column("in_ransomware", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("cve", name=op.f("pk_exploited")),
    )
    op.create_table(
        "likelihoods",
        sa.Column("cve", sa.String(), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.Column("percentile", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("cve", name=op.f("pk_likelihoods")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "package_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ecosystem", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_versions")),
        sa.UniqueConstraint(
            "ecosystem",
            "name",
            "version",
            name=op.f("uq_package_versions_ecosystem_name_version"),
        ),
    )
    op.create_table(
        "snapshot_packages",
        sa.Column("package", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.LargeBinary(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["package"],
            ["package_versions.id"],
            name=op.f("fk_snapshot_packages_package"),
        ),
        sa.ForeignKeyConstraint(
            ["snapshot"],
            ["snapshots.digest"],
            name=op.f("fk_snapshot_packages_snapshot"),
        ),
        sa.PrimaryKeyConstraint(
            "package", "snapshot", name=op.f("pk_snapshot_packages")
        ),
        sqlite_with_rowid=False,
    )
