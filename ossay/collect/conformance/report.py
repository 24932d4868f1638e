# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A conformance report as it was read, whatever it was written in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from ossay.model.accessibility import CRITERIA


class Level(StrEnum):
    """What a report says of a criterion, in the terms of the VPAT."""

    NOT_APPLICABLE = "not-applicable"
    SUPPORTS = "supports"
    PARTIALLY = "partially-supports"
    DOES_NOT = "does-not-support"
    NOT_EVALUATED = "not-evaluated"


WORST_LAST = tuple(Level)
"""A component that a criterion does not concern takes nothing from the others."""

INTERFACE = frozenset({"web", "software", "authoring-tool", "none", ""})
"""Components that people work with; documents beside them are another matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What is said of one criterion for one component ("web"); "" is all of it."""

    component: str
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """
    One criterion of a report.

    Attributes:
        number: As WCAG counts ("1.4.3").
        claims: None where the report leaves the row open.
        line: Where it stands, from 1; 0 where that is not known.
    """

    number: str
    claims: tuple[Claim, ...]
    line: int = 0

    @property
    def level(self) -> Level | None:
        """The worst that is said of what people work with; None where nothing is."""
        said = [c.level for c in self.claims if c.component in INTERFACE]
        return max(said, key=WORST_LAST.index, default=None)

    @property
    def is_answered(self) -> bool:
        """Whether somebody evaluated it, for all that they say something of."""
        return bool(self.claims) and all(
            claim.level is not Level.NOT_EVALUATED for claim in self.claims
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """
    A report that was read; what it does not state is "".

    Attributes:
        form: What it is written in ("OpenACR").
        is_draft: Whether it calls itself a draft.
        has_author: Whether it names a person or an organisation that made it.
        dated: Its day in ISO 8601.
        dated_as: The same as it stands there.
        edition: The version of WCAG that it follows ("2.1").
        rows: Its rows on level A and AA.
    """

    form: str
    product: str
    version: str
    is_draft: bool
    has_author: bool
    dated: str
    dated_as: str
    edition: str
    rows: tuple[Row, ...]

    def open_criteria(self) -> list[str]:
        """Return the criteria of its edition that it does not answer, in order."""
        answered = {row.number for row in self.rows if row.is_answered}
        asked = {
            number
            for number, criterion in CRITERIA.items()
            if criterion.since <= (self.edition or "2.0")
        }
        asked |= {row.number for row in self.rows}
        return sorted(asked - answered, key=in_order)


def rows_of(found: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows on level A and AA, each number once, in the order of WCAG."""
    by_number: dict[str, Row] = {}
    for row in found:
        if row.number not in CRITERIA:
            continue
        # A report in several tables may come to a criterion in more than one.
        before = by_number.get(row.number)
        claims = (*before.claims, *row.claims) if before else row.claims
        line = before.line if before else row.line
        by_number[row.number] = Row(number=row.number, claims=claims, line=line)
    return tuple(by_number[number] for number in sorted(by_number, key=in_order))


def in_order(number: str) -> tuple[int, ...]:
    """Return what numbers of criteria are sorted by ("1.4.10" after "1.4.9")."""
    return tuple(int(part) for part in number.split(".") if part.isdecimal())


def level_of(text: str) -> Level | None:
    """
    Return the level that *text* names; None where it is another word, or several.

    The words of earlier templates count as what took their place: "Supports with
    exceptions" is "Partially supports" since VPAT 2.0.
    """
    said = " ".join(re.findall(r"[a-z]+", text.casefold()))
    return _WORDS.get(said)


_WORDS = {
    "supports": Level.SUPPORTS,
    "supported": Level.SUPPORTS,
    "fully supports": Level.SUPPORTS,
    "supports with equivalent facilitation": Level.SUPPORTS,
    "partially supports": Level.PARTIALLY,
    "partially supported": Level.PARTIALLY,
    "partial support": Level.PARTIALLY,
    "supports with exceptions": Level.PARTIALLY,
    "does not support": Level.DOES_NOT,
    "not supported": Level.DOES_NOT,
    "not applicable": Level.NOT_APPLICABLE,
    "n a": Level.NOT_APPLICABLE,
    "na": Level.NOT_APPLICABLE,
    "not evaluated": Level.NOT_EVALUATED,
}
