# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Rows of candidates, and of what was asked about them when."""

from sqlite3 import Connection

from ossay.model.candidate import Candidate
from ossay.model.digest import Digest
from ossay.register.columns import at, packed, unpacked
from ossay.register.rows import add_if_news, add_once, latest


def enter(connection: Connection, digest: Digest, candidate: Candidate) -> None:
    """Add a candidate, and the request if it differs from the one before."""
    add_once(connection, "candidates", {"id": candidate.id, "name": candidate.name})
    add_if_news(
        connection,
        "requests",
        {"candidate_id": candidate.id},
        {"digest": packed(digest)},
        {"requested_at": at(candidate.requested_at)},
    )


def latest_request(connection: Connection, candidate_id: str) -> Digest | None:
    """Return the digest of the candidate as it was last asked about."""
    about = {"candidate_id": candidate_id}
    row = latest(connection, "requests", about, "digest")
    return None if row is None else unpacked(row[0])
