# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Facts that leave a register, and those that come from another one."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby, islice
from operator import attrgetter
from sqlite3 import Connection

from ossay.codec import from_json, to_json
from ossay.model.fact_pack import Fact, Taken
from ossay.model.people import Curation
from ossay.register import people
from ossay.register.blob_facts import add_facts, decompressed, facts_at, introduced
from ossay.register.columns import at, packed, unpacked
from ossay.register.rows import Row, add_once

_AT_ONCE = 1_000

_SCANNERS = "SELECT id, name, version FROM scanners ORDER BY name, version"

_FACTS = "SELECT oid, facts FROM blob_facts WHERE scanner = ? ORDER BY oid"

NEW, SAME, OTHER = "new", "same", "other"


def facts(connection: Connection, scanners: Collection[str]) -> Iterator[Fact]:
    """Yield what *scanners* said, scanner by scanner and version by version."""
    for number, scanner, version in connection.execute(_SCANNERS).fetchall():
        if scanner not in scanners:
            continue
        for oid, said in connection.execute(_FACTS, (number,)):
            yield Fact(
                scanner=scanner,
                version=unpacked(version),
                key=oid.hex(),
                said=decompressed(said),
            )


def enter_facts(connection: Connection, told: Iterable[Fact]) -> Counter[str]:
    """Add facts, and tell how many are new, the same, or other than what is known."""
    counts: Counter[str] = Counter()
    for (scanner, version), of_one in groupby(
        told, key=attrgetter("scanner", "version")
    ):
        number = introduced(connection, scanner, version)
        while some := {fact.key: fact.said for fact in islice(of_one, _AT_ONCE)}:
            known = facts_at(connection, number, some)
            new = {key: some[key] for key in some if key not in known}
            add_facts(connection, number, new)
            counts[NEW] += len(new)
            counts[SAME] += sum(some[key] == known[key] for key in known)
            counts[OTHER] += sum(some[key] != known[key] for key in known)
    return counts


def enter_curations(connection: Connection, said: Iterable[Curation]) -> Counter[str]:
    """Add what people elsewhere said of passages of which nobody here said another."""
    last = {one.key: one for one in people.curations(connection)}
    counts: Counter[str] = Counter()
    for curation in said:
        known = last.get(curation.key)
        if known is None or (known.pack and known.curated_at < curation.curated_at):
            people.enter_curation(connection, curation)
            counts[NEW] += 1
        else:
            is_same = known.expression == curation.expression
            counts[SAME if is_same else OTHER] += 1
    return counts


def enter(connection: Connection, taken: Taken) -> None:
    """Keep where facts came from."""
    engine = taken.pack.engine
    row: Row = {
        "digest": packed(taken.digest),
        "signed_by": taken.pack.signed_by,
        "made_by": taken.pack.made_by,
        "taken_at": at(taken.taken_at),
        "engine": None if engine is None else packed(engine.version),
        "document": to_json(taken).decode(),
    }
    add_once(connection, "fact_packs", row)


def all_taken(connection: Connection) -> tuple[Taken, ...]:
    """Return every pack that facts came from, in that order."""
    documents = connection.execute("SELECT document FROM fact_packs ORDER BY seq")
    return tuple(from_json(Taken, document.encode()) for (document,) in documents)
