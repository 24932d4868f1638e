# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""One expression for many files, or how many there are where that is too long."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from ossay.collect.licensing.expressions import (
    LONGEST,
    ExpressionRefused,
    conjuncts,
    expression,
    without_mail,
)
from ossay.model.evidence import SpdxExpression

_Text = TypeVar("_Text", bound=str)

MOST_NAMED = 20
"""The commonest expressions that are named one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """
    What many statements say together.

    Attributes:
        expression: All of them joined by "AND" and simplified; None where there
            are none, or where that would be longer than what ossay itself reads.
        distinct: How many different expressions there are.
        commonest: `MOST_NAMED` of them at most, each with its number of files, most
            files first.
        distinct_unread: How many different texts are no valid expression. While
            there are any, `expression` is not the whole truth.
        unread: `MOST_NAMED` of those at most, likewise.
    """

    expression: SpdxExpression | None
    distinct: int
    commonest: tuple[tuple[SpdxExpression, int], ...]
    distinct_unread: int
    unread: tuple[tuple[str, int], ...]


def summary(stated: Mapping[str, int]) -> Summary:
    """Return what *stated* says: expressions, and how many files state each."""
    files: Counter[SpdxExpression] = Counter()
    unread: Counter[str] = Counter()
    for text, number in stated.items():
        try:
            files[expression(text)] += number
        except ExpressionRefused:
            unread[without_mail(text[:LONGEST])] += number
    return Summary(
        expression=joined(files),
        distinct=len(files),
        commonest=_commonest(files),
        distinct_unread=len(unread),
        unread=_commonest(unread),
    )


def joined(expressions: Iterable[SpdxExpression]) -> SpdxExpression | None:
    """
    Return the simplified expression of what is under all of *expressions*.

    None where there are none, or where it would be longer than `LONGEST`.
    """
    parts: set[str] = set()
    length = 0
    for each in expressions:
        new = set(conjuncts(each)) - parts
        length += sum(map(len, new)) + len(_AND) * len(new)
        if length > LONGEST:
            return None
        parts |= new
    return expression(_AND.join(sorted(parts))) if parts else None


_AND = " AND "


def _commonest(files: Counter[_Text]) -> tuple[tuple[_Text, int], ...]:
    ranked = sorted(files.items(), key=lambda item: (-item[1], item[0]))
    return tuple(ranked[:MOST_NAMED])
