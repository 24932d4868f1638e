# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Rows of the released files that were handed in for a commit."""

import json
from collections.abc import Sequence
from sqlite3 import Connection

from ossay.codec import as_digest
from ossay.model.digest import Digest
from ossay.model.snapshot import Snapshot
from ossay.register.rows import add_if_news, latest

_TABLE = "handed_artefacts"


def enter(connection: Connection, snapshot: Snapshot, handed: Sequence[Digest]) -> None:
    """Add what was handed in for a commit, unless the same stands already."""
    about = {**_place(snapshot), "for_commit": snapshot.commit}
    add_if_news(connection, _TABLE, about, {"document": json.dumps(sorted(handed))})


def known_of(
    connection: Connection, snapshot: Snapshot
) -> tuple[str, tuple[Digest, ...]]:
    """
    Return what was handed in for a commit last, and that commit.

    Where nothing was, that is what was handed in last for another commit of the
    repository; nothing and "" where there is none.
    """
    place = _place(snapshot)
    about = {**place, "for_commit": snapshot.commit}
    found = latest(connection, _TABLE, about, "for_commit", "document") or latest(
        connection, _TABLE, place, "for_commit", "document"
    )
    if found is None:
        return "", ()
    return found[0], tuple(map(as_digest, json.loads(found[1])))


def _place(snapshot: Snapshot) -> dict[str, str]:
    return {"repository_url": snapshot.repository_url, "path": snapshot.path}
