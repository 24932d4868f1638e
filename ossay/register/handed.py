# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Rows of the released files that were handed in, and for which version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Connection

from ossay.codec import canonical, digest_of_bytes
from ossay.model.artefacts import Released
from ossay.model.digest import Digest
from ossay.model.snapshot import Snapshot
from ossay.register.columns import at, packed, unpacked
from ossay.register.rows import add_once

_NEWEST = """
    SELECT DISTINCT "commit", artefact, name FROM handed_artefacts AS one
    WHERE repository_url = ? AND path = ? AND "commit" <> '' AND together = (
        SELECT together FROM handed_artefacts AS other
        WHERE other.repository_url = one.repository_url AND other.path = one.path
            AND other."commit" = one."commit"
        ORDER BY other.seq DESC LIMIT 1
    ) ORDER BY "commit", name, artefact
"""
"""What was handed in last for each commit; what came together stands together."""

_WAITING = """
    SELECT 1 FROM handed_artefacts WHERE candidate_id = ? AND "commit" = '' LIMIT 1
"""

_BELONG = """
    UPDATE handed_artefacts SET repository_url = ?, path = ?, "commit" = ?
    WHERE candidate_id = ? AND "commit" = ''
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """What was handed in: for which commit, and where all of it is kept."""

    commit: str
    artefact: Digest


def enter(
    connection: Connection,
    candidate_id: str,
    handed: Sequence[tuple[Released, Digest]],
    handed_at: datetime,
) -> None:
    """
    Add files that were handed in together, each with where it is kept.

    For which commit they are shows when that is fixed.
    """
    together = digest_of_bytes(canonical([artefact for _, artefact in handed]))
    for released, artefact in handed:
        row: dict[str, str | bytes | int | None] = {
            "candidate_id": candidate_id,
            "repository_url": "",
            "path": "",
            "commit": "",
            "digest": packed(released.digest),
            "name": released.name,
            "together": packed(together),
            "handed_at": at(handed_at),
            "artefact": packed(artefact),
        }
        add_once(connection, "handed_artefacts", row)


def is_waiting(connection: Connection, candidate_id: str) -> bool:
    """Tell whether something was handed in that belongs to no commit yet."""
    return connection.execute(_WAITING, (candidate_id,)).fetchone() is not None


def belong(connection: Connection, candidate_id: str, snapshot: Snapshot) -> None:
    """Say that what a candidate's request brought is for the commit of *snapshot*."""
    where = (snapshot.repository_url, snapshot.path, snapshot.commit)
    connection.execute(_BELONG, (*where, candidate_id))


def handed_for(
    connection: Connection, repository_url: str, path: str
) -> tuple[HandedIn, ...]:
    """Return what was handed in last for each commit of a repository."""
    rows = connection.execute(_NEWEST, (repository_url, path))
    return tuple(
        HandedIn(commit=commit, artefact=unpacked(artefact))
        for commit, artefact, _ in rows
    )
