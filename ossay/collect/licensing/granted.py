# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Under which licences each file is, as far as it or the licence files around it say so.

A file that is called a licence holds the text of one and is under none itself. In
prose other software is spoken of, and deep in code there are strings: there, names of
licences count for nothing. Nor do they where SPDX tags say what the file is under.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from ossay.collect.licensing import scancode_index
from ossay.collect.licensing.expressions import (
    AllOf,
    AnyOf,
    ExpressionRefused,
    Licence,
    Term,
    conjuncts,
    term,
)
from ossay.collect.licensing.file_licences import is_known
from ossay.collect.licensing.recognition.findings import FileFinding
from ossay.collect.licensing.recognition.reading import Kind
from ossay.collect.licensing.recognition.statements import BY_TAG
from ossay.collect.licensing.stating import NO_LICENCES, SURE, counts, is_told_better
from ossay.collect.licensing.whose import holds_a_licence, is_prose
from ossay.model.licences import Speech

Parts = tuple[str, ...]
"""Expressions that all hold; in parentheses, if that is how they are joined."""


def granted(found: Iterable[FileFinding]) -> Mapping[str, Parts]:
    """Return what each file is under, by path; nothing where that is not known."""
    files = list(found)
    held = {one.path: texts_in(one) for one in files if holds_a_licence(one.path)}
    return {one.path: _of(one, held) for one in files}


def joined(parts: Parts) -> str:
    """Return *parts* as one expression; "" if there is none."""
    if len(parts) == 1:
        return parts[0].removeprefix("(").removesuffix(")")
    return " AND ".join(parts)


def licences_of(parts: Parts) -> tuple[Licence, ...]:
    """Return the licences that *parts* name, each once."""
    return tuple(dict.fromkeys(i for part in parts for i in licences_in(part)))


def licences_in(expression: str) -> tuple[Licence, ...]:
    """Return what *expression* names, with exceptions, without what is no licence."""
    try:
        found = dict.fromkeys(_leaves(term(expression)))
    except ExpressionRefused:
        return ()
    return tuple(i for i in found if scancode_index.category(i.id) not in NO_LICENCES)


def _parts(expressions: Iterable[str]) -> Parts:
    """Return what holds together in *expressions*, without what is no licence."""
    found: dict[str, None] = {}
    for expression in expressions:
        with suppress(ExpressionRefused):
            found |= dict.fromkeys(filter(licences_in, conjuncts(expression)))
    return tuple(part for part in found if not is_told_better(part, found))


def _of(one: FileFinding, held: Mapping[str, Parts]) -> Parts:
    annotated = [v for said in one.said for v in said.licences if is_known(v)]
    is_list = one.kind is Kind.LIST
    stated = () if is_list else _stated(one, is_tagged=bool(annotated))
    own = _parts((*annotated, *stated))
    if own or one.path in held:
        return own
    meant = [r.path for s in one.statements for r in s.references if r.path in held]
    return _parts(e for p in meant or one.licensed_by for e in held.get(p, ()))


def _stated(one: FileFinding, *, is_tagged: bool) -> Iterator[str]:
    prose = is_prose(one.path) or holds_a_licence(one.path)
    for statement in one.statements:
        if (
            statement.by != BY_TAG
            and statement.coverage >= SURE
            and counts(statement, is_tagged=is_tagged, is_prose=prose)
        ):
            yield statement.expression


def is_unclear(one: FileFinding) -> bool:
    """Tell whether a file speaks of a licence and nobody knows of which one."""
    if one.kind is Kind.LIST or (is_prose(one.path) and not holds_a_licence(one.path)):
        return False
    return any(
        _UNKNOWN in statement.expression
        and statement.speech in (Speech.TEXT, Speech.NOTICE)
        and not any(r.path for r in statement.references)
        for statement in one.statements
    )


_UNKNOWN = "LicenseRef-scancode-unknown"


def texts_in(one: FileFinding) -> Parts:
    """Return what a licence file is the text of, or says that others are under."""
    return _parts(
        s.expression
        for s in one.statements
        if s.speech in (Speech.TEXT, Speech.NOTICE, Speech.TAG)
    )


def _leaves(whole: Term) -> Iterator[Licence]:
    match whole:
        case Licence():
            yield whole
        case AllOf(terms=terms) | AnyOf(terms=terms):
            for each in terms:
                yield from _leaves(each)
