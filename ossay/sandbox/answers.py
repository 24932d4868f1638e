# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What the licence engine wrote, read strictly.

Nothing has a default here: an answer that lacks a list is not an answer with an empty
one, which would say that nothing was found.
"""

from typing import Any, TypeVar

from ossay.model.errors import OssayError
from ossay.model.licences import Holding, Holdings, Match, Recognised, Speech

T = TypeVar("T")


class NoAnswer(OssayError):
    """What was said does not have the shape of an answer."""


def read_recognised(raw: object) -> Recognised:
    """Return the licences that *raw* tells of."""
    fields = _fields(raw, "expressions", "matches", "is_partial")
    return Recognised(
        expressions=_texts(fields["expressions"]),
        matches=tuple(map(_match, _of(list, fields["matches"]))),
        is_partial=_of(bool, fields["is_partial"]),
    )


def read_holdings(raw: object) -> Holdings:
    """Return the copyright notices and authors that *raw* tells of."""
    fields = _fields(raw, "notices", "authors")
    return Holdings(
        notices=tuple(map(_holding, _of(list, fields["notices"]))),
        authors=_texts(fields["authors"]),
    )


def _match(raw: object) -> Match:
    fields = _fields(raw, *Match.__slots__)
    try:
        speech = Speech(fields["speech"])
    except ValueError as error:
        raise NoAnswer(str(error)) from error
    return Match(
        expression=_of(str, fields["expression"]),
        speech=speech,
        first_line=_of(int, fields["first_line"]),
        last_line=_of(int, fields["last_line"]),
        rule=_of(str, fields["rule"]),
        matcher=_of(str, fields["matcher"]),
        coverage=_of(float, fields["coverage"]),
        refers_to=_texts(fields["refers_to"]),
    )


def _holding(raw: object) -> Holding:
    fields = _fields(raw, *Holding.__slots__)
    return Holding(
        statement=_of(str, fields["statement"]),
        holders=_texts(fields["holders"]),
        first_line=_of(int, fields["first_line"]),
        last_line=_of(int, fields["last_line"]),
    )


def _fields(raw: object, *names: str) -> dict[str, Any]:
    if not isinstance(raw, dict) or set(raw) != set(names):
        msg = f"expected {', '.join(names)}, got {str(raw)[:100]!r}"
        raise NoAnswer(msg)
    return raw


def _texts(raw: object) -> tuple[str, ...]:
    return tuple(_of(str, entry) for entry in _of(list, raw))


def _of(kind: type[T], raw: object) -> T:
    if type(raw) is not kind:
        msg = f"expected {kind.__name__}, got {str(raw)[:100]!r}"
        raise NoAnswer(msg)
    return raw
