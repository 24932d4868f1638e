# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Which of what is said in a file states the licence that it is under.

Programs about licences, documents and translations are full of names of licences
that they are not under, and a recogniser reports them all. What is passed over here
is in the annex all the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ossay.collect.licensing import scancode_index
from ossay.collect.licensing.curations import BY_PERSON
from ossay.collect.licensing.expressions import (
    LONGEST,
    ExpressionRefused,
    base,
    conjuncts,
    exceptions,
    expression,
    ids,
)
from ossay.collect.licensing.recognition.findings import FileFinding, Statement
from ossay.collect.licensing.recognition.statements import BY_TAG
from ossay.collect.licensing.whose import Whose
from ossay.model.evidence import Item
from ossay.model.licences import Speech

HEAD_LINES = 60
"""Within these a name or a tag in a comment is about the file; deeper, code has it."""

SURE = 0.75
"""Share of a rule's words; with fewer, something like a licence was recognised."""

VAGUE = "LicenseRef-scancode-unknown-license-reference"
"""It says that there is a licence, and not which."""

ANY_VERSION = {"GPL-1.0-or-later": "GPL-", "LGPL-2.0-or-later": "LGPL-"}
"""What ScanCode says of a family where no version is named."""

NO_LICENCES = frozenset({"Unstated License", "CLA", "Patent License"})
"""What ScanCode's index calls what grants no use of software by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """
    A licence that a file states for itself.

    Attributes:
        by: What told it, as of a `Statement`.
        is_text: Whether it is a licence text: that says neither "only" nor "later".
    """

    expression: str
    line: int
    by: str
    is_text: bool = False


def stated_in(finding: FileFinding, whose: Whose) -> tuple[Stated, ...]:
    """Return what the file of *finding* states beside SPDX tags, each once."""
    if not finding.statements:  # as of most
        return ()
    found: dict[str, Stated] = {}
    for statement in _counting(finding, whose):
        if statement.by != BY_TAG and statement.coverage >= SURE:
            for stated in _stated(statement):
                found.setdefault(stated.expression, stated)
    return tuple(_without_families(found.values()))


def doubts_in(finding: FileFinding, whose: Whose) -> Iterator[Item]:
    """Yield the places in the file of *finding* that nobody could read to the end."""
    path = finding.path
    if finding.unread:
        yield Item(subject=path, note=finding.unread)
    for left in finding.open:
        yield Item(subject=path, note=left.why, line=left.first_line)
    for statement in _counting(finding, whose):
        if statement.coverage < SURE:
            note = f"it may state {statement.expression}: {statement.coverage:.0%} of "
            yield Item(
                subject=path,
                note=f"{note}the words of that are in it",
                line=statement.first_line,
            )


def _counting(finding: FileFinding, whose: Whose) -> Iterator[Statement]:
    """Yield the statements by which a file may speak of itself."""
    is_tagged = any(s.by == BY_TAG for s in finding.statements)
    for statement in finding.statements:
        if counts(statement, is_tagged=is_tagged, is_prose=whose is Whose.PROSE):
            yield statement


def counts(statement: Statement, *, is_tagged: bool, is_prose: bool) -> bool:
    """
    Tell whether a file speaks of itself by *statement*.

    Where a tag says what it is under, mere names are about others, and so are
    notices further down. What a person says of a passage is about its file.
    """
    if statement.by == BY_TAG or statement.by.startswith(BY_PERSON):
        return True
    if is_prose:
        return False
    is_in_head = statement.first_line <= HEAD_LINES
    match statement.speech:
        case Speech.TEXT:
            return True
        case Speech.NOTICE:
            return is_in_head or not is_tagged
        case Speech.TAG | Speech.REFERENCE:
            return is_in_head and not is_tagged
        case _:
            return False


def _stated(statement: Statement) -> Iterator[Stated]:
    """Yield what *statement* says without what names no licence."""
    parts = [p for p in parts_of(statement.expression) if not _names_none(p)]
    is_told_elsewhere = any(r.path for r in statement.references)
    if is_told_elsewhere or (len(parts) == 1 and _is_idle(statement)):
        parts = [p for p in parts if p != VAGUE]
    whole = together(parts)
    for said in [whole] if whole else parts:  # too long for one expression
        yield Stated(
            expression=said,
            line=statement.first_line,
            by=statement.by,
            is_text=statement.speech is Speech.TEXT,
        )


def _is_idle(statement: Statement) -> bool:
    """Tell whether it mentions a licence in passing."""
    return statement.speech is Speech.REFERENCE


@lru_cache(maxsize=4_096)
def parts_of(stated: str) -> tuple[str, ...]:
    """Return what holds together in *stated*, each once; nothing of ""."""
    try:
        parts = conjuncts(stated) if stated else ()
    except ExpressionRefused:
        return (stated,)
    return tuple(dict.fromkeys(p.removeprefix("(").removesuffix(")") for p in parts))


@lru_cache(maxsize=4_096)
def _names_none(part: str) -> bool:
    try:
        named = [i for i in ids(part) if i not in exceptions()]
    except ExpressionRefused:
        return False
    return all(i != VAGUE and scancode_index.category(i) in NO_LICENCES for i in named)


def _without_families(found: Iterable[Stated]) -> Iterator[Stated]:
    """Leave out "some GPL" where the file says which."""
    everything = list(found)
    named = {p for stated in everything for p in parts_of(stated.expression)}
    for stated in everything:
        kept = [p for p in parts_of(stated.expression) if not is_told_better(p, named)]
        if kept:
            yield replace(stated, expression=together(kept))


def is_told_better(part: str, named: Iterable[str]) -> bool:
    """Tell whether *part* is "some GPL" where *named* says which."""
    family = ANY_VERSION.get(part)
    return family is not None and any(
        other != part and family in other for other in named
    )


def together(found: Iterable[str]) -> str:
    """Return one expression for all of *found*; "" where it would be too long."""
    return _together(tuple(dict.fromkeys(found)))


@lru_cache(maxsize=4_096)
def _together(distinct: tuple[str, ...]) -> str:
    joined = " AND ".join(f"({e})" if " " in e else e for e in distinct)
    if len(joined) > LONGEST:
        return ""
    try:
        return expression(joined)
    except ExpressionRefused:
        return joined


@lru_cache(maxsize=4_096)
def is_within(stated: str, whole: str, *, is_text: bool = False) -> bool:
    """
    Tell whether every licence in *stated* is one of those in *whole*.

    A text, and a GNU licence by its number alone, say neither "only" nor "or
    later"; ScanCode's GPL-1.0-or-later is one whose version nobody named.
    """
    try:
        named, wanted = ids(stated), frozenset(ids(whole))
    except ExpressionRefused:
        return stated == whole
    return all(_is_one_of(i, wanted, is_text=is_text) for i in named)


def _is_one_of(identifier: str, wanted: frozenset[str], *, is_text: bool) -> bool:
    if identifier in wanted:
        return True
    bases = {base(w) for w in wanted}
    family = ANY_VERSION.get(identifier)
    if family is not None:
        return any(b.startswith(family) for b in bases)
    is_bare = base(identifier) in wanted or base(identifier) == identifier
    return (is_text or is_bare) and base(identifier) in bases
