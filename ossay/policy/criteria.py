# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Criteria as a pack writes them; what cannot be meant is a fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ossay.model.evidence import Fact, Value
from ossay.model.policy import (
    ANSWER,
    ITEM,
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    Contains,
    Count,
    Criterion,
    Days,
    Equals,
    HasAnswer,
    Not,
    OneOf,
)
from ossay.policy.document import Entries, Items, Node, Scalar, shown
from ossay.policy.faults import Faults, hint, one_of
from ossay.policy.fields import (
    Fields,
    as_day,
    as_flag,
    as_number,
    as_text,
    as_whole,
    read_fields,
)

KIND_NAMES: Mapping[type, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "text",
    date: "a date",
    tuple: "a list",
}
"""What the kinds of facts are called when speaking to people."""

_STANDS_IN = HasAnswer()


@dataclass(frozen=True, slots=True, kw_only=True)
class Askable:
    """
    What a criterion may ask about.

    Attributes:
        kinds: The facts, and the kinds of answer each may have. Has `ANSWER`
            where a person is asked, and nothing but `ITEM` within a list.
        faults: Where what cannot be meant is noted.
    """

    kinds: Mapping[str, tuple[type, ...]]
    faults: Faults

    @classmethod
    def about(
        cls, facts: Mapping[str, Fact[Any]], faults: Faults, *, a_person_too: bool
    ) -> Askable:
        """Return what the rules of a pack may ask about."""
        kinds: dict[str, tuple[type, ...]] = {n: (f.kind,) for n, f in facts.items()}
        if a_person_too:
            kinds[ANSWER] = (bool, str)
        return cls(kinds=kinds, faults=faults)

    def kinds_of(self, fields: Fields, name: str) -> tuple[str, tuple[type, ...]]:
        """Return the fact that the field *name* gives, and its kinds, () if none."""
        if not (fact := fields.text(name)) or fact in self.kinds:
            return fact, self.kinds.get(fact, ())
        line = fields.nodes[name].line
        if fact == ANSWER:
            self.faults.add(line, "a criterion on the answer", "an 'ask' in the rule")
        elif fact == ITEM:
            self.faults.add(line, f"{ITEM!r}", "it only in the 'where' of a count")
        elif ITEM in self.kinds:
            self.faults.add(line, f"{fact!r} in a 'where'", f"fact: {ITEM}")
        else:
            near = hint(fact, self.kinds)
            found = f"unknown fact {fact!r}{near}"
            self.faults.add(line, found, "a fact that `ossay facts` lists")
        return fact, ()


def read_criterion(node: Node, askable: Askable) -> Criterion:
    """Return the criterion that *node* states, of whichever form it is."""
    names = _names(node)
    for form, read in _FORMS.items():
        if form in names:
            return read(node, askable)
    forms = one_of([*_FORMS])
    askable.faults.add(node.line, f"no criterion in {shown(node)}", forms)
    return _STANDS_IN


def read_value(node: Node, kinds: tuple[type, ...], faults: Faults) -> Value:
    """Return *node* as an answer of one of these kinds."""
    kind = kinds[0]
    if kinds == (bool, str):
        kind = bool if isinstance(node, Scalar) and _is_flag(node) else str
    if kind is bool:
        return as_flag(node, faults)
    if kind is int:
        return as_whole(node, faults)
    if kind is float:
        return as_number(node, faults)
    if kind is date:
        return as_day(node, faults)
    if kind is str:
        return as_text(node, faults)
    if isinstance(node, Items):
        return tuple(as_text(entry, faults) for entry in node.items)
    faults.add(node.line, shown(node), "a list of texts")
    return ()


def _names(node: Node) -> set[str]:
    if not isinstance(node, Entries):
        return set()
    return {key.text for key, _ in node.entries if isinstance(key, Scalar)}


def _is_flag(node: Scalar) -> bool:
    return node.plain and node.text in {"true", "false"}


def _each(name: str, node: Node, askable: Askable) -> tuple[Criterion, ...]:
    fields = read_fields(node, (name,), askable.faults)
    nodes = fields.items(name, "a list of criteria")
    return tuple(read_criterion(part, askable) for part in nodes) or (_STANDS_IN,)


def _all_of(node: Node, askable: Askable) -> Criterion:
    return AllOf(criteria=_each("all_of", node, askable))


def _any_of(node: Node, askable: Askable) -> Criterion:
    return AnyOf(criteria=_each("any_of", node, askable))


def _not(node: Node, askable: Askable) -> Criterion:
    fields = read_fields(node, ("not",), askable.faults)
    return Not(criterion=read_criterion(fields.nodes["not"], askable))


def _answered(node: Node, askable: Askable) -> Criterion:
    fields = read_fields(node, ("answered",), askable.faults)
    if not fields.flag("answered"):
        askable.faults.add(node.line, "'answered' without true", "answered: true")
    if ANSWER not in askable.kinds:
        expected = f"fact: {ITEM}" if ITEM in askable.kinds else "an 'ask' in the rule"
        askable.faults.add(node.line, "'answered'", expected)
    return HasAnswer()


def _count(node: Node, askable: Askable) -> Criterion:
    fields = read_fields(node, ("count", "where", *_BOUNDS), askable.faults)
    fact, kinds = askable.kinds_of(fields, "count")
    if kinds and kinds != (tuple,):
        found = f"'count' of {fact}, which is {_spoken(kinds)}"
        askable.faults.add(node.line, found, "a fact that is a list")
    where = None
    if "where" in fields.nodes:
        entry = replace(askable, kinds={ITEM: (str,)})
        where = read_criterion(fields.nodes["where"], entry)
    given = [name for name in _BOUNDS if name in fields.nodes]
    if len(given) != 1:
        found = f"{' and '.join(given) or 'no bound'} in 'count'"
        askable.faults.add(node.line, found, f"exactly {one_of(_BOUNDS)}")
        return _STANDS_IN
    number = as_whole(fields.nodes[given[0]], askable.faults)
    if number < 0:
        askable.faults.add(node.line, f"a count of {number}", "zero or more")
    return Count(fact=fact, where=where, **{given[0]: number})


def _about_fact(node: Node, askable: Askable) -> Criterion:
    fields = read_fields(node, ("fact", *_OPERATORS), askable.faults)
    fact, kinds = askable.kinds_of(fields, "fact")
    given = [name for name in _OPERATORS if name in fields.nodes]
    if len(given) != 1:
        if given or len(fields.nodes) == 1:
            found = f"{' and '.join(given) or 'no condition'} for {fact}"
            askable.faults.add(node.line, found, f"exactly {one_of(_OPERATORS)}")
        return _STANDS_IN
    operator = given[0]
    fitting = tuple(kind for kind in kinds if kind in _FITS[operator])
    if kinds and not fitting:
        found = f"{operator!r} on {fact}, which is {_spoken(kinds)}"
        askable.faults.add(node.line, found, one_of(_fitting(kinds)))
    if not fitting:
        return _STANDS_IN
    return _OPERATORS[operator](fact, fields.nodes[operator], kinds, askable.faults)


def _equals(
    fact: str, node: Node, kinds: tuple[type, ...], faults: Faults
) -> Criterion:
    return Equals(fact=fact, value=read_value(node, kinds, faults))


def _at_most(
    fact: str, node: Node, kinds: tuple[type, ...], faults: Faults
) -> Criterion:
    return AtMost(fact=fact, limit=_limit(fact, node, kinds, faults))


def _at_least(
    fact: str, node: Node, kinds: tuple[type, ...], faults: Faults
) -> Criterion:
    return AtLeast(fact=fact, limit=_limit(fact, node, kinds, faults))


def _one_of(
    fact: str, node: Node, kinds: tuple[type, ...], faults: Faults
) -> Criterion:
    if not isinstance(node, Items) or not node.items:
        faults.add(node.line, f"{shown(node)} in 'one_of'", "a list of values")
        return _STANDS_IN
    values = tuple(read_value(entry, kinds, faults) for entry in node.items)
    return OneOf(fact=fact, values=values)


def _contains(
    fact: str, node: Node, _kinds: tuple[type, ...], faults: Faults
) -> Criterion:
    return Contains(fact=fact, value=as_text(node, faults))


def _limit(
    fact: str, node: Node, kinds: tuple[type, ...], faults: Faults
) -> float | Days:
    in_days = isinstance(node, Entries)
    if in_days != (kinds == (date,)):
        expected = "{days: n}" if kinds == (date,) else "a number"
        faults.add(node.line, f"the limit {shown(node)} for {fact}", expected)
        return 0.0
    if not in_days:
        return as_number(node, faults)
    fields = read_fields(node, ("days",), faults)
    if "days" not in fields.nodes:
        faults.add(node.line, f"the limit {shown(node)} for {fact}", "{days: n}")
        return 0.0
    days = as_whole(fields.nodes["days"], faults)
    if days < 0:
        faults.add(node.line, f"an age of {days} days", "zero or more")
    return Days(days=days)


def _spoken(kinds: tuple[type, ...]) -> str:
    return " or ".join(KIND_NAMES[kind] for kind in kinds)


def _fitting(kinds: tuple[type, ...]) -> list[str]:
    names = [name for name, fits in _FITS.items() if set(kinds) & fits]
    return [*names, "count"] if tuple in kinds else names


_BOUNDS = ("at_most", "at_least", "equals")

_MEASURED = frozenset({int, float, date})

_FITS: Mapping[str, frozenset[type]] = {
    "equals": frozenset(KIND_NAMES),
    "at_most": _MEASURED,
    "at_least": _MEASURED,
    "one_of": frozenset(KIND_NAMES) - {tuple},
    "contains": frozenset({tuple}),
}

_Operator = Callable[[str, Node, tuple[type, ...], Faults], Criterion]

_OPERATORS: Mapping[str, _Operator] = {
    "equals": _equals,
    "at_most": _at_most,
    "at_least": _at_least,
    "one_of": _one_of,
    "contains": _contains,
}

_FORMS: Mapping[str, Callable[[Node, Askable], Criterion]] = {
    "all_of": _all_of,
    "any_of": _any_of,
    "not": _not,
    "answered": _answered,
    "count": _count,
    "fact": _about_fact,
}
