# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Which of a rule's answers speak against it.

A rule is judged on all parts together. A memo and a code scanner point at places,
and of several parts only some have what is wrong. This looks at one answer alone.
It decides nothing, and where one answer does not tell it says no.
"""

from collections.abc import Iterator

from ossay.model.evidence import Answered, Item, Observation, Value
from ossay.model.policy import (
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    Contains,
    Criterion,
    Equals,
    HasAnswer,
    Not,
)


def is_as_wanted(criterion: Criterion, answer: Answered) -> bool:
    """Tell whether *answer* alone is what every test of its fact asks for."""
    if not isinstance(answer, Observation):
        return False
    tests = [t for t in _tests(criterion, wanted=True) if t[0].fact == answer.fact]
    return (
        bool(tests)
        and not answer.missed
        and all(_holds(test, answer.value) is wanted for test, wanted in tests)
    )


def asks(criterion: Criterion, fact: str) -> bool:
    """Tell whether *criterion* asks about *fact*; a rule may ask of it elsewhere."""
    match criterion:
        case AllOf(criteria=parts) | AnyOf(criteria=parts):
            return any(asks(part, fact) for part in parts)
        case Not(criterion=inner):
            return asks(inner, fact)
        case HasAnswer():
            return False
        case _:
            return criterion.fact == fact


def about(criterion: Criterion, answer: Observation) -> tuple[Item, ...]:
    """
    Return what *answer* rests on, as far as it is about what *criterion* asks.

    A rule that asks for one entry of a list is told of that entry's places, where notes
    say which they are: they begin with the entry and a colon.
    """
    entries = _asked_for(criterion, answer.fact)
    listed = answer.value if isinstance(answer.value, tuple) else ()
    told = [item.note.partition(": ")[0] for item in answer.items]
    if not entries or not all(entry in listed for entry in told):
        return answer.items
    return tuple(
        item for item, entry in zip(answer.items, told, strict=True) if entry in entries
    )


def entries_about(criterion: Criterion, answer: Observation) -> tuple[str, ...]:
    """Return which entries of a list *criterion* asks for and *answer* holds."""
    entries = _asked_for(criterion, answer.fact)
    listed = answer.value if isinstance(answer.value, tuple) else ()
    return tuple(entry for entry in listed if entry in entries)


def _asked_for(criterion: Criterion, fact: str) -> set[str]:
    return {
        part.value
        for part in _parts(criterion)
        if isinstance(part, Contains) and part.fact == fact
    }


_Test = Equals | AtMost | AtLeast | Contains


def _tests(criterion: Criterion, *, wanted: bool) -> Iterator[tuple[_Test, bool]]:
    match criterion:
        case Equals() | AtMost() | AtLeast() | Contains():
            yield criterion, wanted
        case AllOf(criteria=parts) | AnyOf(criteria=parts):
            for part in parts:
                yield from _tests(part, wanted=wanted)
        case Not(criterion=inner):
            yield from _tests(inner, wanted=not wanted)
        case _:
            return


def _holds(test: _Test, value: Value) -> bool | None:
    match test:
        case Equals(value=wanted):
            return isinstance(value, bool) is isinstance(wanted, bool) and (
                value == wanted
            )
        case AtMost(limit=int() | float() as limit) if isinstance(value, int | float):
            return value <= limit
        case AtLeast(limit=int() | float() as limit) if isinstance(value, int | float):
            return value >= limit
        case Contains(value=entry) if isinstance(value, tuple):
            return entry in value
        case _:
            return None


def _parts(criterion: Criterion) -> Iterator[Criterion]:
    yield criterion
    match criterion:
        case AllOf(criteria=parts) | AnyOf(criteria=parts):
            for part in parts:
                yield from _parts(part)
        case Not(criterion=inner):
            yield from _parts(inner)
        case _:
            return
