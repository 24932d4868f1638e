# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""From which hosts of others the software's own pages load something."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ossay.collect.inclusion.facts import OTHER_HOSTS
from ossay.collect.inclusion.loading import MOST_PLACES, Load, What
from ossay.collect.inclusion.reading import Read, how_many
from ossay.collect.inclusion.services import service_of
from ossay.model.collector import Table
from ossay.model.evidence import Answered, Item

TABLE = "other-hosts"
MOST_NAMED = 5
COLUMNS = ("host", "known for", "what is loaded", "path", "line", "address")


def other_hosts(read: Read) -> Iterator[Answered | Table]:
    """
    Answer for the pages, templates, styles and scripts that were read.

    A host that scripts only name may belong to a choice that nobody makes: it is
    shown, and makes the list one that may lack entries.
    """
    by_host: dict[str, list[tuple[str, Load]]] = defaultdict(list)
    for path, loads in read.interface.items():
        for load in loads.found:
            by_host[load.host].append((path, load))
    cut = sum(loads.is_cut for loads in read.interface.values())
    certain = [host for host, seen in sorted(by_host.items()) if _is_loaded(seen)]
    if (read.unread or cut) and not by_host:
        why = f"none was seen, but {_missed((), read.unread, cut)}"
        yield OTHER_HOSTS.unknown(why, read.unread)
        return
    yield OTHER_HOSTS.found(
        tuple(certain),
        [_item(host, seen) for host, seen in sorted(by_host.items())],
        missed=_missed(sorted(set(by_host) - set(certain)), read.unread, cut),
    )
    if by_host:
        yield Table(name=TABLE, columns=COLUMNS, rows=tuple(_rows(by_host)))


def _is_loaded(seen: Sequence[tuple[str, Load]]) -> bool:
    return any(load.what is not What.SERVICE for _, load in seen)


def _missed(named: Sequence[str], unread: Sequence[Item], cut: int) -> str:
    parts = []
    if named:
        shown = ", ".join(named[:MOST_NAMED])
        parts.append(f"scripts name hosts that may be loaded from, too: {shown}")
    if unread:
        parts.append(f"{how_many(unread)} could not be read")
    if cut:
        files = "a file" if cut == 1 else f"{cut} files"
        parts.append(f"of {files} only the first {MOST_PLACES} addresses were read")
    return "; ".join(parts)


def _item(host: str, seen: Sequence[tuple[str, Load]]) -> Item:
    """Name the first place that loads, and say of what kinds all of them are."""
    path, first = min(seen, key=lambda each: each[1].what is What.SERVICE)
    kinds = ", ".join(sorted({load.what.value for _, load in seen}))
    places = "1 place" if len(seen) == 1 else f"{len(seen)} places"
    service = service_of(host, first.address)
    known = f"; known for: {service}" if service else ""
    return Item(
        subject=path, note=f"{host}: {kinds} in {places}{known}", line=first.line
    )


def _rows(
    by_host: dict[str, list[tuple[str, Load]]],
) -> Iterator[tuple[str, ...]]:
    for host, seen in sorted(by_host.items()):
        for path, load in seen:
            service = service_of(host, load.address)
            yield (
                *(host, service, load.what.value),
                *(path, str(load.line), load.address),
            )
