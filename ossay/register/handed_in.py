# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Rows of what was handed in for a commit: SBOMs, released files, and a site."""

from enum import StrEnum
from sqlite3 import Connection

from ossay.model.snapshot import Snapshot
from ossay.register.rows import add_if_news, latest

_TABLE = "handed_in"


class Kind(StrEnum):
    """What something that is handed in may be."""

    SBOM = "sbom"
    ARTEFACT = "artefact"
    SITE = "site"


def enter(
    connection: Connection, snapshot: Snapshot, kind: Kind, named: str, document: str
) -> None:
    """
    Add what was handed in for a commit, unless the same stands already.

    *named* is what makes it the same; *document* may tell more, as when it came.
    """
    about = {**_place(snapshot, kind), "for_commit": snapshot.commit}
    add_if_news(connection, _TABLE, about, {"named": named}, {"document": document})


def known_of(
    connection: Connection, snapshot: Snapshot, kind: Kind
) -> tuple[str, str] | None:
    """
    Return the commit for which something was handed in last, and the document.

    What was for the commit of *snapshot* comes before what was for any other of
    the repository.
    """
    place = _place(snapshot, kind)
    about = {**place, "for_commit": snapshot.commit}
    columns = ("for_commit", "document")
    found = latest(connection, _TABLE, about, *columns)
    return found or latest(connection, _TABLE, place, *columns)


def _place(snapshot: Snapshot, kind: Kind) -> dict[str, str]:
    return {
        "repository_url": snapshot.repository_url,
        "path": snapshot.path,
        "kind": kind.value,
    }
