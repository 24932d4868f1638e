# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which snapshots have which components: an advisory finds them without a scan."""

import json
from collections.abc import Iterable, Mapping
from sqlite3 import Connection

from ossay.codec import digest_of
from ossay.model.advisories import Package
from ossay.model.digest import Digest
from ossay.model.evidence import Evidence
from ossay.model.packages import package_key
from ossay.model.tree import Artefacts
from ossay.register.columns import packed, unpacked

COMPONENTS = "components"
"""Name of the annex that lists components (`ossay.collect.components`)."""

_INTRODUCE = """
    INSERT INTO package_versions (ecosystem, name, version) VALUES (?, ?, ?)
    ON CONFLICT DO NOTHING
"""

_ENTER = """
    INSERT INTO snapshot_packages (package, snapshot)
    SELECT id, ? FROM package_versions
    WHERE ecosystem = ? AND name = ? AND version = ?
    ON CONFLICT DO NOTHING
"""

_WITH = """
    SELECT version, snapshot FROM package_versions
    JOIN snapshot_packages ON package = id
    WHERE ecosystem = ? AND name = ? ORDER BY version, snapshot
"""


def enter(connection: Connection, evidence: Evidence, artefacts: Artefacts) -> None:
    """Note the components that evidence lists; a version may be unresolved ("")."""
    for annex in evidence.annexes:
        if annex.name == COMPONENTS:
            table = json.loads(artefacts.get(annex.digest))
            snapshot = packed(digest_of(evidence.snapshot))
            _enter(connection, snapshot, table["columns"], table["rows"])


def _enter(
    connection: Connection,
    snapshot: bytes,
    columns: list[str],
    rows: Iterable[list[str]],
) -> None:
    places = [columns.index(name) for name in ("ecosystem", "name", "version")]
    found = sorted({tuple(row[place] for place in places) for row in rows})
    keyed = [(e, package_key(e, name), version) for e, name, version in found]
    connection.executemany(_INTRODUCE, keyed)
    connection.executemany(_ENTER, ((snapshot, *key) for key in keyed))


def snapshots_with(
    connection: Connection, package: Package
) -> Mapping[str, tuple[Digest, ...]]:
    """Return the snapshots that have a component, by its version there."""
    found: dict[str, list[Digest]] = {}
    for version, snapshot in connection.execute(_WITH, package):
        found.setdefault(version, []).append(unpacked(snapshot))
    return {version: tuple(snapshots) for version, snapshots in found.items()}
