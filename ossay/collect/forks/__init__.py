# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Was it forked from other software, and how far has it moved away from that?"""

from collections.abc import Iterator

from ossay.collect._period import why_uncountable
from ossay.collect.forks.addresses import plain
from ossay.collect.forks.declared import Declared, forked_from, sources_named
from ossay.collect.forks.facts import (
    CHANGES_SINCE_FORK,
    DECLARED_UPSTREAM,
    FACTS,
    OF_DISTANCE,
    OTHER_SOURCE_NAMED,
    SHARED_HISTORY,
    UPSTREAM_CHANGES_MISSING,
    UPSTREAM_FIXES_MISSING,
)
from ossay.model.collector import Collector, Given
from ossay.model.evidence import Answered, Item
from ossay.model.kin import Kin
from ossay.model.tree import Unreadable


def collect(given: Given) -> Iterator[Answered]:
    """Answer from what is said, and from the histories of what was looked at here."""
    own = plain(given.snapshot.repository_url)
    earlier, commit = given.earlier, given.snapshot.commit
    if earlier is None:
        yield from (fact.unknown("its files were not looked at") for fact in FACTS)
        return
    forked, sources = forked_from(earlier, commit), sources_named(earlier, commit)
    yield _declared(forked, own)
    yield _other_source(sources, own)
    why = why_uncountable(given)
    if why or given.kin is None:
        why = why or "it is not known in which change it began"
        yield SHARED_HISTORY.unknown(why)
        yield from (fact.unknown(why) for fact in OF_DISTANCE)
        return
    kin = given.kin
    yield SHARED_HISTORY.found(
        kin.addresses(), [Item(subject=address) for address in kin.addresses()]
    )
    upstream, others = forked.addresses - {own}, sources.addresses - {own}
    yield from _distance(kin, upstream or others, is_fork=bool(upstream))


def _declared(forked: Declared, own: str) -> Answered:
    items = [
        (said.address, Item(subject=path, note=said.address, line=said.line))
        for path, said in forked.said
        if not own or said.address != own
    ]
    named = tuple(dict.fromkeys(address for address, _ in items if address))
    if named:
        where = [item for address, item in items if address]
        return DECLARED_UPSTREAM.found(named, where, missed=forked.unread)
    if forked.unread:
        return DECLARED_UPSTREAM.unknown(forked.unread)
    if items:
        why = "the README speaks of a fork without an address next to it"
        return DECLARED_UPSTREAM.unknown(why, [item for _, item in items])
    return DECLARED_UPSTREAM.found(())


def _other_source(sources: Declared, own: str) -> Answered:
    if sources.unread:
        return OTHER_SOURCE_NAMED.unknown(sources.unread)
    if not own:
        why = "it was read from a folder, so it is not known where its own source is"
        return OTHER_SOURCE_NAMED.unknown(why)
    other = [(path, s.address) for path, s in sources.said if s.address != own]
    named = tuple(dict.fromkeys(address for _, address in other))
    items = [Item(subject=path, note=address) for path, address in other]
    return OTHER_SOURCE_NAMED.found(named, items)


def _distance(kin: Kin, named: frozenset[str], *, is_fork: bool) -> Iterator[Answered]:
    """Compare with what it names as its upstream, else with the one that is kin."""
    here = kin.addresses()
    chosen = [a for a in here if plain(a) in named]
    chosen = chosen if chosen or is_fork else list(here)
    if not here and not is_fork:
        why = "it does not say that it is a fork, and shares its first change with none"
        yield from (fact.inapplicable(why) for fact in OF_DISTANCE)
        return
    if not chosen:
        why = (
            "what it says it was forked from was not looked at here, or does not share "
            "its first change"
        )
        yield from (fact.unknown(why) for fact in OF_DISTANCE)
        return
    if len(chosen) > 1:
        why = "several share its first change, and it does not say which it comes from"
        items = [Item(subject=address) for address in chosen]
        yield from (fact.unknown(why, items) for fact in OF_DISTANCE)
        return
    yield from _compared(kin, chosen[0])


def _compared(kin: Kin, address: str) -> Iterator[Answered]:
    distance, fixes = kin.distance_to(address), kin.fixes_at(address)
    items = [Item(subject=address)]
    if isinstance(distance, Unreadable):
        why = f"it could not be compared with {address}: {distance.why}"
        yield CHANGES_SINCE_FORK.unknown(why, items)
        yield UPSTREAM_CHANGES_MISSING.unknown(why, items)
    else:
        yield CHANGES_SINCE_FORK.found(distance.ahead, items)
        yield UPSTREAM_CHANGES_MISSING.found(distance.behind, items)
    if isinstance(fixes, Unreadable):
        why = f"it could not be compared with {address}: {fixes.why}"
        yield UPSTREAM_FIXES_MISSING.unknown(why, items)
        return
    yield UPSTREAM_FIXES_MISSING.found(
        len(fixes), [Item(subject=commit, note=f"in {address}") for commit in fixes]
    )


COLLECTOR = Collector(facts=FACTS, collect=collect, reads_history=True, asks_kin=True)
