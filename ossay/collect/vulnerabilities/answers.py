# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Components held against advisories: counts, their grounds, and what is short."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from ossay.collect.vulnerabilities import facts
from ossay.collect.vulnerabilities.coverage import covering_packs, missing
from ossay.collect.vulnerabilities.flaws import Flaw, Priority, flaws
from ossay.collect.vulnerabilities.matching import matches
from ossay.collect.vulnerabilities.severity import Severity
from ossay.model.advisories import Advisories, Pack, PackKind
from ossay.model.collector import Table
from ossay.model.components import Component
from ossay.model.evidence import Answered, Fact, Item
from ossay.model.snapshot import Snapshot
from ossay.model.vex import Statement

TABLE = "vulnerabilities"

COLUMNS = (
    *("component", "advisory", "aliases", "priority", "severity", "fixed in"),
    *("path", "disposition", "scope", "vector", "summary"),
)
"""
Columns of the table "vulnerabilities"; several values stand on lines of their own.

`severity` is a rating and, where there is one, the score of `vector`; `path` are the
purls that bring the component in.
"""

_NOTHING_NAMED = "no file names components"

NONE_HERE = (
    "there are no advisories here to hold its components against; "
    "take some in with `ossay advisories import`"
)


def answers(
    components: Sequence[Component],
    short: Sequence[str],
    advisories: Advisories,
    said: Sequence[Statement],
    snapshot: Snapshot,
) -> Iterator[Answered | Table]:
    """
    Hold *components* against advisories.

    Args:
        short: Why the list of components may lack some, or versions of some.
        said: What people say of flaws, the last word last.
    """
    covering = covering_packs(advisories.packs())
    if not covering:
        yield from (fact.unknown(NONE_HERE) for fact in facts.ALL)
        return
    found = flaws(
        matches(components, advisories), advisories, said, snapshot.repository_url
    )
    used = Counter(component.ecosystem for component in components)
    lacking = missing(used, covering, snapshot) if used else [_NOTHING_NAMED]
    missed = "; ".join((*short, *lacking, *_open(found)))
    yield _dated(used, covering)
    kinds = {pack.kind for pack in advisories.packs()}
    for fact, counts in _COUNTED:
        needed = _NEEDED.get(fact.name)
        if needed is not None and needed not in kinds:
            yield fact.unknown(_NOT_TAKEN_IN[needed])
            continue
        those = [flaw for flaw in found if counts(flaw)]
        yield fact.found(len(those), map(item_of, those), missed=missed)
    yield Table(name=TABLE, columns=COLUMNS, rows=tuple(map(_row, found)))


_NEEDED = {facts.EXPLOITED.name: PackKind.KEV, facts.LIKELY.name: PackKind.EPSS}
"""Lists without which nothing is known: that a list is not here is no zero."""

_NOT_TAKEN_IN = {
    PackKind.KEV: "CISA's list of exploited flaws (KEV) was not taken in; "
    "take it in with `ossay advisories import`",
    PackKind.EPSS: "no EPSS file was taken in; "
    "take one in with `ossay advisories import`",
}

_COUNTED: tuple[tuple[Fact[int], Callable[[Flaw], bool]], ...] = (
    (facts.KNOWN, lambda f: f.counts),
    (facts.IN_SERVICE, lambda f: f.counts and f.is_in_service),
    (facts.MALICIOUS, lambda f: f.counts and f.is_malicious),
    (facts.EXPLOITED, lambda f: f.counts and f.exploited is not None),
    (facts.LIKELY, lambda f: f.counts and f.priority is Priority.LIKELY),
    (facts.CRITICAL, lambda f: f.counts and f.scored.severity is Severity.CRITICAL),
    (facts.HIGH, lambda f: f.counts and f.scored.severity is Severity.HIGH),
    (facts.UNRATED, lambda f: f.counts and f.scored.severity is Severity.UNKNOWN),
    (facts.FIXABLE, lambda f: f.counts and bool(f.fixed)),
    (facts.UNDETERMINED, lambda f: not f.is_certain and not f.is_set_aside),
    (facts.SET_ASIDE, lambda f: f.is_set_aside),
    (facts.CONTESTED, lambda f: f.is_contested),
)


def _dated(used: Counter[str], covering: dict[str, Pack]) -> Answered:
    """
    Return the day of the oldest advisories that count here.

    Of ecosystems without any the counts say that they are lower bounds.
    """
    counting = sorted(used.keys() & covering.keys() if used else covering)
    if not counting:
        why = f"there are no advisories here of {', '.join(sorted(used))}"
        return facts.ADVISORIES_DATED.unknown(why)
    packs = {covering[one].digest: covering[one] for one in counting}
    oldest: date = min(pack.dated for pack in packs.values())
    return facts.ADVISORIES_DATED.found(
        oldest,
        [
            Item(subject=f"{p.source} ({', '.join(p.covers)})", note=f"{p.dated}, {d}")
            for d, p in packs.items()
        ],
    )


def _open(found: Sequence[Flaw]) -> Iterator[str]:
    if those := [f for f in found if not f.is_certain and not f.is_set_aside]:
        yield f"{len(those):,} undetermined"


def item_of(flaw: Flaw) -> Item:
    """Return a flaw as answers show it."""
    fixed = f"fixed in {flaw.fixed}" if flaw.fixed else "no fixed version is named"
    known_as = ", ".join((*flaw.ids, *(n for n in flaw.names if n not in flaw.ids)))
    return Item(
        subject=flaw.component.purl,
        note=f"{known_as}; {flaw.priority.value}; {fixed}; {flaw.disposition}",
    )


def _row(flaw: Flaw) -> tuple[str, ...]:
    score = flaw.scored.score
    rated = flaw.scored.severity.value
    return (
        flaw.component.purl,
        flaw.ids[0],
        "\n".join(name for name in flaw.names if name != flaw.ids[0]),
        flaw.priority.value,
        rated if score is None else f"{rated} {score:.1f}",
        flaw.fixed,
        "\n".join(flaw.component.path),
        flaw.disposition,
        flaw.component.scope.value,
        flaw.scored.vector,
        flaw.summary,
    )
