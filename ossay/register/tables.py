# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The register's tables: a row for each thing one searches by; values are artefacts.

A row names its value by digest and repeats the few columns that a search needs.
Where *latest* has a meaning, rows carry `seq`, which only grows: a machine's clock
may be wrong, the order of writing is not. People are ids, never names or addresses.

A change here needs a new migration and a new `HEAD` in `ossay.register.schema`; a
test compares the two. Only making or changing tables imports this and SQLAlchemy:
what is asked and kept goes to the driver (docs/adr/0007).
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


_DIGEST = LargeBinary(32)
_MOMENT = DateTime(timezone=True)


def _required(name: str, *more: Any) -> Column[Any]:
    return Column(name, *more, nullable=False)


def _seq() -> Column[Any]:
    return Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True)


FILINGS = Table(
    "filings",
    METADATA,
    _required("kind", String),
    _required("digest", _DIGEST),
    _required("artefact", _DIGEST),
    PrimaryKeyConstraint("kind", "digest"),
    Index(None, "digest"),
)
"""Which artefact holds the value of a digest (`ossay.register.values`)."""

STEPS = Table(
    "steps",
    METADATA,
    _required("step", String),
    _required("inputs", _DIGEST),
    _required("code", _DIGEST),
    _required("result", _DIGEST),
    PrimaryKeyConstraint("step", "inputs", "code"),
    sqlite_with_rowid=False,
)
"""What a step came to, by the digests of its inputs and of its code."""

SCANNERS = Table(
    "scanners",
    METADATA,
    Column("id", Integer, primary_key=True),
    _required("name", String),
    _required("version", _DIGEST),
    UniqueConstraint("name", "version"),
)
"""Short numbers for scanners at a version: millions of keys begin with one."""

BLOB_FACTS = Table(
    "blob_facts",
    METADATA,
    _required("scanner", Integer, ForeignKey("scanners.id")),
    _required("oid", LargeBinary),
    _required("facts", LargeBinary),
    PrimaryKeyConstraint("scanner", "oid"),
    sqlite_with_rowid=False,
)
"""What a scanner said of a blob (`ossay.register.blob_facts`)."""

FACT_PACKS = Table(
    "fact_packs",
    METADATA,
    _seq(),
    _required("digest", _DIGEST),
    _required("signed_by", String),
    _required("made_by", String),
    _required("taken_at", _MOMENT),
    Column("engine", _DIGEST),
    _required("document", Text),
    UniqueConstraint("digest"),
)
"""Facts that came from elsewhere, pack by pack, and the engine that told them."""

CANDIDATES = Table(
    "candidates",
    METADATA,
    Column("id", String, primary_key=True),
    _required("name", String),
)
"""Software that somebody asked about."""

REQUESTS = Table(
    "requests",
    METADATA,
    _seq(),
    _required("candidate_id", String, ForeignKey("candidates.id")),
    _required("digest", _DIGEST),
    _required("requested_at", _MOMENT),
    Index(None, "candidate_id", "seq"),
)
"""Each time a candidate was asked about in other words than the time before."""

SNAPSHOTS = Table(
    "snapshots",
    METADATA,
    Column("digest", _DIGEST, primary_key=True),
    _required("repository_url", String),
    _required("path", String),
    _required("commit", String),
    _required("tree", String),
    _required("refs_digest", _DIGEST),
    _required("committed_at", _MOMENT),
    _required("taken_at", _MOMENT),
)
"""Commits that were looked at."""

SIGHTINGS = Table(
    "sightings",
    METADATA,
    _seq(),
    _required("repository_url", String),
    _required("path", String),
    _required("digest", _DIGEST, ForeignKey("snapshots.digest")),
    Index(None, "repository_url", "path", "seq"),
)
"""Each time a repository was seen in another state than the time before."""

EVIDENCE = Table(
    "evidence",
    METADATA,
    Column("digest", _DIGEST, primary_key=True),
    _required("snapshot", _DIGEST, ForeignKey("snapshots.digest")),
    _required("collected_at", _MOMENT),
    Index(None, "snapshot"),
)
"""What was observed, and about which snapshot."""

ANNEXES = Table(
    "annexes",
    METADATA,
    _required("evidence", _DIGEST, ForeignKey("evidence.digest")),
    _required("name", String),
    _required("artefact", _DIGEST),
    _required("media_type", String),
    _required("rows", Integer),
    PrimaryKeyConstraint("evidence", "name"),
)
"""The long tables that belong to evidence."""

ANSWERS = Table(
    "answers",
    METADATA,
    _seq(),
    _required("candidate_id", String, ForeignKey("candidates.id")),
    _required("rule_id", String),
    _required("given_by", String),
    _required("given_at", _MOMENT),
    _required("holds_until", Date),
    _required("document", Text),
    Index(None, "candidate_id", "rule_id", "seq"),
)
"""What people answered, as JSON beside what one searches by."""

WAIVERS = Table(
    "waivers",
    METADATA,
    _seq(),
    _required("candidate_id", String, ForeignKey("candidates.id")),
    _required("rule_id", String),
    _required("owner", String),
    _required("expires_on", Date),
    _required("document", Text),
    Index(None, "candidate_id", "rule_id", "seq"),
)
"""Exceptions people granted, as JSON beside what one searches by."""

HANDED_IN = Table(
    "handed_in",
    METADATA,
    _seq(),
    _required("repository_url", String),
    _required("path", String),
    _required("kind", String),
    _required("for_commit", String),
    _required("named", Text),
    _required("document", Text),
    Index(None, "repository_url", "path", "seq"),
)
"""What was handed in for which commit; what was handed in last stands."""

CURATIONS = Table(
    "curations",
    METADATA,
    _seq(),
    _required("key", String),
    _required("curated_by", String),
    _required("curated_at", _MOMENT),
    Column("holds_until", Date),
    _required("document", Text),
    Index(None, "key", "seq"),
)
"""What people said that passages state, as JSON beside what one searches by."""

JUDGEMENTS = Table(
    "judgements",
    METADATA,
    Column("digest", _DIGEST, primary_key=True),
    _required("judged_on", Date),
    _required("screening", String),
    _required("recommendation", String),
)
"""Verdicts."""

JUDGINGS = Table(
    "judgings",
    METADATA,
    _seq(),
    _required("candidate_id", String, ForeignKey("candidates.id")),
    _required("request", _DIGEST),
    _required("judgement", _DIGEST, ForeignKey("judgements.digest")),
    Index(None, "candidate_id", "seq"),
    Index(None, "judgement"),
)
"""Each time a candidate was judged otherwise than the time before."""

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("digest", _DIGEST, primary_key=True),
    _required("judgement", _DIGEST, ForeignKey("judgements.digest")),
    _required("outcome", String),
    _required("review_on", Date),
    Index(None, "judgement"),
)
"""What people decided."""

ADOPTIONS = Table(
    "adoptions",
    METADATA,
    _seq(),
    _required("digest", _DIGEST),
    _required("candidate_id", String, ForeignKey("candidates.id")),
    _required("decision", _DIGEST, ForeignKey("decisions.digest")),
    _required("deployed", String),
    _required("place", String),
    _required("since", Date),
    _required("local_changes", Text),
    _required("review_on", Date),
    _required("state", String),
    UniqueConstraint("digest"),
    Index(None, "candidate_id", "seq"),
    Index(None, "state", "review_on"),
)
"""What runs: the whole value, so that ten thousand are read without an artefact."""

MEMOS = Table(
    "memos",
    METADATA,
    _seq(),
    _required("judgement", _DIGEST, ForeignKey("judgements.digest")),
    _required("language", String),
    _required("media_type", String),
    _required("artefact", _DIGEST),
    Index(None, "judgement", "language", "media_type", "seq"),
)
"""Documents that were written about a judgement."""

ADVISORY_PACKS = Table(
    "advisory_packs",
    METADATA,
    _seq(),
    _required("digest", _DIGEST),
    _required("kind", String),
    _required("dated", Date),
    _required("source", String),
    _required("read_by", String),
    _required("taken_at", _MOMENT),
    _required("document", Text),
    _required("said", Text),
    UniqueConstraint("digest"),
)
"""Files of advisories, of what is exploited and of what people said of flaws."""

ADVISORIES = Table(
    "advisories",
    METADATA,
    Column("id", String, primary_key=True),
    _required("dated", Date),
    _required("withdrawn", String),
    _required("defect", String),
    _required("is_read", Integer),
    _required("head", Text),
    _required("document", LargeBinary),
)
"""Each advisory as its newest pack has it, in the words of who published it."""

ADVISORY_PACKAGES = Table(
    "advisory_packages",
    METADATA,
    _required("ecosystem", String),
    _required("name", String),
    _required("advisory", String),
    _required("part", Integer),
    _required("entry", Text),
    PrimaryKeyConstraint("ecosystem", "name", "advisory", "part"),
    Index(None, "advisory"),
    sqlite_with_rowid=False,
)
"""Which versions of a package which advisory is about; none that was withdrawn."""

ADVISORY_ALIASES = Table(
    "advisory_aliases",
    METADATA,
    _required("alias", String),
    _required("advisory", String),
    PrimaryKeyConstraint("alias", "advisory"),
    Index(None, "advisory"),
    sqlite_with_rowid=False,
)
"""Other names of the flaw that an advisory is about; none that was withdrawn."""

EXPLOITED = Table(
    "exploited",
    METADATA,
    Column("cve", String, primary_key=True),
    _required("added_on", String),
    _required("in_ransomware", Integer),
)
"""Flaws that are known to have been used (KEV), as its newest file has them."""

LIKELIHOODS = Table(
    "likelihoods",
    METADATA,
    Column("cve", String, primary_key=True),
    _required("probability", Float),
    _required("percentile", Float),
    sqlite_with_rowid=False,
)
"""How likely flaws are to be used (EPSS), as its newest file has it."""

PACKAGE_VERSIONS = Table(
    "package_versions",
    METADATA,
    Column("id", Integer, primary_key=True),
    _required("ecosystem", String),
    _required("name", String),
    _required("version", String),
    UniqueConstraint("ecosystem", "name", "version"),
)
"""Short numbers for packages at a version: ten thousand products share them."""

SNAPSHOT_PACKAGES = Table(
    "snapshot_packages",
    METADATA,
    _required("package", Integer, ForeignKey("package_versions.id")),
    _required("snapshot", _DIGEST, ForeignKey("snapshots.digest")),
    PrimaryKeyConstraint("package", "snapshot"),
    sqlite_with_rowid=False,
)
"""Which snapshots have a component, so that an advisory finds them."""
