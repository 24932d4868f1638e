# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Rows of snapshots, of the evidence about them, and of its annexes."""

from sqlite3 import Connection

from ossay.codec import digest_of
from ossay.model.digest import Digest
from ossay.model.evidence import Evidence
from ossay.model.snapshot import Snapshot
from ossay.register.columns import at, packed, unpacked
from ossay.register.rows import Row, add_if_news, add_once, latest, scalar


def enter_snapshot(connection: Connection, digest: Digest, snapshot: Snapshot) -> None:
    """Add a snapshot, and a sighting if the repository looked otherwise before."""
    add_once(
        connection,
        "snapshots",
        {
            "digest": packed(digest),
            "repository_url": snapshot.repository_url,
            "path": snapshot.path,
            "commit": snapshot.commit,
            "tree": snapshot.tree,
            "refs_digest": packed(snapshot.refs_digest),
            "committed_at": at(snapshot.committed_at),
            "taken_at": at(snapshot.taken_at),
        },
    )
    add_if_news(
        connection,
        "sightings",
        {"repository_url": snapshot.repository_url, "path": snapshot.path},
        {"digest": packed(digest)},
    )


def enter(connection: Connection, digest: Digest, evidence: Evidence) -> None:
    """Add evidence and its annexes; its snapshot must be there."""
    add_once(
        connection,
        "evidence",
        {
            "digest": packed(digest),
            "snapshot": packed(digest_of(evidence.snapshot)),
            "collected_at": at(evidence.collected_at),
        },
    )
    for annex in evidence.annexes:
        row: Row = {
            "evidence": packed(digest),
            "name": annex.name,
            "artefact": packed(annex.digest),
            "media_type": annex.media_type,
            "rows": annex.rows,
        }
        add_once(connection, "annexes", row)


def snapshot_of(connection: Connection, evidence: Digest) -> Digest | None:
    """Return the digest of the snapshot that *evidence* is about."""
    query = "SELECT snapshot FROM evidence WHERE digest = ?"
    found = scalar(connection, query, packed(evidence))
    return None if found is None else unpacked(found)


def latest_snapshot(
    connection: Connection, repository_url: str, path: str
) -> Digest | None:
    """Return the digest of the state in which a repository was seen last."""
    about = {"repository_url": repository_url, "path": path}
    row = latest(connection, "sightings", about, "digest")
    return None if row is None else unpacked(row[0])
