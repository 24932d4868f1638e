# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a pack or a rule says, in plain words."""

import textwrap
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, assert_never

from ossay.model.evidence import Fact, Value
from ossay.model.policy import (
    ANSWER,
    ITEM,
    AllOf,
    AnyOf,
    Ask,
    AtLeast,
    AtMost,
    Contains,
    Count,
    Criterion,
    Days,
    Equals,
    HasAnswer,
    Mode,
    Not,
    OneOf,
    PolicyPack,
    Rule,
)

WIDTH = 79

_MODES = {
    Mode.AUTOMATIC: "the machine can tell",
    Mode.ASSISTED: "the machine finds hints, a person confirms",
    Mode.ATTESTED: "only a person can tell",
}

Facts = Mapping[str, Fact[Any]]


def describe(what: PolicyPack | Rule, facts: Facts = MappingProxyType({})) -> str:
    """
    Return what a pack or a rule says, as text of 79 columns at most.

    With the declared *facts*, each is called by the question it asks.
    """
    if isinstance(what, Rule):
        return "\n".join(_rule(what, facts))
    blocks = [_pack(what), *("\n".join(_rule(rule, facts)) for rule in what.rules)]
    return "\n\n".join(blocks)


def in_words(criterion: Criterion, facts: Facts = MappingProxyType({})) -> str:
    """Return *criterion* as one phrase that can hold or not."""
    match criterion:
        case AllOf(criteria=parts):
            return "; and ".join(in_words(part, facts) for part in parts)
        case AnyOf(criteria=parts):
            return "; or ".join(in_words(part, facts) for part in parts)
        case Not(criterion=Equals(fact=fact, value=value)):
            return f"{_name(fact, facts)} is not {_said(value)}"
        case Not(criterion=inner):
            return f"it is not so that {in_words(inner, facts)}"
        case HasAnswer():
            return "the person asked has answered"
        case Count():
            return _count(criterion, facts)
        case Equals(fact=fact, value=value):
            return f"{_name(fact, facts)} is {_said(value)}{_unit(fact, facts)}"
        case OneOf(fact=fact, values=values):
            listed = ", ".join(_said(value) for value in values)
            return f"{_name(fact, facts)} is one of: {listed}"
        case Contains(fact=fact, value=value):
            return f"{_name(fact, facts)} has the entry {_said(value)}"
        case AtMost(fact=fact, limit=limit):
            return f"{_name(fact, facts)} is {_bound('at most', limit, fact, facts)}"
        case AtLeast(fact=fact, limit=limit):
            return f"{_name(fact, facts)} is {_bound('at least', limit, fact, facts)}"
        case _:
            assert_never(criterion)


def _pack(pack: PolicyPack) -> str:
    dated = f", to be reviewed by {pack.review_by}" if pack.review_by else ""
    about = f"Pack {pack.name} {pack.version}, {len(pack.rules)} rules{dated}."
    return "\n".join([*_wrapped(pack.title), *_wrapped(about)])


def _rule(rule: Rule, facts: Facts) -> Iterator[str]:
    yield from _wrapped(f"{rule.id}: {rule.title}")
    knock_out = "; failing it means: do not adopt" if rule.knock_out else ""
    mode = f"{rule.mode.value} ({_MODES[rule.mode]})"
    yield from _wrapped(f"{rule.level.value}, {mode}, {rule.area.value}{knock_out}", 2)
    if rule.applies_when is not None:
        yield from _wrapped("Applies when:", 2)
        yield from _lines(rule.applies_when, facts, 4)
    yield from _wrapped("Holds when:", 2)
    yield from _lines(rule.criterion, facts, 4)
    if rule.basis:
        yield from _wrapped(f"Demanded by: {rule.basis}", 2)
    if rule.inspired_by:
        yield from _wrapped(f"Suggested by: {rule.inspired_by}", 2)
    if rule.ask is not None:
        yield from _ask(rule.ask)
    yield from _wrapped(f"If not, for {rule.fixed_by}: {rule.remedy}", 2)


def _ask(ask: Ask) -> Iterator[str]:
    takes = f" (about {ask.minutes} minutes)" if ask.minutes else ""
    yield from _wrapped(f"Ask the {ask.who}{takes}: {ask.what}", 2)
    for number, step in enumerate(ask.steps, start=1):
        yield from _wrapped(f"{number}. {step}", 4)


def _lines(criterion: Criterion, facts: Facts, indent: int) -> Iterator[str]:
    """Yield *criterion* as a list, its parts indented below it."""
    match criterion:
        case AllOf(criteria=parts) | AnyOf(criteria=parts):
            every = isinstance(criterion, AllOf)
            head = "all of these hold:" if every else "at least one of these holds:"
            yield from _wrapped(f"- {head}", indent)
            for part in parts:
                yield from _lines(part, facts, indent + 2)
        case Not(criterion=AllOf() | AnyOf() as inner):
            yield from _wrapped("- this does not hold:", indent)
            yield from _lines(inner, facts, indent + 2)
        case _:
            yield from _wrapped(f"- {in_words(criterion, facts)}", indent)


def _count(count: Count, facts: Facts) -> str:
    which = ""
    if count.where is not None:
        which = f" where {in_words(count.where, facts)},"
    bounds = (
        ("at most", count.at_most),
        ("at least", count.at_least),
        ("exactly", count.equals),
    )
    bound = next(f"{words} {n}" for words, n in bounds if n is not None)
    return f"the number of entries in {_name(count.fact, facts)}{which} is {bound}"


def _bound(words: str, limit: float | Days, fact: str, facts: Facts) -> str:
    if isinstance(limit, Days):
        return f"{words} {limit.days} days before the day of judging"
    return f"{words} {_number(limit)}{_unit(fact, facts)}"


def _name(fact: str, facts: Facts) -> str:
    if fact == ANSWER:
        return "the answer of the person asked"
    if fact == ITEM:
        return "the entry"
    if fact in facts:
        return f'the answer to "{facts[fact].asks}" ({fact})'
    return fact


def _unit(fact: str, facts: Facts) -> str:
    counted = fact in facts and facts[fact].kind in {int, float} and facts[fact].unit
    return f" {counted}" if counted else ""


def _said(value: Value) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            return f"the list {', '.join(value)}" if value else "an empty list"
        case date():
            return value.isoformat()
        case str():
            return f'"{value}"'
        case _:
            return _number(value)


def _number(number: float) -> str:
    return f"{int(number) if float(number).is_integer() else number:,}"


def _wrapped(text: str, indent: int = 0) -> list[str]:
    margin = " " * indent
    hanging = margin + ("  " if text.startswith("- ") or indent else "")
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=margin,
        subsequent_indent=hanging,
        break_on_hyphens=False,
    )
