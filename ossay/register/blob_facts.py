# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What scanners said of blobs, kept by (scanner, version, object name).

An assessment asks for fifty thousand at once. For PostgreSQL it is the module to
write again.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from sqlite3 import Connection

from ossay.model.digest import Digest
from ossay.register.columns import packed
from ossay.register.database import Database
from ossay.register.rows import add_once, scalar

_PACKED = 0x78
"""
First byte of facts that are kept compressed: where zlib's streams (RFC 1950, with
a window of 32 kB) begin and JSON never does. All others are kept as they came.
"""

_WORTH_PACKING = 1_000
"""
Bytes. Most facts are about 150 and shrink by a tenth; packing and unpacking them
would cost more CPU than all the rest here.
"""

_AT_ONCE = 1_000
"""Object names in one query."""

_KNOWN = """
    WITH RECURSIVE nth (i) AS (
        SELECT 0 UNION ALL SELECT i + 1 FROM nth WHERE i + 1 < :count
    )
    SELECT i, facts FROM nth CROSS JOIN blob_facts
        ON scanner = :scanner AND oid = substr(:oids, i * :width + 1, :width)
"""
"""
Facts by the place of an object name in a row of them, each *width* bytes long.

A fifth less CPU than ``oid IN (?, ?, …)``: one parameter for a thousand names.
"""

_NUMBER = "SELECT id FROM scanners WHERE name = ? AND version = ?"

_KEEP = (
    "INSERT INTO blob_facts (scanner, oid, facts) VALUES (?, ?, ?) "
    "ON CONFLICT DO NOTHING"
)


class BlobFactsTable:
    """The memory behind `Tree.scan`, in the register's database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._numbers: dict[tuple[str, Digest], int] = {}

    def known(
        self, scanner: str, version: Digest, oids: Iterable[str]
    ) -> Mapping[str, bytes]:
        """Return the facts kept for those of *oids* that have some."""
        number = self._number(scanner, version)
        if number is None:
            return {}
        with self._database.reading() as connection:
            return facts_at(connection, number, oids)

    def keep(self, scanner: str, version: Digest, facts: Mapping[str, bytes]) -> None:
        """Remember *facts* by object name, in one transaction; the first stand."""
        if not facts:
            return
        number = self._number(scanner, version)
        if number is None:
            number = self._introduce(scanner, version)
        with self._database.writing() as connection:
            add_facts(connection, number, facts)

    def _number(self, scanner: str, version: Digest) -> int | None:
        """Return the number of a scanner; None where it never kept anything."""
        if (scanner, version) not in self._numbers:
            with self._database.reading() as connection:
                found = scalar(connection, _NUMBER, scanner, packed(version))
            if found is None:
                return None
            self._numbers[scanner, version] = found
        return self._numbers[scanner, version]

    def _introduce(self, scanner: str, version: Digest) -> int:
        with self._database.writing() as connection:
            return introduced(connection, scanner, version)


def introduced(connection: Connection, scanner: str, version: Digest) -> int:
    """Return the number of a scanner, which it has from now on."""
    kept = packed(version)
    add_once(connection, "scanners", {"name": scanner, "version": kept})
    number: int = scalar(connection, _NUMBER, scanner, kept)
    return number


def facts_at(
    connection: Connection, number: int, oids: Iterable[str]
) -> dict[str, bytes]:
    """Return the facts of scanner *number* for those of *oids* that have some."""
    found: dict[str, bytes] = {}
    for some in _in_lots(oids):
        given = {
            "scanner": number,
            "oids": bytes.fromhex("".join(some)),
            "count": len(some),
            "width": len(some[0]) // 2,
        }
        for place, kept in connection.execute(_KNOWN, given):
            found[some[place]] = decompressed(kept)
    return found


def add_facts(connection: Connection, number: int, facts: Mapping[str, bytes]) -> None:
    """Add *facts* of scanner *number*; where there is one already, that stands."""
    rows = sorted(
        (number, bytes.fromhex(oid), _compressed(fact)) for oid, fact in facts.items()
    )
    connection.executemany(_KEEP, rows)


def decompressed(kept: bytes) -> bytes:
    """Return a fact as it was told, from how it is kept."""
    return kept if kept[0] != _PACKED else zlib.decompress(kept)


def _in_lots(oids: Iterable[str]) -> Iterator[list[str]]:
    """Yield names of one length in the order of the key: neighbours share pages."""
    for _, alike in groupby(sorted(oids), len):
        names = list(alike)
        for start in range(0, len(names), _AT_ONCE):
            yield names[start : start + _AT_ONCE]


def _compressed(facts: bytes) -> bytes:
    if facts and facts[0] != _PACKED and len(facts) < _WORTH_PACKING:
        return facts
    return zlib.compress(facts)
