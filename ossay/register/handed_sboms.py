# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Rows of the SBOMs that were handed in for a commit."""

from collections.abc import Sequence
from sqlite3 import Connection

from ossay.codec import from_json, to_json
from ossay.model.sboms import HandedSbom
from ossay.model.snapshot import Snapshot
from ossay.register.rows import add_if_news, latest

_TABLE = "handed_sboms"


def enter(
    connection: Connection, snapshot: Snapshot, handed: Sequence[HandedSbom]
) -> None:
    """Add what was handed in for a commit, unless the same documents stand already."""
    about = {**_place(snapshot), "for_commit": snapshot.commit}
    known = latest(connection, _TABLE, about, "document")
    if known is None or _documents(_read(known[0])) != _documents(handed):
        document = to_json(tuple(handed), tuple[HandedSbom, ...]).decode()
        add_if_news(connection, _TABLE, about, {"document": document})


def known_of(
    connection: Connection, snapshot: Snapshot
) -> tuple[str, tuple[HandedSbom, ...]]:
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
    return ("", ()) if found is None else (found[0], _read(found[1]))


def _place(snapshot: Snapshot) -> dict[str, str]:
    return {"repository_url": snapshot.repository_url, "path": snapshot.path}


def _read(document: str) -> tuple[HandedSbom, ...]:
    return from_json(tuple[HandedSbom, ...], document.encode())


def _documents(handed: Sequence[HandedSbom]) -> list[tuple[str, str]]:
    return sorted((one.name, one.digest) for one in handed)
