# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Answers from what was seen of pages; what was not tested is told with each."""

from collections.abc import Iterable, Iterator

from ossay.collect.pages.facts import Asked
from ossay.collect.pages.reading import REFLOW, TRAP, UNSEEN, Seen, in_order
from ossay.model.accessibility import BARRIER_COLUMNS, Barrier, Verdict
from ossay.model.collector import Table
from ossay.model.evidence import Answered, Fact, Item


def answers(
    asked: Asked, pages: tuple[Seen, ...], left: tuple[Item, ...], table: str
) -> Iterator[Answered | Table]:
    """Answer all but how many pages there are, which is not for a browser to say."""
    whole = [one for one in pages if one.is_tested and not one.untested]
    tested = [one for one in pages if one.is_tested]
    untested = [Item(subject=o.page, note=o.untested) for o in pages if o.untested]
    yield asked.tested.found(len(whole), (Item(subject=one.page) for one in whole))
    not_tested = (*untested, *left)
    yield asked.untested.found(len(not_tested), not_tested)
    if not tested:
        why = f"no page could be tested: {untested[0].note}"
        yield from (fact.unknown(why, not_tested) for fact in asked.measured)
        return
    yield from _measured(asked, tested, len(not_tested))
    barriers = sorted(
        (b for one in tested for b in one.barriers), key=lambda b: (b.where, b.rule)
    )
    yield Table(
        name=table,
        columns=BARRIER_COLUMNS,
        rows=tuple(barrier.row() for barrier in barriers),
    )


def _measured(asked: Asked, tested: list[Seen], not_tested: int) -> Iterator[Answered]:
    missed = f"{not_tested} pages were not tested" if not_tested else ""
    lacking = [one for one in tested if one.lacks]
    if not missed and lacking:
        missed = f"of {lacking[0].page}, {lacking[0].lacks}"
    failing = [b for b in _all(tested) if b.criteria and b.verdict is Verdict.FAILS]
    still_open = [b for b in _all(tested) if b.criteria and b.verdict is Verdict.MAYBE]
    yield _places(asked.failing, failing, missed)
    yield _places(asked.open_places, still_open, missed)
    yield _criteria(asked.failing_criteria, failing, missed)
    yield _criteria(asked.open_criteria, still_open, missed)
    yield asked.touched_criteria.found(
        in_order(c for one in tested for c in one.touched)
    )
    yield _every(
        asked.without_scripts,
        [
            (one.page, one.without_scripts, "shows its content by scripts")
            for one in tested
        ],
        missed,
    )
    yield _every(
        asked.fits_320,
        [(one.page, one.fits_320, _widest(one)) for one in tested],
        missed,
    )
    walked = "" if all(one.is_walked for one in tested) else _NOT_WALKED
    for fact, count, rule in (
        (asked.keyboard_traps, [one.traps for one in tested], TRAP),
        (asked.focus_not_seen, [one.unseen for one in tested], UNSEEN),
    ):
        seen = _items(b for b in failing if b.rule == rule)
        yield fact.found(sum(count), seen, missed=missed or walked)
    moving = (
        Item(subject=one.page, note=f"{one.moving} places")
        for one in tested
        if one.moving
    )
    yield asked.moving.found(sum(o.moving for o in tested), moving, missed=missed)
    yield _most(
        asked.heaviest_bytes, [(o.loaded_bytes, o.page) for o in tested], missed
    )
    yield _most(asked.most_requests, [(o.requests, o.page) for o in tested], missed)
    hosts = tuple(sorted({host for one in tested for host in one.hosts}))
    reach = (
        Item(subject=one.page, note=", ".join(one.hosts)[:200])
        for one in tested
        if one.hosts
    )
    yield asked.other_hosts.found(hosts, reach, missed=missed)


_NOT_WALKED = "on a page there are more places than the keyboard was led to"


def _all(tested: Iterable[Seen]) -> Iterator[Barrier]:
    for one in tested:
        yield from one.barriers


def _items(barriers: Iterable[Barrier]) -> Iterator[Item]:
    for barrier in barriers:
        note = f"{barrier.rule}: {barrier.what}"
        more = f" (and {barrier.count - 1} more)" if barrier.count > 1 else ""
        yield Item(subject=barrier.where, note=f"{note}{more}")


def _places(fact: Fact[int], barriers: list[Barrier], missed: str) -> Answered:
    return fact.found(sum(b.count for b in barriers), _items(barriers), missed=missed)


def _criteria(
    fact: Fact[tuple[str, ...]], barriers: list[Barrier], missed: str
) -> Answered:
    named = in_order(c for b in barriers for c in b.criteria)
    first = {c: b for b in reversed(barriers) for c in b.criteria}
    items = (Item(subject=first[c].where, note=f"{c}: {first[c].rule}") for c in named)
    return fact.found(named, items, missed=missed)


def _every(
    fact: Fact[bool], pages: list[tuple[str, bool, str]], missed: str
) -> Answered:
    against = [
        Item(subject=page, note=note) for page, holds, note in pages if not holds
    ]
    return fact.found(not against, against, missed=missed)


def _widest(one: Seen) -> str:
    return next((b.what for b in one.barriers if b.rule == REFLOW), "")


def _most(fact: Fact[int], pages: list[tuple[int, str]], missed: str) -> Answered:
    number, page = max(pages)
    return fact.found(number, where=page, missed=missed)
