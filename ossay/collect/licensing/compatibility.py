# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
May what is inside a work be there, by the list of compatible licences?

What is said is what the list says. Whether two things that stand in one repository
are one work in the sense of copyright, only a person can tell.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import assert_never

from ossay.collect.licensing.compatibility_list import (
    Compatibility,
    CompatibilityList,
    Entry,
)
from ossay.collect.licensing.expressions import (
    AllOf,
    AnyOf,
    ExpressionRefused,
    Licence,
    Term,
    TooManyChoices,
    alternatives,
    term,
)

MOST_COMPARED = 300
"""Expressions that are compared each with each: 45,000 pairs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """
    What was found inside a work.

    Attributes:
        expression: As it was found; it need not be a valid one.
        seen: The paths at which it was found.
    """

    expression: str
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """
    One inbound expression, held against the outbound one.

    Attributes:
        chosen: The licences relied on, where the expression lets one choose.
        entries: What decides: every pair that is as bad as the result.
        why_not: Why the list could not be asked; "" if it could.
    """

    inbound: Inbound
    compatibility: Compatibility
    chosen: tuple[Licence, ...] = ()
    entries: tuple[Entry, ...] = ()
    why_not: str = ""

    @property
    def note(self) -> str:
        """Return what the list says, as it may be quoted."""
        return self.why_not or "; ".join(entry.note for entry in self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """
    All that was found inside, held against the licence of the whole.

    Attributes:
        chosen: The licences of the whole that were relied on.
        choices: How many ways there are to choose them; 0 where it is not known.
        held: Worst first, and then by expression.
        among: What is to be read of each two licences of the whole that hold
            together, in the better direction.
    """

    outbound: str
    chosen: tuple[Licence, ...]
    choices: int
    held: tuple[Held, ...]
    among: tuple[Entry, ...] = ()

    @property
    def compatibility(self) -> Compatibility:
        """Return the worst of all; undetermined where nothing was found inside."""
        inside = _worst(self.held, default=Compatibility.UNDETERMINED)
        return max(inside, _worst(self.among))

    def those(self, compatibility: Compatibility) -> tuple[Held, ...]:
        """Return what came out as *compatibility*."""
        return tuple(h for h in self.held if h.compatibility is compatibility)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """
    Two expressions found inside one work, each held against the other.

    Attributes:
        compatibility: That of the better direction: either may be the whole.
        entries: What decides in that direction.
    """

    one: str
    other: str
    compatibility: Compatibility
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """
    Attributes:
        open: The pairs that are not compatible, worst first.
        compared: How many pairs were compared.
        left_out: Expressions that were not compared with others: those that are
            no SPDX expressions, and the rarest where there are too many.
    """

    open: tuple[Pair, ...]
    compared: int
    left_out: tuple[str, ...]


def compare(
    outbound: str, inbound: Iterable[Inbound], by: CompatibilityList
) -> Comparison:
    """
    Hold all that was found inside against the licence of the whole.

    Of an "OR" in *outbound* the branch is taken under which the worst is best, and
    then the one under which least is bad: one for all, since the whole goes out
    under one. Of an "OR" inside, the best branch is taken for each by itself.
    """
    found = _read(inbound)
    ask = cache(by.entry)
    try:
        ways = alternatives(term(outbound))
    except (ExpressionRefused, TooManyChoices) as error:
        held = tuple(_undetermined(f.inbound, f"{outbound!r}: {error}") for f in found)
        return Comparison(outbound=outbound, chosen=(), choices=0, held=held)
    under = {way: [_held(way, each, ask) for each in found] for way in ways}
    among = {way: tuple(_among(way, ask)) for way in ways}
    chosen = min(ways, key=lambda way: (_badness([*under[way], *among[way]]), way))
    return Comparison(
        outbound=outbound,
        chosen=chosen,
        choices=len(ways),
        held=tuple(sorted(under[chosen], key=_worst_first)),
        among=among[chosen],
    )


def pairs(inbound: Iterable[Inbound], by: CompatibilityList) -> Pairs:
    """
    Hold each two of the expressions found inside against each other.

    Where both may go into the whole, that settles it; this is for where the
    licence of the whole is not known. A choice in an expression is made for each
    pair by itself.
    """
    found = sorted(_read(inbound), key=lambda f: (-len(f.inbound.seen), f.text))
    commonest = [f for f in found if f.ways][:MOST_COMPARED]
    taken = {f.text: f for f in sorted(commonest, key=lambda f: f.text)}
    left_out = tuple(f.text for f in found if f.text not in taken)
    ask = cache(by.entry)
    compared = [
        _pair(one, other, ask) for one, other in combinations(taken.values(), 2)
    ]
    is_open = (p for p in compared if p.compatibility is not Compatibility.COMPATIBLE)
    return Pairs(
        open=tuple(sorted(is_open, key=lambda p: (-p.compatibility, p.one, p.other))),
        compared=len(compared),
        left_out=left_out,
    )


_Way = tuple[Licence, ...]
_Ask = Callable[[Licence, Licence], Entry]


@dataclass(frozen=True, slots=True)
class _Read:
    """
    An inbound expression as a tree, with the ways to take it; or why there is none.
    """

    inbound: Inbound
    term: Term | None = None
    ways: tuple[_Way, ...] = ()
    why_not: str = ""

    @property
    def text(self) -> str:
        return self.inbound.expression


def _read(inbound: Iterable[Inbound]) -> list[_Read]:
    """Read each expression once, with all the places where it was seen."""
    seen: dict[str, set[str]] = {}
    for each in inbound:
        seen.setdefault(each.expression, set()).update(each.seen)
    return [
        _read_one(Inbound(expression=text, seen=tuple(sorted(seen[text]))))
        for text in sorted(seen)
    ]


def _read_one(inbound: Inbound) -> _Read:
    try:
        whole = term(inbound.expression)
        return _Read(inbound, whole, alternatives(whole))
    except (ExpressionRefused, TooManyChoices) as error:
        return _Read(inbound, why_not=f"{inbound.expression!r}: {error}")


def _pair(one: _Read, other: _Read, ask: _Ask) -> Pair:
    taken = [
        _taken(way, inside.term, ask)
        for whole, inside in ((one, other), (other, one))
        for way in whole.ways
        if inside.term is not None
    ]
    best = min(taken, key=lambda t: t.compatibility)
    return Pair(
        one=one.text,
        other=other.text,
        compatibility=best.compatibility,
        entries=best.deciding,
    )


def _held(way: _Way, found: _Read, ask: _Ask) -> Held:
    if found.term is None:
        return _undetermined(found.inbound, found.why_not)
    taken = _taken(way, found.term, ask)
    return Held(
        inbound=found.inbound,
        compatibility=taken.compatibility,
        chosen=taken.licences,
        entries=taken.deciding,
    )


def _undetermined(inbound: Inbound, why: str) -> Held:
    return Held(inbound=inbound, compatibility=Compatibility.UNDETERMINED, why_not=why)


@dataclass(frozen=True, slots=True)
class _Taken:
    """An expression with its choices made."""

    licences: tuple[Licence, ...]
    entries: tuple[Entry, ...]

    @property
    def compatibility(self) -> Compatibility:
        return _worst(self.entries)

    @property
    def deciding(self) -> tuple[Entry, ...]:
        worst = self.compatibility
        return tuple(e for e in self.entries if e.compatibility is worst)


def _taken(way: _Way, inside: Term, ask: _Ask) -> _Taken:
    match inside:
        case Licence():
            return _Taken((inside,), _entries(way, inside, ask))
        case AnyOf(terms=terms):
            branches = [_taken(way, branch, ask) for branch in terms]
            return min(branches, key=lambda taken: taken.compatibility)
        case AllOf(terms=terms):
            parts = [_taken(way, part, ask) for part in terms]
            return _Taken(
                tuple(dict.fromkeys(i for part in parts for i in part.licences)),
                tuple(dict.fromkeys(e for part in parts for e in part.entries)),
            )
        case _:
            assert_never(inside)


def _entries(way: _Way, inside: Licence, ask: _Ask) -> tuple[Entry, ...]:
    """
    Return what the list says of *inside* under each licence of the whole.

    Where the whole names the very licence as one of several that hold together,
    it has said under which of them that part goes out. Whether those go together
    is another question (`Comparison.among`).
    """
    if inside in way:
        return (ask(inside, inside),)
    return tuple(ask(outside, inside) for outside in way)


def _among(way: _Way, ask: _Ask) -> Iterator[Entry]:
    for one, other in combinations(way, 2):
        directions = (ask(one, other), ask(other, one))
        yield min(directions, key=lambda entry: entry.compatibility)


def _worst(
    results: Iterable[Held | Entry],
    default: Compatibility = Compatibility.COMPATIBLE,
) -> Compatibility:
    return max((each.compatibility for each in results), default=default)


def _badness(results: Sequence[Held | Entry]) -> tuple[int, ...]:
    """Return the worst, and how many are incompatible, undetermined, and depend."""
    counts = Counter(each.compatibility for each in results)
    return _worst(results), *(counts[c] for c in sorted(Compatibility, reverse=True))


def _worst_first(held: Held) -> tuple[int, str]:
    return -held.compatibility, held.inbound.expression
