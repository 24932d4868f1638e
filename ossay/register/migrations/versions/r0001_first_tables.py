# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The first tables.

No migration leads back: that would delete what people decided.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "candidates",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidates")),
    )
    op.create_table(
        "filings",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("artefact", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("kind", "digest", name=op.f("pk_filings")),
    )
    op.create_index(op.f("ix_filings_digest"), "filings", ["digest"], unique=False)
    op.create_table(
        "judgements",
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("judged_on", sa.Date(), nullable=False),
        sa.Column("screening", sa.String(), nullable=False),
        sa.Column("recommendation", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_judgements")),
    )
    op.create_table(
        "scanners",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scanners")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_scanners_name_version")),
    )
    op.create_table(
        "snapshots",
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("repository_url", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("commit", sa.String(), nullable=False),
        sa.Column("tree", sa.String(), nullable=False),
        sa.Column("refs_digest", sa.LargeBinary(32), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_snapshots")),
    )
    op.create_table(
        "steps",
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("inputs", sa.LargeBinary(32), nullable=False),
        sa.Column("code", sa.LargeBinary(32), nullable=False),
        sa.Column("result", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("step", "inputs", "code", name=op.f("pk_steps")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "answers",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("candidate_id", sa.String(), nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("holds_until", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_answers_candidate_id")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_answers")),
    )
    op.create_index(
        op.f("ix_answers_candidate_id_rule_id_seq"),
        "answers",
        ["candidate_id", "rule_id", "seq"],
        unique=False,
    )
    op.create_table(
        "blob_facts",
        sa.Column("scanner", sa.Integer(), nullable=False),
        sa.Column("oid", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scanner"], ["scanners.id"], name=op.f("fk_blob_facts_scanner")
        ),
        sa.PrimaryKeyConstraint("scanner", "oid", name=op.f("pk_blob_facts")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "decisions",
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("judgement", sa.LargeBinary(32), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["judgement"], ["judgements.digest"], name=op.f("fk_decisions_judgement")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_decisions")),
    )
    op.create_index(
        op.f("ix_decisions_judgement"), "decisions", ["judgement"], unique=False
    )
    op.create_table(
        "evidence",
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("snapshot", sa.LargeBinary(32), nullable=False),
        sa.Column("collected_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot"], ["snapshots.digest"], name=op.f("fk_evidence_snapshot")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_evidence")),
    )
    op.create_index(
        op.f("ix_evidence_snapshot"), "evidence", ["snapshot"], unique=False
    )
    op.create_table(
        "judgings",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("candidate_id", sa.String(), nullable=False),
        sa.Column("request", sa.LargeBinary(32), nullable=False),
        sa.Column("judgement", sa.LargeBinary(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_judgings_candidate_id")
        ),
        sa.ForeignKeyConstraint(
            ["judgement"], ["judgements.digest"], name=op.f("fk_judgings_judgement")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_judgings")),
    )
    op.create_index(
        op.f("ix_judgings_candidate_id_seq"),
        "judgings",
        ["candidate_id", "seq"],
        unique=False,
    )
    op.create_index(
        op.f("ix_judgings_judgement"), "judgings", ["judgement"], unique=False
    )
    op.create_table(
        "memos",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("judgement", sa.LargeBinary(32), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("artefact", sa.LargeBinary(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["judgement"], ["judgements.digest"], name=op.f("fk_memos_judgement")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_memos")),
    )
    op.create_index(
        op.f("ix_memos_judgement_language_media_type_seq"),
        "memos",
        ["judgement", "language", "media_type", "seq"],
        unique=False,
    )
    op.create_table(
        "requests",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("candidate_id", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_requests_candidate_id")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_requests")),
    )
    op.create_index(
        op.f("ix_requests_candidate_id_seq"),
        "requests",
        ["candidate_id", "seq"],
        unique=False,
    )
    op.create_table(
        "sightings",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("repository_url", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["snapshots.digest"], name=op.f("fk_sightings_digest")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_sightings")),
    )
    op.create_index(
        op.f("ix_sightings_repository_url_path_seq"),
        "sightings",
        ["repository_url", "path", "seq"],
        unique=False,
    )
    op.create_table(
        "waivers",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("candidate_id", sa.String(), nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_waivers_candidate_id")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_waivers")),
    )
    op.create_index(
        op.f("ix_waivers_candidate_id_rule_id_seq"),
        "waivers",
        ["candidate_id", "rule_id", "seq"],
        unique=False,
    )
    op.create_table(
        "adoptions",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("candidate_id", sa.String(), nullable=False),
        sa.Column("decision", sa.LargeBinary(32), nullable=False),
        sa.Column("deployed", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("local_changes", sa.Text(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.UniqueConstraint("digest", name=op.f("uq_adoptions_digest")),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["candidates.id"], name=op.f("fk_adoptions_candidate_id")
        ),
        sa.ForeignKeyConstraint(
            ["decision"], ["decisions.digest"], name=op.f("fk_adoptions_decision")
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_adoptions")),
    )
    op.create_index(
        op.f("ix_adoptions_candidate_id_seq"),
        "adoptions",
        ["candidate_id", "seq"],
        unique=False,
    )
    op.create_index(
        op.f("ix_adoptions_state_review_on"),
        "adoptions",
        ["state", "review_on"],
        unique=False,
    )
    op.create_table(
        "annexes",
        sa.Column("evidence", sa.LargeBinary(32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("artefact", sa.LargeBinary(32), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence"], ["evidence.digest"], name=op.f("fk_annexes_evidence")
        ),
        sa.PrimaryKeyConstraint("evidence", "name", name=op.f("pk_annexes")),
    )
