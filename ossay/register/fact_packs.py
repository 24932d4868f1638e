# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Facts that leave a register, and those that come from another one."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby, islice
from operator import attrgetter

from sqlalchemy import Connection, select

from ossay.codec import from_json, to_json
from ossay.model.fact_pack import Fact, Taken
from ossay.model.people import Curation
from ossay.register import people
from ossay.register.blob_facts import add_facts, facts_at, introduced, unpacked
from ossay.register.database import driver
from ossay.register.rows import add_once
from ossay.register.tables import FACT_PACKS, SCANNERS

_AT_ONCE = 1_000

NEW, SAME, OTHER = "new", "same", "other"


def facts(connection: Connection, scanners: Collection[str]) -> Iterator[Fact]:
    """Yield what *scanners* said, scanner by scanner and version by version."""
    rows = connection.execute(
        select(SCANNERS.c.id, SCANNERS.c.name, SCANNERS.c.version)
        .where(SCANNERS.c.name.in_(scanners))
        .order_by(SCANNERS.c.name, SCANNERS.c.version)
    ).all()
    for number, scanner, version in rows:
        kept = driver(connection).execute(
            "SELECT oid, facts FROM blob_facts WHERE scanner = ? ORDER BY oid",
            (number,),
        )
        for oid, said in kept:
            yield Fact(
                scanner=scanner, version=version, key=oid.hex(), said=unpacked(said)
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
    row = {
        "digest": taken.digest,
        "signed_by": taken.pack.signed_by,
        "made_by": taken.pack.made_by,
        "taken_at": taken.taken_at,
        "engine": None if engine is None else engine.version,
        "document": to_json(taken).decode(),
    }
    add_once(connection, FACT_PACKS, row)


def all_taken(connection: Connection) -> tuple[Taken, ...]:
    """Return every pack that facts came from, in that order."""
    documents = connection.scalars(
        select(FACT_PACKS.c.document).order_by(FACT_PACKS.c.seq)
    )
    return tuple(from_json(Taken, document.encode()) for document in documents)
