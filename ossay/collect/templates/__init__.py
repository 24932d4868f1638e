# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What the markup and the styles of the interface show, read and not rendered.

Rules are held against what is written. What a component, a helper or a script may
supply is not seen, so that a place is called failing where nothing can supply it, and
"maybe" where something could; what no check reads is counted and named.
"""

from collections.abc import Iterable, Iterator

from ossay.collect._places import Place, Places
from ossay.collect.templates import facts
from ossay.collect.templates.files import Kind, is_letter, kind_of
from ossay.collect.templates.scanners import SCAN_MARKUP
from ossay.model.accessibility import (
    BARRIER_COLUMNS,
    CRITERIA,
    Barrier,
    Verdict,
    by_criterion,
)
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered, Fact, Item
from ossay.model.tree import Unreadable

TABLE = "template-checks"


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from the software's own files."""
    tree, places = given.tree, Places(given.tree)
    paths = [
        p
        for p in tree.paths()
        if kind_of(p) is Kind.MARKUP
        and places.of(p) is Place.PRODUCT
        and not is_letter(p)
    ]
    checked: list[str] = []
    unread: list[Item] = []
    barriers: list[Barrier] = []
    for path, answer in tree.scan(SCAN_MARKUP, paths):
        if isinstance(answer, Unreadable):
            unread.append(Item(subject=path, note=answer.why))
        elif answer.elements:
            checked.append(path)
            barriers += [found.at(path) for found in answer.found]
    yield facts.FILES.found(len(checked), (Item(subject=p) for p in checked))
    yield facts.NOT_EVALUATED.found(0)
    yield facts.UNREAD_FILES.found(len(unread), unread)
    missed = f"files that could not be read: {len(unread)}" if unread else ""
    yield from _answers(
        facts.FAILING,
        facts.FAILING_CRITERIA,
        [b for b in barriers if b.verdict is Verdict.FAILS],
        missed,
    )
    yield from _answers(
        facts.MAYBE,
        facts.MAYBE_CRITERIA,
        [b for b in barriers if b.verdict is Verdict.MAYBE],
        missed,
    )
    yield Table(
        name=TABLE, columns=BARRIER_COLUMNS, rows=tuple(b.row() for b in barriers)
    )


def _answers(
    places: Fact[int],
    criteria: Fact[tuple[str, ...]],
    barriers: Iterable[Barrier],
    missed: str,
) -> Iterator[Answered]:
    seen = [b for b in barriers if b.criteria]
    items = [Item(subject=b.where, note=b.what, line=b.line) for b in seen]
    yield places.found(sum(b.count for b in seen), items, missed=missed)
    missing = {number for b in seen for number in b.criteria}
    named = tuple(number for number in CRITERIA if number in missing)
    yield criteria.found(named, by_criterion(seen), missed=missed)


COLLECTOR = Collector(facts=facts.ALL, collect=collect)
