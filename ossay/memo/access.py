# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Who may be kept out, and what was looked at at all, as a memo lists it. Pure.

Ways of looking stay apart: a place in a template and one on a page may be the same
defect, so that no sum of them means anything.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ossay.memo.annexes import BARRIERS
from ossay.memo.blocks import (
    Figure,
    Figures,
    Hindrance,
    Hindrances,
    Result,
    Seen,
    State,
    WhyOpen,
)
from ossay.model.accessibility import CRITERIA, Criterion, ShutOut, Verdict
from ossay.model.policy import Area

AREA_OF = dict(zip(BARRIERS, ("site", "pages", "templates"), strict=True))
"""Of the facts that go with each table of barriers."""

SIGNS = ("accessibility", "languages", "inclusion", "conformance")
"""Areas of facts that the files of a repository answer by themselves."""

AREAS = (*SIGNS, *AREA_OF.values())
"""Areas of facts that the memo tells of in one place."""

WORST = 3
"""Kinds of barriers that are told for each group of people."""


FEW = 4
"""Entries of a list from which another list does not repeat them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """
    What one way of looking saw for one group of people.

    Attributes:
        is_looked_for: False where no check of those used is about them.
    """

    fails: int
    maybe: int
    is_looked_for: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Worst:
    """
    One of the worst barriers for a group of people.

    Attributes:
        table: Which way of looking saw it.
        is_again: Whether it was told for a group before.
    """

    part: str
    table: str
    told: Hindrance
    is_again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """
    One group of people who may be kept out.

    Attributes:
        cells: By the name of the table.
    """

    who: ShutOut
    cells: Mapping[str, Cell]
    worst: tuple[Worst, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """Tests that one person or role has to make."""

    who: str
    results: tuple[Result, ...]


def ways(figures: Collection[Figures]) -> list[str]:
    """Return the tables of barriers of which anything was counted in any part."""
    return [
        table
        for table in BARRIERS
        if answered(figures, f"{AREA_OF[table]}.failing")
        or answered(figures, f"{AREA_OF[table]}.maybe")
    ]


def is_drafted(figures: Collection[Figures]) -> bool:
    """Tell whether a part that may have an interface was looked at: it has a draft."""
    interfaces = answered(figures, "accessibility.user_interface")
    without = {seen.part for seen in interfaces if seen.value is False}
    counted = {
        seen.part
        for area in AREA_OF.values()
        for seen in answered(figures, f"{area}.failing")
    }
    return bool(counted - without)


def groups(
    hindrances: Collection[Hindrances], figures: Collection[Figures]
) -> Iterator[Group]:
    """Yield every group of people; one on slow lines only if something was seen."""
    tables = ways(figures)
    before: set[int] = set()
    for who in ShutOut:
        cells = {t: _cell(who, t, hindrances, figures) for t in tables}
        seen = any(cell.fails or cell.maybe for cell in cells.values())
        if seen or who is not ShutOut.SLOW_LINE:
            worst = [
                Worst(part=o.part, table=o.table, told=one, is_again=id(one) in before)
                for o, one in _worst(who, hindrances)
            ]
            before |= {id(one.told) for one in worst}
            yield Group(who=who, cells=cells, worst=tuple(worst))


def _cell(
    who: ShutOut,
    table: str,
    hindrances: Iterable[Hindrances],
    figures: Collection[Figures],
) -> Cell:
    counts = [
        one
        for of in hindrances
        if of.table == table
        for one in of.by_who
        if one.who is who
    ]
    looked_at = touched(figures, AREA_OF[table])
    return Cell(
        fails=sum(one.fails for one in counts),
        maybe=sum(one.maybe for one in counts),
        is_looked_for=bool(counts)
        or any(who in CRITERIA[number].shuts_out for number in looked_at),
    )


def _worst(
    who: ShutOut, hindrances: Iterable[Hindrances]
) -> list[tuple[Hindrances, Hindrance]]:
    """Return what fails before what may, and what is nearest to people first."""
    found = [(of, one) for of in hindrances for one in of.seen if who in one.shuts_out]
    found.sort(
        key=lambda pair: (
            pair[1].verdict is Verdict.MAYBE,
            BARRIERS.index(pair[0].table),
        )
    )
    return found[:WORST]


def touched(figures: Iterable[Figures], *areas: str) -> list[str]:
    """Return the criteria that a check of one of *areas* looks at, in order."""
    seen = {
        number
        for area in areas
        for one in answered(figures, f"{area}.touched_criteria")
        if isinstance(one.value, tuple)
        for number in one.value
    }
    return [number for number in CRITERIA if number in seen]


def criteria_of(one: Hindrance) -> list[Criterion]:
    """Return the success criteria of level A and AA that ask for it."""
    return [CRITERIA[number] for number in one.criteria if number in CRITERIA]


def sittings(results: Iterable[Result]) -> list[Sitting]:
    """Return the tests that people still have to make, by who has to."""
    by_who: dict[str, list[Result]] = {}
    for result in results:
        asked, is_open = result.ask, result.why_open is WhyOpen.NOBODY_ANSWERED
        if result.area is Area.ACCESSIBILITY and asked is not None and is_open:
            by_who.setdefault(asked.who, []).append(result)
    return [Sitting(who=who, results=tuple(tests)) for who, tests in by_who.items()]


def sheet_of(who: str, results: Iterable[Result]) -> int:
    """Return which of the `sittings` is that of *who*, from 1."""
    return [one.who for one in sittings(results)].index(who) + 1


def named(figures: Iterable[Figure], fact: str) -> Figure | None:
    """Return the figure about *fact*, if there is one."""
    return next((figure for figure in figures if figure.fact == fact), None)


def beyond(figure: Figure, above: Figure | None) -> list[str] | None:
    """
    Return what a list holds that the one above it does not; None to tell it whole.

    It is told whole where the one above is short, or holds something else.
    """
    seen = (*figure.seen, *(above.seen if above else ()))
    if above is None or len(figure.seen) != 1 or len(seen) != 2:
        return None
    ours, theirs = (one.value for one in seen)
    if not isinstance(ours, tuple) or not isinstance(theirs, tuple):
        return None
    if len(theirs) < FEW or not set(theirs) <= set(ours):
        return None
    return [entry for entry in ours if entry not in theirs]


def told_together(results: Iterable[Result]) -> list[list[Result]]:
    """
    Return results as they are told, tests that rest on the same answers together.

    These come last: what was found, and what is about one rule alone, stands before.
    """
    every = list(results)
    alike: dict[tuple[Seen, ...], list[Result]] = {}
    for result in every:
        if are_tests([result]):
            alike.setdefault(result.seen, []).append(result)
    together = [some for some in alike.values() if len(some) > 1]
    ids = {result.rule_id for some in together for result in some}
    return [*([r] for r in every if r.rule_id not in ids), *together]


def are_tests(results: Iterable[Result]) -> bool:
    """Tell whether each is a test still to be made whose steps `sittings` tells."""
    return all(
        result.area is Area.ACCESSIBILITY
        and result.why_open is WhyOpen.NOBODY_ANSWERED
        and result.ask is not None
        and bool(result.ask.steps)
        for result in results
    )


def minutes(results: Iterable[Result]) -> int:
    """Return how long all the tests take; 0 where it is not said of each."""
    each = [0 if r.ask is None else r.ask.minutes for r in results]
    return sum(each) if all(each) else 0


def answered(figures: Iterable[Figures], fact: str) -> list[Seen]:
    """Return the answers that parts gave to one question."""
    return [
        seen
        for area in figures
        for figure in area.figures
        if figure.fact == fact
        for seen in figure.seen
        if seen.state is State.ANSWERED
    ]


def about(figures: Iterable[Figures], facts: Collection[str]) -> list[Figure]:
    """Return what was asked of *facts*, in their order, where it arises."""
    by_fact = {f.fact: f for area in figures for f in area.figures}
    return [
        by_fact[fact]
        for fact in facts
        if fact in by_fact
        and any(s.state is not State.DOES_NOT_ARISE for s in by_fact[fact].seen)
    ]


def of_signs(figures: Iterable[Figures]) -> list[Figure]:
    """Return what was asked of the files of the repository, where it arises."""
    asked = [f for area in figures if area.area in SIGNS for f in area.figures]
    return [
        f for f in asked if any(s.state is not State.DOES_NOT_ARISE for s in f.seen)
    ]


def why_none(figures: Iterable[Figures], facts: Collection[str]) -> list[str]:
    """Return why none of *facts* arises, each reason once."""
    whys = {
        seen.why: None
        for area in figures
        for figure in area.figures
        if figure.fact in facts
        for seen in figure.seen
        if seen.state is State.DOES_NOT_ARISE
    }
    return list(whys)


def short_of(figures: Iterable[Figure]) -> list[tuple[str, str]]:
    """Return why answers may be short, by part, each reason once."""
    seen = (one for figure in figures for one in figure.seen)
    return list(dict.fromkeys((s.part, s.why) for s in seen if not s.complete))


def told(figures: Iterable[Figure]) -> list[Figure]:
    """Leave out what stayed open in every part."""
    return [f for f in figures if any(s.state is State.ANSWERED for s in f.seen)]


def untold(figures: Iterable[Figure]) -> dict[tuple[str, str], int]:
    """Return how many questions stayed open in every part, by part and reason."""
    found: dict[tuple[str, str], int] = {}
    for figure in figures:
        if not told([figure]):
            for seen in figure.seen:
                if seen.state is State.OPEN:
                    at = seen.part, seen.why
                    found[at] = found.get(at, 0) + 1
    return found


def has_interface(figures: Collection[Figures]) -> bool:
    """Tell whether there is, or may be, anything that people see or operate."""
    asked = [
        seen
        for area in figures
        for figure in area.figures
        if figure.fact == "accessibility.user_interface"
        for seen in figure.seen
    ]
    has_none = asked and all(
        seen.state is State.ANSWERED and seen.value is False and seen.complete
        for seen in asked
    )
    return not has_none or bool(ways(figures))
