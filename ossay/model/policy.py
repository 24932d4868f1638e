# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Policy packs: what software is held against. A closed set of small criteria."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ossay.model.evidence import Value

ANSWER = "answer"
"""Stands for the person's own answer, where a criterion names a fact."""

ITEM = "item"
"""Stands for one entry of a list, in the `where` of a count."""


class Level(StrEnum):
    """How binding a rule is (RFC 2119)."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Mode(StrEnum):
    """Who can tell: the machine, the machine with a person, a person alone."""

    AUTOMATIC = "automatic"
    ASSISTED = "assisted"
    ATTESTED = "attested"


class Area(StrEnum):
    """Where a memo lists the finding."""

    LICENSING = "licensing"
    SECURITY = "security"
    ACCESSIBILITY = "accessibility"
    STEWARDSHIP = "stewardship"
    DOCUMENTATION = "documentation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """An age, counted from a date observed to the day of judging."""

    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Equals:
    """The answer is this value."""

    fact: str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class AtMost:
    """The number, or the age of the date, is this much or less."""

    fact: str
    limit: float | Days


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeast:
    """The number, or the age of the date, is this much or more."""

    fact: str
    limit: float | Days


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    """The answer is one of these."""

    fact: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contains:
    """The list has this entry."""

    fact: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """
    So many entries of the list meet *where* (all of them, if it is None).

    Exactly one of *at_most*, *at_least* and *equals* is given. A list that may
    lack entries gives a lower bound only: it can fail an *at_most* and meet an
    *at_least*, never the other way round.
    """

    fact: str
    where: Criterion | None = None
    at_most: int | None = None
    at_least: int | None = None
    equals: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """Every one of these is met."""

    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """At least one of these is met."""

    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """This is not met."""

    criterion: Criterion


@dataclass(frozen=True, slots=True, kw_only=True)
class HasAnswer:
    """A person gave an answer that still holds. Never failed, only open."""


Criterion = (
    Equals
    | AtMost
    | AtLeast
    | OneOf
    | Contains
    | Count
    | AllOf
    | AnyOf
    | Not
    | HasAnswer
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """
    What a person has to be asked where a machine cannot tell.

    Attributes:
        who: The role that can answer ("accessibility officer").
        what: The question, in plain words.
        steps: The test to make, for somebody who never made it: what to do, and
            what to see where it is right; none where the question says it all.
        minutes: How long that takes about; 0 where nobody said.
    """

    who: str
    what: str
    steps: tuple[str, ...] = ()
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What a rule says in one language (BCP 47)."""

    language: str
    title: str
    remedy: str = ""
    ask: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """
    A case with its outcome; run whenever the pack is checked.

    Attributes:
        expect: The outcome's word ("passed", "failed", "undetermined", ...).
        facts: Facts and their values; what is left out is a gap.
        answer: What the person said, or None if nobody was asked.
        judged_on: The day of judging, for criteria on ages.
    """

    expect: str
    facts: tuple[tuple[str, Value], ...]
    answer: bool | str | None = None
    judged_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """
    One criterion and what it is for.

    Attributes:
        id: Stable and citable, for example "LIC-1". Never reused.
        title: What is asked for, as a statement that can hold.
        basis: Standard and clause that demand this very thing, or "".
        inspired_by: A source that suggests it without demanding it, or "".
        remedy: What can be done about a failure.
        fixed_by: Who can do that ("the maintainers", "the buyer").
        knock_out: Whether failing leads to *do not adopt*.
        applies_when: Unless it is met the rule is inapplicable.
        ask: Whom to ask what, where a person is needed.
    """

    id: str
    area: Area
    title: str
    level: Level
    mode: Mode
    criterion: Criterion
    remedy: str
    fixed_by: str
    basis: str = ""
    inspired_by: str = ""
    knock_out: bool = False
    applies_when: Criterion | None = None
    ask: Ask | None = None
    texts: tuple[Text, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPack:
    """
    Rules adopted together.

    Attributes:
        ci: Ids of the rules that a CI job without history can judge.
        review_by: After this day every memo says the pack may be out of date.
    """

    name: str
    version: str
    title: str
    rules: tuple[Rule, ...]
    ci: tuple[str, ...] = ()
    review_by: date | None = None
