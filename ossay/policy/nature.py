# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What can be told of a criterion before there is any evidence."""

from collections.abc import Iterator

from ossay.model.policy import (
    ANSWER,
    ITEM,
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    Count,
    Criterion,
    Days,
    HasAnswer,
    Not,
)


def parts_of(criterion: Criterion) -> Iterator[Criterion]:
    """Yield *criterion* and everything in it, wherever entries are looked at too."""
    yield criterion
    match criterion:
        case AllOf(criteria=inner) | AnyOf(criteria=inner):
            for part in inner:
                yield from parts_of(part)
        case Not(criterion=part):
            yield from parts_of(part)
        case Count(where=where) if where is not None:
            yield from parts_of(where)


def asks_a_person(criterion: Criterion) -> bool:
    """Tell whether a person's answer counts for *criterion*."""
    return any(
        isinstance(part, HasAnswer) or getattr(part, "fact", "") == ANSWER
        for part in parts_of(criterion)
    )


def counts_days(criterion: Criterion) -> bool:
    """Tell whether *criterion* depends on the day of judging."""
    return any(
        isinstance(part, AtMost | AtLeast) and isinstance(part.limit, Days)
        for part in parts_of(criterion)
    )


def can_end(criterion: Criterion, *, met: bool) -> bool:
    """Tell whether *criterion* can ever be met, or ever be not met."""
    match criterion:
        case HasAnswer():
            return met
        case AllOf(criteria=parts):
            return (all if met else any)(can_end(p, met=met) for p in parts)
        case AnyOf(criteria=parts):
            return (any if met else all)(can_end(p, met=met) for p in parts)
        case Not(criterion=inner):
            return can_end(inner, met=not met)
        case _:
            return True


def facts_in(criterion: Criterion) -> frozenset[str]:
    """Return the facts that *criterion* asks about."""
    named = {getattr(part, "fact", ANSWER) for part in parts_of(criterion)}
    return frozenset(named - {ANSWER, ITEM})
