# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Decide one criterion, in three-valued (Kleene) logic."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import assert_never

from ossay.model.evidence import Answered, Inapplicable, Observation, Value
from ossay.model.people import Answer
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

CLOCK_SKEW_DAYS = 1
"""A date so far ahead of the day of judging is still today, time zones being."""


class Verdict(Enum):
    """What evidence says about a criterion."""

    NOT_MET = 0
    UNDETERMINED = 1
    MET = 2


def decide(
    criterion: Criterion, known: Mapping[str, Answered], judged_on: date
) -> Verdict:
    """
    Decide *criterion* on what is *known*; a fact that is not there is a gap.

    A gap makes a criterion undetermined, unless the other criteria of an
    `AllOf` or `AnyOf` settle it whatever the missing answer would be.
    The person's own answer, if one holds, is known under `ANSWER`.
    """

    def observed(fact: str, holds: Callable[[Observation], bool | None]) -> Verdict:
        answer = known.get(fact)
        if not isinstance(answer, Observation):
            return Verdict.UNDETERMINED
        return _as_verdict(holds(answer))

    match criterion:
        case Equals(fact=fact, value=wanted):
            return observed(fact, lambda a: _equal(a, wanted))
        case OneOf(fact=fact, values=values):
            return observed(fact, lambda a: _one_of(a, values))
        case AtMost(fact=fact, limit=limit):
            return observed(fact, lambda a: _within(a, limit, judged_on))
        case AtLeast(fact=fact, limit=limit):
            return observed(fact, lambda a: _reaches(a, limit, judged_on))
        case Contains(fact=fact, value=entry):
            return observed(fact, lambda a: _contains(a, entry))
        case Count():
            return observed(criterion.fact, lambda a: _counted(criterion, a, judged_on))
        case AllOf(criteria=parts):
            return min((decide(p, known, judged_on) for p in parts), key=_rank)
        case AnyOf(criteria=parts):
            return max((decide(p, known, judged_on) for p in parts), key=_rank)
        case Not(criterion=inner):
            return _OPPOSITE[decide(inner, known, judged_on)]
        case HasAnswer():
            return Verdict.MET if ANSWER in known else Verdict.UNDETERMINED
        case _:
            assert_never(criterion)


def applicable(criterion: Criterion, known: Mapping[str, Answered]) -> Criterion | None:
    """
    Return what is left of *criterion* once moot questions are taken out.

    A question is moot when its fact is known not to apply. None is left of a
    criterion all of whose questions are moot.
    """
    match criterion:
        case AllOf(criteria=parts):
            left = tuple(c for p in parts if (c := applicable(p, known)) is not None)
            return AllOf(criteria=left) if left else None
        case AnyOf(criteria=parts):
            left = tuple(c for p in parts if (c := applicable(p, known)) is not None)
            return AnyOf(criteria=left) if left else None
        case Not(criterion=inner):
            remains = applicable(inner, known)
            return None if remains is None else Not(criterion=remains)
        case HasAnswer():
            return criterion
        case _:
            moot = isinstance(known.get(criterion.fact), Inapplicable)
            return None if moot else criterion


def facts_of(criterion: Criterion) -> Iterator[str]:
    """Yield the facts that *criterion* asks about, each once, in its order."""
    seen: dict[str, None] = {}
    for fact in _walk(criterion):
        seen[fact] = None
    yield from seen


def as_known(answer: Answer) -> Observation:
    """Return a person's answer as what a criterion can look at."""
    return Observation(fact=ANSWER, value=answer.value)


def _walk(criterion: Criterion) -> Iterator[str]:
    match criterion:
        case AllOf(criteria=parts) | AnyOf(criteria=parts):
            for part in parts:
                yield from _walk(part)
        case Not(criterion=inner):
            yield from _walk(inner)
        case HasAnswer():
            return
        case _:
            if criterion.fact != ANSWER:
                yield criterion.fact


_OPPOSITE = {
    Verdict.MET: Verdict.NOT_MET,
    Verdict.NOT_MET: Verdict.MET,
    Verdict.UNDETERMINED: Verdict.UNDETERMINED,
}


def _rank(verdict: Verdict) -> int:
    return verdict.value


def _as_verdict(holds: bool | None) -> Verdict:
    if holds is None:
        return Verdict.UNDETERMINED
    return Verdict.MET if holds else Verdict.NOT_MET


def _same(value: Value, wanted: Value) -> bool:
    """Tell whether two values are equal, and yes and one are not."""
    return isinstance(value, bool) == isinstance(wanted, bool) and value == wanted


def _equal(answer: Observation, wanted: Value) -> bool | None:
    """Tell whether they are equal; a count that may be short is so much or more."""
    if not answer.missed:
        return _same(answer.value, wanted)
    if isinstance(answer.value, int | float) and isinstance(wanted, int | float):
        return False if answer.value > wanted else None
    return None


def _one_of(answer: Observation, values: Sequence[Value]) -> bool | None:
    verdicts = {_equal(answer, value) for value in values}
    if True in verdicts:
        return True
    return None if None in verdicts else False


def _measure(value: Value, limit: float | Days, judged_on: date) -> float | None:
    """Return the number to hold against *limit*; None if the date is to come."""
    if isinstance(limit, Days) and isinstance(value, date):
        age = (judged_on - value).days
        return None if age < -CLOCK_SKEW_DAYS else max(age, 0)
    if isinstance(value, int | float) and not isinstance(limit, Days):
        return float(value)
    msg = f"cannot hold {value!r} against the limit {limit!r}"
    raise TypeError(msg)


def _within(answer: Observation, limit: float | Days, judged_on: date) -> bool | None:
    measure = _measure(answer.value, limit, judged_on)
    if measure is None or (answer.missed and measure <= _bound(limit)):
        return None
    return measure <= _bound(limit)


def _reaches(answer: Observation, limit: float | Days, judged_on: date) -> bool | None:
    measure = _measure(answer.value, limit, judged_on)
    if measure is None or (answer.missed and measure < _bound(limit)):
        return None
    return measure >= _bound(limit)


def _bound(limit: float | Days) -> float:
    return limit.days if isinstance(limit, Days) else limit


def _contains(answer: Observation, entry: str) -> bool | None:
    if isinstance(answer.value, tuple) and entry in answer.value:
        return True
    return None if answer.missed else False


def _counted(count: Count, answer: Observation, judged_on: date) -> bool | None:
    """Count by bounds: what is surely so many, and what may be more."""
    if not isinstance(answer.value, tuple):
        msg = f"cannot count {answer.value!r}"
        raise TypeError(msg)
    verdicts = [_entry(count.where, entry, judged_on) for entry in answer.value]
    low = verdicts.count(Verdict.MET)
    high = low + verdicts.count(Verdict.UNDETERMINED)
    most = None if answer.missed else high
    if count.at_most is not None:
        return False if low > count.at_most else _if_known(most, count.at_most)
    if count.at_least is not None:
        if low >= count.at_least:
            return True
        return None if most is None or most >= count.at_least else False
    if low == most:
        return low == count.equals
    out_of_reach = count.equals is not None and low > count.equals
    return False if out_of_reach else None


def _if_known(most: int | None, limit: int) -> bool | None:
    return True if most is not None and most <= limit else None


def _entry(where: Criterion | None, entry: str, judged_on: date) -> Verdict:
    if where is None:
        return Verdict.MET
    return decide(where, {ITEM: Observation(fact=ITEM, value=entry)}, judged_on)
