# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Rows of snapshots, of the evidence about them, and of its annexes."""

from sqlalchemy import Connection, select

from ossay.codec import digest_of
from ossay.model.digest import Digest
from ossay.model.evidence import Evidence
from ossay.model.snapshot import Snapshot
from ossay.register.rows import add_if_news, add_once, latest
from ossay.register.tables import ANNEXES, EVIDENCE, SIGHTINGS, SNAPSHOTS


def enter_snapshot(connection: Connection, digest: Digest, snapshot: Snapshot) -> None:
    """Add a snapshot, and a sighting if the repository looked otherwise before."""
    add_once(
        connection,
        SNAPSHOTS,
        {
            "digest": digest,
            "repository_url": snapshot.repository_url,
            "path": snapshot.path,
            "commit": snapshot.commit,
            "tree": snapshot.tree,
            "refs_digest": snapshot.refs_digest,
            "committed_at": snapshot.committed_at,
            "taken_at": snapshot.taken_at,
        },
    )
    add_if_news(
        connection,
        SIGHTINGS,
        {"repository_url": snapshot.repository_url, "path": snapshot.path},
        {"digest": digest},
    )


def enter(connection: Connection, digest: Digest, evidence: Evidence) -> None:
    """Add evidence and its annexes; its snapshot must be there."""
    add_once(
        connection,
        EVIDENCE,
        {
            "digest": digest,
            "snapshot": digest_of(evidence.snapshot),
            "collected_at": evidence.collected_at,
        },
    )
    for annex in evidence.annexes:
        row = {
            "evidence": digest,
            "name": annex.name,
            "artefact": annex.digest,
            "media_type": annex.media_type,
            "rows": annex.rows,
        }
        add_once(connection, ANNEXES, row)


def snapshot_of(connection: Connection, evidence: Digest) -> Digest | None:
    """Return the digest of the snapshot that *evidence* is about."""
    return connection.scalar(
        select(EVIDENCE.c.snapshot).where(EVIDENCE.c.digest == evidence)
    )


def latest_snapshot(
    connection: Connection, repository_url: str, path: str
) -> Digest | None:
    """Return the digest of the state in which a repository was seen last."""
    about = {"repository_url": repository_url, "path": path}
    row = latest(connection, SIGHTINGS, about)
    return None if row is None else row.digest
