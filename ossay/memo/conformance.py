# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Machine findings in the order of a conformance report, and what to ask maintainers.

This is no conformance report. Which level a product reaches is for a named person to
say: here every row stays "not evaluated", and findings go into its remarks. Where a
person's answer to a rule says that a criterion is missed, it is "partially supports".
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ossay.memo.blocks import Place, Seen, Source, State
from ossay.memo.ink import MARKDOWN
from ossay.memo.rendering import UNTRANSLATED, fill_in, speech_in, tidy
from ossay.memo.showing import Showing, source
from ossay.memo.speech import ENGLISH
from ossay.model.accessibility import CRITERIA, Criterion, Verdict
from ossay.model.collector import Table
from ossay.model.evidence import Item, Observation, Tool
from ossay.model.judgement import Finding, Outcome

PLACES = 5
"""Places of one rule that a row names; more are told by their number."""

TABLES = ("template-checks", "rendered-pages", "site-pages")
"""Tables of barriers, in the order in which they are told."""

_EXAMINED = {
    "template-checks": "templates.files",
    "rendered-pages": "pages.tested",
    "site-pages": "site.tested",
}
_LEFT_OUT = {
    "template-checks": ("templates.not_evaluated", "templates.unread_files"),
    "rendered-pages": ("pages.untested",),
    "site-pages": ("site.untested",),
}
_COUNTED = {
    "template-checks": "templates.failing",
    "rendered-pages": "pages.failing",
    "site-pages": "site.failing",
}
"""Where nothing could be looked at, this stays open, or does not arise."""

_TOUCHED = {
    "template-checks": "templates.touched_criteria",
    "rendered-pages": "pages.touched_criteria",
    "site-pages": "site.touched_criteria",
}
_INTERFACE = "accessibility.user_interface"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """
    What one check says of one criterion.

    Attributes:
        table: Where it is from, as in `TABLES`.
        is_sure: Whether the places fail; else a person has to look at them.
        places: `PLACES` at most.
        total: How many places there are, shown or not.
    """

    table: str
    rule: str
    what: str
    is_sure: bool
    places: tuple[Place, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """A person's answer that a criterion is missed; never who gave it."""

    rule_id: str
    ground: str
    given_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One success criterion, with what is known of it."""

    criterion: Criterion
    groups: tuple[Group, ...]
    confirmed: tuple[Confirmed, ...]

    @property
    def is_told_of(self) -> bool:
        """Whether there is anything to say beside that nobody evaluated it."""
        return bool(self.groups or self.confirmed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """
    Whether one kind of check ran.

    Attributes:
        examined: How many files or pages it looked at, to their end.
        left_out: How many of the same kind it did not look at.
        why_not: Why it looked at nothing; "" where it did.
        touched: Criteria that it looks at something of.
    """

    table: str
    examined: int
    left_out: int
    why_not: str
    touched: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """
    What a vendor may begin a report with.

    Attributes:
        named: The software, as the officer named it; with its part, where it has
            several.
        rows: On every criterion of level A and AA of WCAG 2.2, in its order.
        own: Answers about the project's own report, by the last part of their name.
    """

    named: str
    source: Source
    made_on: date
    rows: tuple[Row, ...]
    looks: tuple[Look, ...]
    tools: tuple[Tool, ...]
    own: Mapping[str, Seen]

    @property
    def with_findings(self) -> int:
        """On how many criteria there is something to say."""
        return sum(row.is_told_of for row in self.rows)

    @property
    def touched(self) -> int:
        """How many criteria the checks that ran look at something of."""
        return len({number for look in self.looks for number in look.touched})

    @property
    def has_confirmed(self) -> bool:
        """Whether a person's test stands in it, beside what programs found."""
        return any(row.confirmed for row in self.rows)

    @property
    def is_worth_finishing(self) -> bool:
        """Whether a check looked at anything; without, it would read as "nothing"."""
        return any(not look.why_not for look in self.looks)

    @property
    def leaves_questions(self) -> bool:
        """Whether there is anything to ask beside a report that may be credited."""
        creditable, contradicted = map(self.own.get, ("creditable", "contradicted"))
        is_good = creditable is not None and creditable.value is True
        return not is_good or (contradicted is not None and bool(contradicted.places))


def draft(
    showing: Showing,
    named: str,
    tables: Iterable[Table],
    findings: Iterable[Finding],
    made_on: date,
    tool_names: Iterable[str],
) -> Draft | None:
    """
    Return the draft on a part; None where it has no interface.

    *tables* are those of `TABLES` that its evidence has, and *tool_names* those of
    the programs that they rest on.
    """
    answers = {answer.fact: answer for answer in showing.observed}
    interface = answers.get(_INTERFACE)
    has_none = isinstance(interface, Observation) and interface.value is False
    at_hand = {table.name: table for table in tables if table.name in TABLES}
    if has_none:
        return None
    seen = {name: showing.seen(answer) for name, answer in answers.items()}
    groups = _groups(at_hand.values(), showing)
    confirmed = _confirmed(findings)
    wanted = set(tool_names)
    return Draft(
        named=named,
        source=source(showing),
        made_on=made_on,
        rows=tuple(
            Row(
                criterion=criterion,
                groups=tuple(groups.get(number, ())),
                confirmed=tuple(confirmed.get(number, ())),
            )
            for number, criterion in CRITERIA.items()
        ),
        looks=tuple(_look(name, at_hand, seen) for name in TABLES),
        tools=tuple(tool for tool in showing.tools if tool.name in wanted),
        own={
            name.partition(".")[2]: one
            for name, one in seen.items()
            if name.startswith("conformance.")
        },
    )


def _groups(tables: Iterable[Table], showing: Showing) -> dict[str, list[Group]]:
    """Gather barriers by criterion and check: what surely fails first, then most."""
    found: dict[tuple[str, str, str, str], list[dict[str, str]]] = {}
    for table in tables:
        for cells in table.rows:
            row = dict(zip(table.columns, cells, strict=True))
            for number in filter(None, row["criteria"].split("\n")):
                key = (number, table.name, row["rule"], row["verdict"])
                found.setdefault(key, []).append(row)
    by_criterion: dict[str, list[Group]] = {}
    for (number, name, rule, verdict), rows in found.items():
        group = Group(
            table=name,
            rule=rule,
            what=rows[0]["what"],
            is_sure=verdict == Verdict.FAILS.value,
            places=tuple(showing.place(_item(row)) for row in rows[:PLACES]),
            total=sum(int(row["places"]) for row in rows),
        )
        by_criterion.setdefault(number, []).append(group)
    order = TABLES
    for groups in by_criterion.values():
        groups.sort(
            key=lambda g: (order.index(g.table), not g.is_sure, -g.total, g.rule)
        )
    return by_criterion


def _item(row: Mapping[str, str]) -> Item:
    return Item(subject=row["where"], line=int(row["line"] or 0))


def _look(table: str, tables: Container[str], seen: Mapping[str, Seen]) -> Look:
    examined = seen.get(_EXAMINED[table])
    count = _count(examined)
    counted = seen.get(_COUNTED[table])
    is_counted = counted is not None and counted.state is State.ANSWERED
    why_not = ""
    if table not in tables or not (count or is_counted):
        said = (one for one in (examined, counted) if one is not None)
        whys = [one.why for one in said if one.state is not State.ANSWERED]
        nothing = "there is nothing that this check can read"
        why_not = next(iter(whys), nothing if examined else "it was not asked for")
    touched = None if why_not else seen.get(_TOUCHED[table])
    return Look(
        table=table,
        examined=count,
        left_out=sum(_count(seen.get(name)) for name in _LEFT_OUT[table]),
        why_not=why_not,
        touched=_criteria_of(touched),
    )


def _count(seen: Seen | None) -> int:
    return seen.value if seen is not None and isinstance(seen.value, int) else 0


def _criteria_of(seen: Seen | None) -> tuple[str, ...]:
    listed = seen.value if seen is not None else ()
    named = listed if isinstance(listed, tuple) else ()
    return tuple(number for number in CRITERIA if number in named)


def _confirmed(findings: Iterable[Finding]) -> dict[str, list[Confirmed]]:
    """Return what people answered with no, by the criteria that rules rest on."""
    found: dict[str, list[Confirmed]] = {}
    for finding in findings:
        answer = finding.answer
        if finding.outcome is not Outcome.FAILED or answer is None:
            continue
        if answer.value is not False:
            continue
        said = Confirmed(
            rule_id=finding.rule.id,
            ground=answer.ground,
            given_on=answer.given_at.date(),
        )
        clauses = finding.rule.basis or finding.rule.inspired_by
        for number in dict.fromkeys(_criteria_in(clauses)):
            found.setdefault(number, []).append(said)
    return found


def _criteria_in(clauses: str) -> Iterator[str]:
    """Yield the criteria that clauses name: of WCAG, or of EN 301 549 on the web."""
    pattern = _ON_THE_WEB if "EN 301 549" in clauses else _CRITERION
    for match in pattern.finditer(clauses):
        if match[1] in CRITERIA:
            yield match[1]


_CRITERION = re.compile(r"(?<![\w.])([1-4]\.[1-9]\.[0-9]{1,2})(?![.0-9])")
_ON_THE_WEB = re.compile(r"(?<![\w.])9\.([1-4]\.[1-9]\.[0-9]{1,2})(?![.0-9])")
"""Clause 10 is on documents, 11 on software; the rest of EN 301 549 counts anew."""


def render_draft(of: Draft, *, prepared: Path | None = None) -> str:
    """Return the draft in Markdown, for those who will make a report of it."""
    return _filled("conformance/draft.md.j2", of, prepared)


def render_request(of: Draft, *, prepared: Path | None = None) -> str:
    """Return the text of a request to the maintainers, in Markdown."""
    return _filled("conformance/request.md.j2", of, prepared)


def remarks(name: str, of: Draft, row: Row | None, prepared: Path | None) -> str:
    """Return one of the texts of a report in Markdown ("notes", "methods", "row")."""
    return _filled(f"conformance/{name}.md.j2", of, prepared, row=row).strip()


def _filled(template: str, of: Draft, prepared: Path | None, **more: object) -> str:
    speech = speech_in(MARKDOWN, ENGLISH, UNTRANSLATED)
    return tidy(fill_in(template, MARKDOWN, speech, prepared, of=of, **more))
