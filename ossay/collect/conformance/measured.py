# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Claims of a report held against what checks found in templates and on pages.

Where a report claims that a criterion is supported and a check found it missed, both
places are told, and nobody is said to be wrong: checks err, too, and reports get old.
What a check calls "maybe" is held against no claim.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ossay.collect import pages, site, templates
from ossay.collect._gathering import gather
from ossay.collect.conformance import facts
from ossay.collect.conformance.crediting import Chosen
from ossay.collect.conformance.report import Level, Row
from ossay.collect.pages.facts import PAGES, SITE
from ossay.model.accessibility import BARRIER_COLUMNS, Verdict
from ossay.model.collector import Collector, Given, Table
from ossay.model.evidence import Answered, Gap, Item, Observation, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """
    A collector whose checks find criteria missed.

    Attributes:
        failing: Its fact that names them.
        is_expected: Whether it looks at the repository itself, so that there is
            something to tell where it could not.
    """

    tier: Tier
    collector: Collector
    failing: str
    is_expected: bool = True


CHECKS = (
    Check(
        tier=Tier.TEMPLATE,
        collector=templates.COLLECTOR,
        failing="templates.failing_criteria",
    ),
    Check(
        tier=Tier.RENDERED,
        collector=pages.COLLECTOR,
        failing=PAGES.failing_criteria.name,
    ),
    Check(
        tier=Tier.RENDERED,
        collector=site.COLLECTOR,
        failing=SITE.failing_criteria.name,
        is_expected=False,
    ),
)
NEEDED = tuple(check.collector for check in CHECKS)

PLACES = 3
"""Places that are told of one criterion and one kind of check."""


@dataclass(slots=True)
class Measured:
    """
    What checks found failing.

    Attributes:
        places: By criterion: where, and what a check saw there.
        looked: Kinds of checks that looked at something.
        why_not: Of each other kind that should have, why it did not, or not at all.
    """

    places: dict[str, list[Item]] = field(default_factory=dict)
    looked: list[Tier] = field(default_factory=list)
    why_not: list[str] = field(default_factory=list)


def contradicted(chosen: Chosen, given: Given) -> Answered:
    """Answer which of the criteria that are claimed a check found missed."""
    claimed = {
        row.number: row for row in chosen.report.rows if row.level is Level.SUPPORTS
    }
    seen = _measure(given)
    if not seen.looked:
        why = "; ".join(seen.why_not) or "there are no templates and no pages to check"
        return facts.CONTRADICTED.unknown(f"nothing could be held against it: {why}")
    both = [number for number in claimed if number in seen.places]
    return facts.CONTRADICTED.found(
        tuple(both),
        (item for number in both for item in _sides(chosen, claimed, number, seen)),
        missed="; ".join(seen.why_not),
    )


def _sides(
    chosen: Chosen, claimed: Mapping[str, Row], number: str, seen: Measured
) -> Iterator[Item]:
    yield Item(
        subject=chosen.path,
        note=f"says that {number} is supported",
        line=claimed[number].line,
    )
    yield from seen.places[number]


def _measure(given: Given) -> Measured:
    seen = Measured()
    for check in CHECKS:
        answers, tables = gather(check.collector, given)
        answer = next(a for a in answers if a.fact == check.failing)
        if isinstance(answer, Gap) and check.is_expected:
            seen.why_not.append(f"{check.tier.value}: {answer.why}")
        elif isinstance(answer, Observation):
            seen.looked.append(check.tier)
            if answer.missed:
                seen.why_not.append(f"{check.tier.value}: {answer.missed}")
            for number, items in _failing(tables, check.tier).items():
                seen.places.setdefault(number, []).extend(items[:PLACES])
    return seen


def _failing(tables: tuple[Table, ...], tier: Tier) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for table in tables:
        if table.columns != BARRIER_COLUMNS:
            continue
        for cells in table.rows:
            row = dict(zip(BARRIER_COLUMNS, cells, strict=True))
            if row["verdict"] != Verdict.FAILS.value:
                continue
            line = int(row["line"] or 0)
            for number in filter(None, row["criteria"].split("\n")):
                note = f"{number}, {tier.value}, {row['rule']}: {row['what']}"
                item = Item(subject=row["where"], note=note, line=line)
                found.setdefault(number, []).append(item)
    return found
