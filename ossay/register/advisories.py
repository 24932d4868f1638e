# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Advisories: found by package, by name and by id; kept as their publisher wrote them.

What is looked up for thousands of components is a row for each package and entry.
A withdrawn advisory has none, and no alias: it is kept, and matches nothing.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from sqlite3 import Connection
from typing import Any

from ossay.codec import canonical, digest_of_bytes, from_json, to_json
from ossay.model.advisories import (
    Advisory,
    Affected,
    Event,
    Exploited,
    Likelihood,
    Mark,
    Pack,
    Package,
    PackKind,
    Range,
)
from ossay.model.digest import Digest
from ossay.model.vex import Statement
from ossay.register.columns import at, on, packed
from ossay.register.database import Database
from ossay.register.rows import Row, scalar

_AT_ONCE = 500
"""Rows in one statement; SQLite takes 32,766 parameters."""

_LARGEST_LOT = 8_000_000
"""Bytes of records that are in memory at once, beside the last one."""

_FARTHEST = 1_000
"""Names that one flaw may have; records that name each other in a ring end here."""

_QUICKLY = 1
"""Level of zlib: half the size for 25 µs a record."""

_as_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Made once: `json.dumps` would make one for every row."""

_MARKS = {mark.value: mark for mark in Mark}

_KEEP = """
    INSERT INTO advisories (id, dated, withdrawn, defect, is_read, head, document)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
        dated = excluded.dated,
        withdrawn = excluded.withdrawn,
        defect = excluded.defect,
        is_read = excluded.is_read,
        head = excluded.head,
        document = excluded.document
"""

_ALL = "SELECT digest, dated, source, read_by FROM advisory_packs ORDER BY seq"

_KEEP_PACK = """
    INSERT INTO advisory_packs
        (digest, kind, dated, source, read_by, taken_at, document, said)
    VALUES (:digest, :kind, :dated, :source, :read_by, :taken_at, :document, :said)
    ON CONFLICT (digest) DO UPDATE SET
        dated = excluded.dated,
        source = excluded.source,
        read_by = excluded.read_by,
        taken_at = excluded.taken_at,
        document = excluded.document
"""

_PACKAGE = """
    INSERT INTO advisory_packages (ecosystem, name, advisory, part, entry)
    VALUES (?, ?, ?, ?, ?)
"""

_ALIAS = """
    INSERT INTO advisory_aliases (alias, advisory) VALUES (?, ?) ON CONFLICT DO NOTHING
"""

_ABOUT = """
    SELECT advisory, entry FROM advisory_packages
    WHERE ecosystem = ? AND name = ? ORDER BY advisory, part
"""

_STATEMENTS = "SELECT said FROM advisory_packs WHERE said <> '[]' ORDER BY seq"

_RECORD = """
    SELECT withdrawn, defect, is_read, head, document FROM advisories WHERE id = ?
"""

_ENTRIES = """
    SELECT ecosystem, name, entry FROM advisory_packages WHERE advisory = ?
    ORDER BY part
"""


class AdvisoryTables:
    """The advisories in the register's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def version(self) -> Digest:
        """Digest of all packs that were taken in; answers are filed under it."""
        with self._database.reading() as connection:
            packs = [
                (digest.hex(), *rest) for digest, *rest in connection.execute(_ALL)
            ]
        return digest_of_bytes(canonical(packs))

    def packs(self) -> tuple[Pack, ...]:
        """Return what was taken in, in that order."""
        query = "SELECT document FROM advisory_packs ORDER BY seq"
        with self._database.reading() as connection:
            documents = connection.execute(query).fetchall()
        return tuple(from_json(Pack, document) for (document,) in documents)

    def about(
        self, packages: Iterable[Package]
    ) -> Iterator[tuple[Package, tuple[Affected, ...]]]:
        """Yield each package of which something is known, with all that is."""
        with self._database.reading() as connection:
            for package in packages:
                if rows := connection.execute(_ABOUT, package).fetchall():
                    yield package, tuple(_entry(known_as, e) for known_as, e in rows)

    def records(self, ids: Iterable[str]) -> Mapping[str, Advisory]:
        """Return advisories by id; withdrawn ones too."""
        with self._database.reading() as connection:
            found = (_advisory(connection, known_as) for known_as in ids)
            return {one.id: one for one in found if one is not None}

    def names_of(self, advisory: str) -> frozenset[str]:
        """Return all names of the flaw that an advisory is about, its own too."""
        names, new = {advisory}, [advisory]
        with self._database.reading() as connection:
            while new and len(names) < _FARTHEST:
                name = new.pop()
                query = """
                    SELECT alias FROM advisory_aliases WHERE advisory = ?
                    UNION SELECT advisory FROM advisory_aliases WHERE alias = ?
                """
                for (other,) in connection.execute(query, (name, name)):
                    if other not in names:
                        names.add(other)
                        new.append(other)
        return frozenset(names)

    def exploited(self, names: Iterable[str]) -> Mapping[str, Exploited]:
        """Return those of *names* that are known to be exploited."""
        columns = "cve, added_on, in_ransomware"
        return {
            cve: Exploited(cve=cve, added_on=added, in_ransomware=bool(ransomware))
            for cve, added, ransomware in self._of("exploited", columns, names)
        }

    def likelihoods(self, names: Iterable[str]) -> Mapping[str, Likelihood]:
        """Return how likely those of *names* are exploited of which that is told."""
        columns = "cve, probability, percentile"
        return {
            cve: Likelihood(cve=cve, probability=probability, percentile=percentile)
            for cve, probability, percentile in self._of("likelihoods", columns, names)
        }

    def statements(self) -> tuple[Statement, ...]:
        """Return what people said of flaws in components, the last word last."""
        with self._database.reading() as connection:
            said = connection.execute(_STATEMENTS).fetchall()
        return tuple(
            statement
            for (document,) in said
            for statement in from_json(tuple[Statement, ...], document)
        )

    def _of(
        self, table: str, columns: str, names: Iterable[str]
    ) -> Iterator[tuple[Any, ...]]:
        query = f"SELECT {columns} FROM {table} WHERE cve = ?"  # noqa: S608 - our own
        with self._database.reading() as connection:
            for name in names:
                yield from connection.execute(query, (name,))


def enter_pack(
    connection: Connection, pack: Pack, statements: tuple[Statement, ...] = ()
) -> None:
    """Keep what a pack said of itself, and of a VEX document what it says."""
    row: Row = {
        "digest": packed(pack.digest),
        "kind": pack.kind.value,
        "dated": on(pack.dated),
        "source": pack.source,
        "read_by": pack.read_by,
        "taken_at": at(pack.taken_at),
        "document": to_json(pack).decode(),
        "said": to_json(statements, tuple[Statement, ...]).decode(),
    }
    connection.execute(_KEEP_PACK, row)


def pack_of(connection: Connection, digest: Digest) -> Pack | None:
    """Return the pack of a digest, if it was taken in before."""
    query = "SELECT document FROM advisory_packs WHERE digest = ?"
    found = scalar(connection, query, packed(digest))
    return None if found is None else from_json(Pack, found)


def newest_of(connection: Connection, kind: PackKind) -> date | None:
    """Return the day of the newest pack of a kind."""
    query = "SELECT max(dated) FROM advisory_packs WHERE kind = ?"
    found = scalar(connection, query, kind.value)
    return None if found is None else date.fromisoformat(found)


def enter(connection: Connection, dated: date, records: Iterable[Advisory]) -> None:
    """Keep *records* as a pack of that day has them; those of a newer pack stand."""
    rest = iter(records)
    while lot := _lot(rest):
        _enter_lot(connection, on(dated), {one.id: one for one in lot})


def _lot(records: Iterator[Advisory]) -> list[Advisory]:
    lot: list[Advisory] = []
    size = 0
    for record in islice(records, _AT_ONCE):
        lot.append(record)
        size += len(record.document)
        if size > _LARGEST_LOT:
            break
    return lot


def _enter_lot(connection: Connection, dated: str, lot: dict[str, Advisory]) -> None:
    marks = ", ".join("?" * len(lot))
    query = f"SELECT id, dated FROM advisories WHERE id IN ({marks})"  # noqa: S608
    known = dict(connection.execute(query, tuple(lot)).fetchall())
    taken = [one for one in lot.values() if known.get(one.id, "") <= dated]
    replaced = [(one.id,) for one in taken if one.id in known]
    for table in ("advisory_packages", "advisory_aliases"):
        connection.executemany(
            f"DELETE FROM {table} WHERE advisory = ?",  # noqa: S608 - a name of ours
            replaced,
        )
    connection.executemany(_KEEP, (_row(one, dated) for one in taken))
    standing = [one for one in taken if not one.withdrawn]
    connection.executemany(_PACKAGE, (row for one in standing for row in _rows(one)))
    connection.executemany(
        _ALIAS, ((alias, one.id) for one in standing for alias in one.aliases)
    )


def _row(one: Advisory, dated: str) -> tuple[str | int | bytes, ...]:
    said = (one.aliases, one.summary, one.severity, one.modified)
    head = _as_text(said)
    document = one.packed or zlib.compress(one.document, _QUICKLY)
    return (
        *(one.id, dated, one.withdrawn, one.defect),
        *(int(one.is_read), head, document),
    )


def _rows(one: Advisory) -> Iterator[tuple[str, str, str, int, str]]:
    for part, ((ecosystem, name), entry) in enumerate(one.affected):
        ranges = [(r.kind, r.repository, r.events) for r in entry.ranges]
        said = (entry.release, ranges, entry.versions, entry.severity)
        yield ecosystem, name, one.id, part, _as_text(said)


def _entry(advisory: str, said: str) -> Affected:
    release, ranges, versions, severity = json.loads(said)
    return Affected(
        advisory,
        release,
        tuple(
            Range(kind, tuple(Event(_MARKS[m], v) for m, v in events), repository)
            for kind, repository, events in ranges
        ),
        tuple(versions),
        tuple(severity),
    )


def enter_exploited(connection: Connection, told: Iterable[Exploited]) -> None:
    """Keep what is known to be exploited instead of what was before."""
    connection.execute("DELETE FROM exploited")
    connection.executemany(
        "INSERT OR REPLACE INTO exploited (cve, added_on, in_ransomware) "
        "VALUES (?, ?, ?)",
        ((one.cve, one.added_on, int(one.in_ransomware)) for one in told),
    )


def enter_likelihoods(connection: Connection, told: Iterable[Likelihood]) -> None:
    """Keep how likely flaws are to be used instead of what was told before."""
    connection.execute("DELETE FROM likelihoods")
    connection.executemany(
        "INSERT OR REPLACE INTO likelihoods (cve, probability, percentile) "
        "VALUES (?, ?, ?)",
        ((one.cve, one.probability, one.percentile) for one in told),
    )


def _advisory(connection: Connection, known_as: str) -> Advisory | None:
    row = connection.execute(_RECORD, (known_as,)).fetchone()
    if row is None:
        return None
    withdrawn, defect, is_read, head, document = row
    aliases, summary, severity, modified = json.loads(head)
    entries = connection.execute(_ENTRIES, (known_as,))
    return Advisory(
        id=known_as,
        aliases=tuple(aliases),
        summary=summary,
        withdrawn=withdrawn,
        severity=tuple(severity),
        affected=tuple(((e, n), _entry(known_as, said)) for e, n, said in entries),
        defect=defect,
        is_read=bool(is_read),
        modified=modified,
        document=zlib.decompress(document),
    )
