# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Success criteria, who is shut out where one is missed, and what a machine saw."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ossay.model.evidence import Item


class Verdict(StrEnum):
    """What a machine says of one place; it never says that a place is in order."""

    FAILS = "fails"
    """The defect is in what was looked at."""
    MAYBE = "maybe"
    """Something that was not seen may supply what is missing; a person has to look."""


class ShutOut(StrEnum):
    """Who cannot use what misses a criterion, or only with trouble."""

    BLIND = "blind"
    LOW_VISION = "low vision"
    DEAF = "deaf or hard of hearing"
    MOTOR = "limited movement"
    COGNITIVE = "cognitive or learning disability"
    SEIZURES = "seizures from light"
    SLOW_LINE = "slow line or old device"
    OTHER_LANGUAGE = "another language or script"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """
    A success criterion of WCAG 2.2, level A or AA.

    Attributes:
        number: As WCAG counts ("1.4.3").
        name: Its name in WCAG.
        level: "A" or "AA".
        since: The version of WCAG that brought it ("2.0", "2.1", "2.2").
        shuts_out: Whom it is for first; a help to read findings, not part of WCAG.
    """

    number: str
    name: str
    level: str
    since: str
    shuts_out: tuple[ShutOut, ...]

    def clause(self) -> str:
        """
        Return the clause on web pages in EN 301 549 ("9.1.4.3").

        Editions number alike; which one holds is for a policy pack to say. A
        criterion that only WCAG 2.2 has is not in V3.2.1 (2021).
        """
        return f"9.{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier:
    """
    Something that a machine saw at one place and that may keep somebody out.

    Attributes:
        where: A path in the tree, or the address of a page.
        line: Line in the file, from 1; 0 where there is none.
        rule: The check that found it, with the engine's own id ("image-alt").
        criteria: Numbers of the success criteria; none where no criterion asks for
            it (a slow line, a missing language).
        verdict: Whether it is a defect in what was looked at, or may be one.
        shuts_out: Whom it may keep out.
        what: What was seen, in one short sentence.
        count: How many places on the same page it stands for.
    """

    where: str
    line: int = 0
    rule: str
    criteria: tuple[str, ...] = ()
    verdict: Verdict
    shuts_out: tuple[ShutOut, ...] = ()
    what: str
    count: int = 1

    def row(self) -> tuple[str, ...]:
        """Return its row under `BARRIER_COLUMNS`."""
        return (
            self.where,
            str(self.line or ""),
            self.rule,
            "\n".join(self.criteria),
            self.verdict.value,
            "\n".join(who.value for who in self.shuts_out),
            self.what,
            str(self.count),
        )


def by_criterion(barriers: Iterable[Barrier]) -> Iterator[Item]:
    """
    Yield for each criterion one place, and how many there are.

    A note begins with the number of its criterion, so that a memo can show with a rule
    on one criterion what is about that.
    """
    seen: dict[str, list[Barrier]] = {}
    for barrier in barriers:
        for number in barrier.criteria:
            seen.setdefault(number, []).append(barrier)
    for number in (n for n in CRITERIA if n in seen):
        first, places = seen[number][0], sum(b.count for b in seen[number])
        more = f", one of {places:,} places" if places > 1 else ""
        note = f"{number}: {first.what}{more}"
        yield Item(subject=first.where, note=note, line=first.line)


BARRIER_COLUMNS = (
    *("where", "line", "rule", "criteria", "verdict"),
    *("shuts out", "what", "places"),
)
"""Of the tables "template-checks", "rendered-pages" and "site-pages"."""


def shut_out_by(criteria: tuple[str, ...]) -> tuple[ShutOut, ...]:
    """Return whom the criteria are for, in the order of `ShutOut`."""
    named = {who for number in criteria for who in CRITERIA[number].shuts_out}
    return tuple(who for who in ShutOut if who in named)


_TABLE = """
1.1.1  A  2.0 blind                     Non-text Content
1.2.1  A  2.0 blind,deaf                Audio-only and Video-only (Prerecorded)
1.2.2  A  2.0 deaf                      Captions (Prerecorded)
1.2.3  A  2.0 blind                     Audio Description or Media Alternative (Prerecorded)
1.2.4  AA 2.0 deaf                      Captions (Live)
1.2.5  AA 2.0 blind                     Audio Description (Prerecorded)
1.3.1  A  2.0 blind                     Info and Relationships
1.3.2  A  2.0 blind                     Meaningful Sequence
1.3.3  A  2.0 blind,low_vision          Sensory Characteristics
1.3.4  AA 2.1 low_vision,motor          Orientation
1.3.5  AA 2.1 motor,cognitive           Identify Input Purpose
1.4.1  A  2.0 low_vision                Use of Color
1.4.2  A  2.0 blind,cognitive           Audio Control
1.4.3  AA 2.0 low_vision                Contrast (Minimum)
1.4.4  AA 2.0 low_vision                Resize Text
1.4.5  AA 2.0 low_vision                Images of Text
1.4.10 AA 2.1 low_vision                Reflow
1.4.11 AA 2.1 low_vision                Non-text Contrast
1.4.12 AA 2.1 low_vision,cognitive      Text Spacing
1.4.13 AA 2.1 low_vision,motor          Content on Hover or Focus
2.1.1  A  2.0 blind,motor               Keyboard
2.1.2  A  2.0 blind,motor               No Keyboard Trap
2.1.4  A  2.1 motor,cognitive           Character Key Shortcuts
2.2.1  A  2.0 motor,cognitive           Timing Adjustable
2.2.2  A  2.0 low_vision,cognitive      Pause, Stop, Hide
2.3.1  A  2.0 seizures                  Three Flashes or Below Threshold
2.4.1  A  2.0 blind,motor               Bypass Blocks
2.4.2  A  2.0 blind,cognitive           Page Titled
2.4.3  A  2.0 blind,motor               Focus Order
2.4.4  A  2.0 blind,cognitive           Link Purpose (In Context)
2.4.5  AA 2.0 blind,cognitive           Multiple Ways
2.4.6  AA 2.0 blind,cognitive           Headings and Labels
2.4.7  AA 2.0 low_vision,motor          Focus Visible
2.4.11 AA 2.2 low_vision,motor          Focus Not Obscured (Minimum)
2.5.1  A  2.1 motor                     Pointer Gestures
2.5.2  A  2.1 motor                     Pointer Cancellation
2.5.3  A  2.1 blind,motor               Label in Name
2.5.4  A  2.1 motor                     Motion Actuation
2.5.7  AA 2.2 motor                     Dragging Movements
2.5.8  AA 2.2 motor                     Target Size (Minimum)
3.1.1  A  2.0 blind,other_language      Language of Page
3.1.2  AA 2.0 blind,other_language      Language of Parts
3.2.1  A  2.0 blind,cognitive           On Focus
3.2.2  A  2.0 blind,cognitive           On Input
3.2.3  AA 2.0 low_vision,cognitive      Consistent Navigation
3.2.4  AA 2.0 blind,cognitive           Consistent Identification
3.2.6  A  2.2 cognitive                 Consistent Help
3.3.1  A  2.0 blind,cognitive           Error Identification
3.3.2  A  2.0 blind,cognitive           Labels or Instructions
3.3.3  AA 2.0 blind,cognitive           Error Suggestion
3.3.4  AA 2.0 cognitive                 Error Prevention (Legal, Financial, Data)
3.3.7  A  2.2 motor,cognitive           Redundant Entry
3.3.8  AA 2.2 cognitive                 Accessible Authentication (Minimum)
4.1.2  A  2.0 blind,motor               Name, Role, Value
4.1.3  AA 2.1 blind                     Status Messages
"""  # noqa: E501


def _criteria() -> dict[str, Criterion]:
    rows = (line.split(maxsplit=4) for line in _TABLE.split("\n") if line)
    return {
        number: Criterion(
            number=number,
            name=name,
            level=level,
            since=since,
            shuts_out=tuple(ShutOut[who.upper()] for who in whom.split(",")),
        )
        for number, level, since, whom, name in rows
    }


CRITERIA = _criteria()
"""
All of level A and AA in WCAG 2.2 (W3C Recommendation, 5 October 2023), by number.

4.1.1 (Parsing) is not among them: WCAG 2.2 took it away.
"""
