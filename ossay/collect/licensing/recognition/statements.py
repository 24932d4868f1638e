# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a file states: by its tags, its texts and what a recogniser makes of it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ossay.collect.licensing.expressions import ExpressionRefused, base, ids, is_listed
from ossay.collect.licensing.recognition.findings import (
    Curated,
    Open,
    Reference,
    Statement,
)
from ossay.collect.licensing.recognition.reading import Fragment, Reading, is_told
from ossay.collect.licensing.recognition.wording import line_at
from ossay.model.licences import Recognised, Speech
from ossay.model.tree import Unreadable

BY_TAG = "SPDX tag"
BY_TEXT = "licenseclassifier"

OTHER_WORDS = "it holds a known licence text, and words that are in none"
FOREIGN = "nothing was recognised in it, and few recognisers read its script"
GRANT = "it has words of a grant, and no licence was recognised in it"

_STRENGTH = list(Speech).index


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """
    What a file states.

    Attributes:
        is_partial: Whether a recogniser saw words of a grant that it cannot explain.
        is_read_by_a_person: Whether a person says what all of it states.
    """

    statements: tuple[Statement, ...] = ()
    open: tuple[Open, ...] = ()
    curated: tuple[Curated, ...] = ()
    is_partial: bool = False
    is_read_by_a_person: bool = False


def told_by_passages(
    one: Reading,
    known: Mapping[str, Recognised | Unreadable],
    explained: Collection[str] = (),
) -> Told:
    """
    Return what a file states by its passages.

    What a recogniser cannot explain of those with a key in *explained*, others can.
    """
    statements = list(_tagged(one))
    left: list[Open] = []
    is_partial = False
    for fragment in one.fragments:
        texts = list(_texts(fragment))
        answer = None if fragment.is_settled else known[fragment.key]
        if isinstance(answer, Recognised):
            new = list(_recognised(fragment, answer))
            is_partial |= answer.is_partial and fragment.key not in explained
            statements += _united(texts, new)
        else:
            statements += texts
        left += _left(fragment, answer)
    return Told(
        statements=in_order(statements),
        open=tuple(left),
        is_partial=is_partial,
    )


def _left(fragment: Fragment, answer: Recognised | Unreadable | None) -> Iterator[Open]:
    """Yield *fragment* if it is not known what it says."""
    why = ""
    if isinstance(answer, Unreadable):
        why = f"{OTHER_WORDS}; {answer.why}" if fragment.texts else answer.why
    elif answer is not None and not answer.expressions:
        if fragment.is_foreign:
            why = FOREIGN
        elif answer.is_partial and not fragment.texts:
            why = GRANT
    if why:
        yield Open(
            first_line=line_at(fragment.places, 0),
            last_line=fragment.last_line,
            key=fragment.key,
            why=why,
        )


def told_by_whole(one: Reading, key: str, answer: Recognised) -> Told:
    """Return what a file states by an answer about all of it, whose key *key* is."""
    places = (0, 1)  # its lines are those of the file already
    last = max((m.last_line for m in answer.matches), default=1)
    fragment = Fragment(key=key, places=places, last_line=last)
    new = list(_recognised(fragment, answer))
    texts = [t for f in one.fragments for t in _texts(f)]
    statements = [*_tagged(one), *_united(texts, new)]
    left = [] if new or texts else [o for f in one.fragments for o in _left(f, answer)]
    return Told(statements=in_order(statements), open=tuple(left))


def _united(texts: list[Statement], new: list[Statement]) -> Iterator[Statement]:
    """Yield what a recogniser says, and of *texts* what it says nothing about."""
    named = {i for s in new for i in _bases(s.expression)}
    for text in texts:
        has_other_name = new and text.expression.startswith("LicenseRef-")
        if base(text.expression) not in named and not has_other_name:
            yield text
    yield from new


def _tagged(one: Reading) -> Iterator[Statement]:
    """Yield what SPDX tags state; one that is no expression states nothing."""
    for value, line in zip(one.tags.licences, one.tags.lines, strict=True):
        if is_told(value):
            yield Statement(
                expression=value,
                speech=Speech.TAG,
                first_line=line,
                last_line=line,
                by=BY_TAG,
            )


def _texts(fragment: Fragment) -> Iterator[Statement]:
    for text in fragment.texts:
        yield Statement(
            expression=text if is_listed(text) else f"LicenseRef-{BY_TEXT}-{text}",
            speech=Speech.TEXT,
            first_line=line_at(fragment.places, 0),
            last_line=fragment.last_line,
            by=BY_TEXT,
            key=fragment.key,
        )


def _recognised(fragment: Fragment, answer: Recognised) -> Iterator[Statement]:
    """Yield what *answer* says, each with those matches that speak of its licences."""
    for expression in dict.fromkeys(answer.expressions):
        named = _bases(expression)
        of_it = [m for m in answer.matches if _bases(m.expression) <= named]
        matches = of_it or list(answer.matches)
        lines = [
            min(line_at(fragment.places, at - 1), fragment.last_line)
            for match in matches
            for at in (match.first_line, match.last_line)
        ] or [line_at(fragment.places, 0), fragment.last_line]
        referred = dict.fromkeys(n for m in answer.matches for n in m.refers_to)
        yield Statement(
            expression=expression,
            speech=min((m.speech for m in matches), key=_STRENGTH, default=Speech.CLUE),
            first_line=min(lines),
            last_line=max(lines),
            by=", ".join(dict.fromkeys(m.rule for m in matches)),
            coverage=min((m.coverage for m in matches), default=0.0),
            key=fragment.key,
            references=tuple(Reference(name=name, path="") for name in referred),
        )


@lru_cache(maxsize=4_096)
def _bases(expression: str) -> frozenset[str]:
    try:
        return frozenset(map(base, ids(expression)))
    except ExpressionRefused:
        return frozenset({expression})


def in_order(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return *statements* as they stand in the file."""
    return tuple(sorted(statements, key=_order))


def _order(statement: Statement) -> tuple[int, int, str]:
    return statement.first_line, statement.last_line, statement.expression
