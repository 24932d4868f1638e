# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What the markup and the styles of the interface show, read and not rendered.

Rules are held against what is written. What a component, a helper or a script may
supply is not seen, so that a place is called failing where nothing can supply it, and
"maybe" where something could; what no check reads is counted and named.
"""

from collections.abc import Iterable, Iterator

from ossay.collect.templates import facts
from ossay.collect.templates.looking import Looked, look
from ossay.collect.templates.rules import RULES
from ossay.model.accessibility import (
    BARRIER_COLUMNS,
    CRITERIA,
    Barrier,
    Verdict,
    by_criterion,
)
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered, Fact, Item

TABLE = "template-checks"
"""Name of the table of all places."""

NONE_CHECKED = "no file of the user interface could be checked"
NONE_FOUND = "no markup of a user interface was found in the software's own files"


def collect(given: Given) -> Iterator[Answered | Table]:
    """Answer from the software's own files; without any markup, nothing arises."""
    looked = look(given.tree)
    yield facts.FILES.found(len(looked.checked), looked.checked)
    yield facts.NOT_EVALUATED.found(len(looked.not_evaluated), looked.not_evaluated)
    yield facts.UNREAD_FILES.found(len(looked.unread), looked.unread)
    for verdict, (places, criteria) in _QUESTIONS.items():
        yield from _answers(looked, verdict, places, criteria)
    yield _touched(looked)
    rows = tuple(barrier.row() for barrier in looked.barriers)
    yield Table(name=TABLE, columns=BARRIER_COLUMNS, rows=rows)


def _answers(
    looked: Looked,
    verdict: Verdict,
    places: Fact[int],
    criteria: Fact[tuple[str, ...]],
) -> Iterator[Answered]:
    """
    Answer how many places there are, and which criteria they touch.

    Nothing was found in no file that could be checked: that is a gap, where there is
    an interface that could not, and else does not arise.
    """
    seen = [b for b in looked.barriers if b.verdict is verdict and b.criteria]
    if not looked.checked and not seen:
        unseen = (*looked.not_evaluated, *looked.unread)
        for fact in (places, criteria):
            if unseen:
                yield fact.unknown(NONE_CHECKED, unseen)
            else:
                yield fact.inapplicable(NONE_FOUND)
        return
    items = [_item(barrier) for barrier in seen]
    missed = looked.missed()
    yield places.found(sum(b.count for b in seen), items, missed=missed)
    yield criteria.found(_criteria(seen), by_criterion(seen), missed=missed)


def _touched(looked: Looked) -> Answered:
    if looked.checked:
        every = {number for rule in RULES.values() for number in rule.criteria}
        return facts.TOUCHED_CRITERIA.found(tuple(n for n in CRITERIA if n in every))
    if looked.not_evaluated or looked.unread:
        return facts.TOUCHED_CRITERIA.unknown(NONE_CHECKED)
    return facts.TOUCHED_CRITERIA.inapplicable(NONE_FOUND)


def _item(barrier: Barrier) -> Item:
    return Item(subject=barrier.where, note=barrier.what, line=barrier.line)


def _criteria(barriers: Iterable[Barrier]) -> tuple[str, ...]:
    missing = {number for barrier in barriers for number in barrier.criteria}
    return tuple(number for number in CRITERIA if number in missing)


_QUESTIONS = {
    Verdict.FAILS: (facts.FAILING, facts.FAILING_CRITERIA),
    Verdict.MAYBE: (facts.MAYBE, facts.MAYBE_CRITERIA),
}

COLLECTOR = Collector(facts=facts.ALL, collect=collect)
