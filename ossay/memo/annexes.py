# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Long tables of the evidence → what a memo shows of them. Pure."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from ossay.memo.blocks import (
    Flaw,
    Flaws,
    Hindrance,
    Hindrances,
    KeptOut,
    LicenceMix,
    Pressing,
    Relicensing,
)
from ossay.memo.showing import Showing
from ossay.model.accessibility import CRITERIA, ShutOut, Verdict
from ossay.model.collector import Table
from ossay.model.evidence import Item

BARRIERS = ("site-pages", "rendered-pages", "template-checks")
"""Tables of barriers, the nearest to those who use the software first."""

SHOWN = frozenset({"components", "relicensings", "vulnerabilities", *BARRIERS})
"""Tables that a memo shows something of."""

FLAWS_SHOWN = 50
"""Rows on the page; the whole table is handed out beside it."""

LONGEST_SUMMARY = 200

_NOT_TO_RUN = frozenset({"build", "development"})

Row = tuple[str, ...]


def flaws_in(part: str, table: Table, components: Table | None = None) -> Flaws:
    """Return what a memo shows of the table "vulnerabilities" of a part."""
    cell = _cells(table)
    shown = table.rows[:FLAWS_SHOWN]
    direct: dict[str, str] = {}
    if components is not None and shown:
        of = _cells(components)
        named = {cell(row, "component") for row in shown}
        direct = {
            purl: of(row, "direct")
            for row in components.rows
            if (purl := of(row, "purl")) in named
        }

    told = (
        Flaw(
            component=cell(row, "component"),
            advisory=cell(row, "advisory"),
            aliases=_several(cell(row, "aliases")),
            priority=cell(row, "priority"),
            severity=cell(row, "severity"),
            fixed_in=cell(row, "fixed in"),
            path=_several(cell(row, "path")),
            disposition=cell(row, "disposition"),
            summary=_short(cell(row, "summary")),
            direct=direct.get(cell(row, "component"), ""),
        )
        for row in shown
    )
    # Rows are in the order of their priority.
    totals = Counter(cell(row, "priority") for row in table.rows)
    fixed = Counter(cell(r, "priority") for r in table.rows if cell(r, "fixed in"))
    return Flaws(
        part=part,
        shown=tuple(told),
        total=len(table.rows),
        priorities=tuple(
            Pressing(priority=one, total=total, fixed=fixed[one])
            for one, total in totals.items()
        ),
    )


def licence_mix_in(part: str, table: Table) -> LicenceMix:
    """Return how many components of the table "components" have which licence."""
    cell = _cells(table)
    every = Counter(cell(row, "licence") for row in table.rows)
    needed = Counter(
        cell(row, "licence")
        for row in table.rows
        if cell(row, "scope") not in _NOT_TO_RUN
    )
    by_number = sorted(every, key=lambda one: (-every[one], one))
    return LicenceMix(
        part=part,
        licences=tuple((one, every[one], needed[one]) for one in by_number if one),
        untold=every[""],
        untold_needed=needed[""],
    )


def relicensings_in(showing: Showing, table: Table) -> Iterator[Relicensing]:
    """Yield the changes that the table "relicensings" tells of, newest first."""
    cell = _cells(table)
    for row in table.rows:
        yield Relicensing(
            part=showing.name,
            on=date.fromisoformat(cell(row, "on")),
            commit=showing.place(Item(subject=cell(row, "commit"))),
            was=cell(row, "from"),
            now=cell(row, "to"),
            people=int(cell(row, "people until then")),
        )


def hindrances_in(showing: Showing, table: Table) -> Hindrances:
    """Return what a memo shows of one of the tables `BARRIERS`."""
    cell = _cells(table)
    by_check: dict[tuple[str, str, str], list[Row]] = {}
    by_who: Counter[tuple[str, str]] = Counter()
    for row in table.rows:
        # Who is kept out may depend on the place, so it tells checks apart.
        what = (cell(row, "rule"), cell(row, "verdict"), cell(row, "shuts out"))
        by_check.setdefault(what, []).append(row)
        for who in _several(what[2]):
            by_who[who, what[1]] += int(cell(row, "places"))
    seen = (_hindrance(showing, cell, rows) for rows in by_check.values())
    counts = (
        KeptOut(
            who=who,
            fails=by_who[who.value, Verdict.FAILS.value],
            maybe=by_who[who.value, Verdict.MAYBE.value],
        )
        for who in ShutOut
    )
    return Hindrances(
        part=showing.name,
        table=table.name,
        seen=tuple(sorted(seen, key=_worst_first)),
        by_who=tuple(c for c in counts if c.fails or c.maybe),
    )


def _hindrance(
    showing: Showing, cell: Callable[[Row, str], str], rows: Sequence[Row]
) -> Hindrance:
    row = max(rows, key=lambda one: int(cell(one, "places")))
    where = Item(subject=cell(row, "where"), line=int(cell(row, "line") or 0))
    return Hindrance(
        rule=cell(row, "rule"),
        criteria=_several(cell(row, "criteria")),
        verdict=Verdict(cell(row, "verdict")),
        shuts_out=tuple(map(ShutOut, _several(cell(row, "shuts out")))),
        what=_short(cell(row, "what")),
        place=showing.place(where),
        places=sum(int(cell(one, "places")) for one in rows),
    )


def _worst_first(one: Hindrance) -> tuple[bool, bool, int, str]:
    """Sort what fails first, then what level A asks for, then by places."""
    of_level_a = any(CRITERIA[c].level == "A" for c in one.criteria if c in CRITERIA)
    return (one.verdict is Verdict.MAYBE, not of_level_a, -one.places, one.rule)


def _several(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("\n")))


def _cells(table: Table) -> Callable[[Row, str], str]:
    at = {name: place for place, name in enumerate(table.columns)}
    return lambda row, column: row[at[column]]


def _short(text: str) -> str:
    """Return *text*, cut at a word where it is long."""
    if len(text) <= LONGEST_SUMMARY:
        return text
    return f"{text[:LONGEST_SUMMARY].rpartition(' ')[0] or text[:LONGEST_SUMMARY]} …"
