# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The draft of a report for those alone who look after a software's security.

It tells of what others could make use of: places of secrets, and weaknesses that
nobody has mended yet. What stands there is never repeated. It goes to a named
contact, by the hand of an officer; nothing here sends or publishes anything.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ossay.memo.blocks import Place, Seen, Source, State
from ossay.memo.ink import MARKDOWN
from ossay.memo.rendering import UNTRANSLATED, fill_in, speech_in, tidy
from ossay.memo.showing import Showing, source
from ossay.memo.speech import ENGLISH
from ossay.model.collector import Table
from ossay.model.evidence import Disclosure, Item, Tool

PLACES = 100
"""Places of one concern that a letter names; more are told by their number."""

_LESSER = frozenset({"low", "informational", "unknown"})
"""Ratings of what a tool itself does not take for a way in."""

_COUNTED_ELSEWHERE = frozenset(
    {
        *("workflows.findings", "workflows.suppressed", "secrets.set_aside"),
        *("secrets.suppressed", "misconfiguration.findings"),
        "misconfiguration.suppressed",
    }
)
"""Answers that count again what others count, or what is no more than an example."""

_PROGRAMS = frozenset({"kingfisher", "ossay", "trivy", "zizmor"})

_POLICY = "security.policy"
_CONTACT = "security.policy_contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """
    One kind of thing that was seen, and all places where it was.

    Attributes:
        kind: What the tool that saw it, or the question, is about ("workflows").
        rule: The tool's name of it; "" where an answer alone tells.
        what: In the tool's words, or the question.
        places: `PLACES` at most.
        total: How many places there are, shown or not.
    """

    kind: str
    rule: str
    what: str
    disclosure: Disclosure
    places: tuple[Place, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidential:
    """
    What one part's maintainers are to be told in confidence.

    Attributes:
        policy: Whether there is a security policy; None where nobody asked.
        contact: Whether it says where to report; None where nobody asked.
        set_aside: Places of the same kinds that stand in tests and examples.
        lesser: Those that the tools rate low or are not sure of, and those that
            strangers cannot reach.
    """

    source: Source
    policy: Seen | None
    contact: Seen | None
    concerns: tuple[Concern, ...]
    set_aside: int
    lesser: int
    tools: tuple[Tool, ...]

    @property
    def programs(self) -> tuple[Tool, ...]:
        """Those that pointed something out."""
        return tuple(tool for tool in self.tools if tool.name in _PROGRAMS)

    @property
    def has_contact(self) -> bool:
        """Whether a place to report to was found."""
        return self.contact is not None and self.contact.value is True

    @property
    def why_unsure(self) -> str:
        """Why it is not known whether there is a contact; "" where it is."""
        for seen in (self.policy, self.contact):
            if seen is not None and seen.state is State.OPEN:
                return seen.why
        return ""


def confidential(showing: Showing, tables: Iterable[Table]) -> Confidential:
    """
    Return what is to be told in confidence of a part whose *tables* are given.

    A table with a column "disclosure" says so row by row. What an answer alone
    tells is added.
    """
    every = list(_rows(tables))
    kept = [row for row in every if row.disclosure is not Disclosure.OPEN]
    told = [row for row in kept if not row.is_set_aside and not row.is_lesser]
    known = {(row.item.subject, row.item.line) for row in every}
    seen = {answer.fact: showing.seen(answer) for answer in showing.observed}
    return Confidential(
        source=source(showing),
        policy=seen.get(_POLICY),
        contact=seen.get(_CONTACT),
        concerns=(*_by_rule(told, showing), *_told_alone(seen.values(), known)),
        set_aside=sum(row.is_set_aside for row in kept),
        lesser=sum(row.is_lesser and not row.is_set_aside for row in kept),
        tools=showing.tools,
    )


def by_file(places: Iterable[Place]) -> list[tuple[Place, list[Place]]]:
    """Gather places of one file of which the same is said."""
    found: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        found.setdefault((place.subject, place.note), []).append(place)
    return [(same[0], same) for same in found.values()]


def render_confidential(letter: Confidential, *, prepared: Path | None = None) -> str:
    """Return the draft in Markdown, which can be read as plain text."""
    speech = speech_in(MARKDOWN, ENGLISH, UNTRANSLATED)
    return tidy(
        fill_in(
            "confidential/report.md.j2",
            *(MARKDOWN, speech, prepared),
            of=letter,
            by_file=by_file,
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    kind: str
    rule: str
    what: str
    disclosure: Disclosure
    item: Item
    is_set_aside: bool
    is_lesser: bool


def _rows(tables: Iterable[Table]) -> Iterator[_Row]:
    for table in tables:
        if "disclosure" not in table.columns:
            continue
        for cells in table.rows:
            row = dict(zip(table.columns, cells, strict=True))
            yield _Row(
                kind=table.name,
                rule=row.get("rule", ""),
                what=row.get("what", ""),
                disclosure=Disclosure(row["disclosure"]),
                item=_item(row),
                is_set_aside=row.get("set aside", "") == "yes",
                is_lesser=_is_lesser(row),
            )


def _is_lesser(row: Mapping[str, str]) -> bool:
    """Tell what the tool is not sure of, or what strangers cannot reach."""
    is_doubted = "severity" in row and row.get("confidence") == "low"
    is_out_of_reach = row.get("within reach of strangers") == "no"
    return is_doubted or is_out_of_reach or row.get("severity") in _LESSER


def _item(row: Mapping[str, str]) -> Item:
    """Return the place, with all that tells it apart and nothing of what it holds."""
    named = ("commit", "severity", "confidence", "fingerprint")
    note = ", ".join(f"{name} {row[name]}" for name in named if row.get(name))
    line = row.get("line", "")
    return Item(
        subject=row["path"], note=note, line=int(line) if line.isdecimal() else 0
    )


def _by_rule(rows: Sequence[_Row], showing: Showing) -> Iterator[Concern]:
    grouped: dict[tuple[str, str], list[_Row]] = {}
    for row in rows:
        grouped.setdefault((row.kind, row.rule), []).append(row)
    for (kind, rule), same in sorted(grouped.items(), key=_weight):
        yield Concern(
            kind=kind,
            rule=rule,
            what=same[0].what,
            disclosure=same[0].disclosure,
            places=tuple(showing.place(row.item) for row in same[:PLACES]),
            total=len(same),
        )


def _weight(of: tuple[tuple[str, str], list[_Row]]) -> tuple[bool, bool]:
    """Sort what stays harmful first, and what needs a way in before it last."""
    (kind, _), rows = of
    is_restricted = rows[0].disclosure is Disclosure.RESTRICTED
    return (not is_restricted, kind == "misconfiguration")


def _told_alone(
    answers: Iterable[Seen], known: set[tuple[str, int]]
) -> Iterator[Concern]:
    """Yield what answers tell of places that are in no table."""
    for seen in answers:
        is_asked = seen.state is State.ANSWERED and bool(seen.value)
        if seen.disclosure is Disclosure.OPEN or not is_asked:
            continue
        if seen.fact in _COUNTED_ELSEWHERE:
            continue
        places = [p for p in seen.places if (p.path or p.subject, p.line) not in known]
        if places or not seen.places:
            yield Concern(
                kind=seen.fact.partition(".")[0],
                rule="",
                what=seen.asks,
                disclosure=seen.disclosure,
                places=tuple(places),
                total=max(seen.total - len(seen.places) + len(places), len(places)),
            )
