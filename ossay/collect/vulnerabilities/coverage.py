# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Of which ecosystems the advisories are at hand, and whether they are new enough."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import timedelta

from ossay.model.advisories import Pack, PackKind
from ossay.model.snapshot import Snapshot

LATE = timedelta(days=30)
"""
How much older than the commit advisories may be.

Advisories are written down some weeks after a version is published at the earliest;
older ones say little of what the commit uses.
"""


def covering_packs(packs: Iterable[Pack]) -> dict[str, Pack]:
    """Return, by ecosystem, the newest pack that has all of its advisories."""
    newest: dict[str, Pack] = {}
    for pack in packs:
        for ecosystem in pack.covers if pack.kind is PackKind.OSV else ():
            before = newest.get(ecosystem)
            if before is None or before.dated <= pack.dated:
                newest[ecosystem] = pack
    return newest


def missing(
    used: Collection[str], covering: Mapping[str, Pack], snapshot: Snapshot
) -> Iterator[str]:
    """Yield why advisories may lack some that concern the ecosystems *used*."""
    if lacking := sorted(set(used) - covering.keys()):
        yield f"no advisories here of {', '.join(lacking)}"
    known = {one: covering[one] for one in sorted(set(used) & covering.keys())}
    since = snapshot.committed_at.date() - LATE
    if late := [
        f"{one} ({pack.dated})" for one, pack in known.items() if pack.dated < since
    ]:
        yield f"advisories much older than the commit of {', '.join(late)}"
    if unread := sum(pack.unread for pack in set(known.values())):
        yield f"{unread:,} of the advisories not read"
