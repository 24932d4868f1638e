# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""SPDX licence expressions (SPDX 2.3, annex D): checked, simplified, weighed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, product
from math import prod
from typing import TYPE_CHECKING, Any, assert_never

from ossay.model.errors import OssayError
from ossay.model.evidence import SpdxExpression

if TYPE_CHECKING:
    from license_expression import LicenseExpression, Licensing

NONE = SpdxExpression("NONE")
"""It is known that no licence is granted (SPDX 2.3, 7.13)."""

LONGEST = 480
"""Characters; a longer expression is refused, as it takes long to simplify."""

_REFERENCE = re.compile(r"(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+")

_MAIL = re.compile(r"[^\s<>@]+@[^\s<>@]+")
_WORD = re.compile(r"[A-Za-z0-9.+-]+")

_FAMILIES = ("AGPL-", "GFDL-", "GPL-", "LGPL-")
"""Licences that are granted in one version only, or in that or any later one."""


MOST_CHOICES = 16
"""Ways to take an expression with many an "OR"; of those with more, none is tried."""


class ExpressionRefused(OssayError):
    """A text is no SPDX licence expression."""


class TooManyChoices(OssayError):
    """An expression can be taken in more than `MOST_CHOICES` ways."""


@dataclass(frozen=True, slots=True, order=True)
class Licence:
    """One licence of an expression, with its exception if it has one."""

    id: str
    exception: str = ""

    def __str__(self) -> str:
        return f"{self.id} WITH {self.exception}" if self.exception else self.id


@dataclass(frozen=True, slots=True)
class AllOf:
    """All of the terms hold ("AND")."""

    terms: "tuple[Term, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the terms may be chosen ("OR")."""

    terms: "tuple[Term, ...]"


Term = Licence | AllOf | AnyOf


@lru_cache(maxsize=4_096)
def expression(text: str) -> SpdxExpression:
    """
    Return *text* as a valid, simplified expression, or raise `ExpressionRefused`.

    Identifiers have to be on the SPDX list or begin with "LicenseRef-".
    """
    parsed = _parse(text)
    strange = [i for i in _licensing().license_keys(parsed) if not is_listed(i)]
    if strange:
        msg = f"{strange[0]!r} is neither on the SPDX list nor a LicenseRef-"
        raise ExpressionRefused(msg)
    return SpdxExpression(str(parsed.simplify()))


def without_mail(said: str) -> str:
    """Return what was *said* in place of an expression, mail addresses left out."""
    return _MAIL.sub("…", said)


@lru_cache(maxsize=4_096)
def tag_ids(text: str) -> tuple[str, ...] | None:
    """
    Return the identifiers in a tag's value; None if its grammar is wrong.

    As in `reuse`, identifiers need not be on any list.
    """
    from reuse.copyright import SpdxExpression as Tag

    tag = Tag(text) if len(text) <= LONGEST else None
    return tuple(tag.licenses) if tag is not None and tag.is_valid else None


@lru_cache(maxsize=4_096)
def ids(text: str) -> tuple[str, ...]:
    """Return the licences and exceptions in *text*, in order, each once."""
    if text in licences():  # most are one licence: no grammar is needed for it
        return (text,)
    return tuple(_licensing().license_keys(_parse(text)))


@lru_cache(maxsize=4_096)
def term(text: str) -> Term:
    """
    Return *text* simplified, as a tree, or raise `ExpressionRefused`.

    Identifiers need not be on any list. "X+" is this version or any later one
    (SPDX 2.3, annex D.2), so it is a choice between X and what "X+" stands for
    besides; for the GNU licences there is an identifier that says so.
    """
    return _term(_parse(text).simplify())


@lru_cache(maxsize=4_096)
def conjuncts(text: str) -> tuple[str, ...]:
    """Return the parts of *text* that all hold, to be joined by "AND" with others."""
    simple = _parse(text).simplify()
    parts = simple.args if isinstance(_term(simple), AllOf) else (simple,)
    return tuple(f"({part})" if part.args else str(part) for part in parts)


def alternatives(whole: Term) -> tuple[tuple[Licence, ...], ...]:
    """
    Return each way to take *whole*: the licences that then hold together.

    Raise `TooManyChoices` where there are more than `MOST_CHOICES`.
    """
    choices = _choices(whole)
    if choices > MOST_CHOICES:
        msg = f"there are {choices} ways to choose; {MOST_CHOICES} are tried at most"
        raise TooManyChoices(msg)
    return tuple(dict.fromkeys(_alternatives(whole)))


def licences_in(text: str) -> frozenset[str]:
    """Return the base identifiers of the licences in *text*, without exceptions."""
    return frozenset(base(i) for i in ids(text) if i not in exceptions())


def base(identifier: str) -> str:
    """
    Return which text *identifier* goes with ("GPL-3.0" for "GPL-3.0-or-later").

    A text says neither "only" nor "or later".
    """
    identifier = identifier.removesuffix("+")
    if identifier.startswith(_FAMILIES):
        for suffix in ("-only", "-or-later"):
            identifier = identifier.removesuffix(suffix)
        for suffix in ("-no-invariants", "-invariants"):
            identifier = identifier.removesuffix(suffix)
    return identifier


def versions(identifier: str) -> tuple[str, ...]:
    """
    Return the identifiers of what *identifier* can mean.

    A GNU licence by its number alone ("GPL-3.0", deprecated) does not say whether
    later versions may be chosen.
    """
    both = (f"{identifier}-only", f"{identifier}-or-later")
    return both if both[0] in licences() else (identifier,)


def is_listed(identifier: str) -> bool:
    """Tell whether SPDX knows *identifier*, or it is a reference to a text."""
    plain = identifier.removesuffix("+").casefold()
    return plain in _listed() or _REFERENCE.fullmatch(identifier) is not None


def flagged(text: str, flag: str) -> bool | None:
    """
    Tell whether *text* lets one use the work under licences with *flag* alone.

    Of an "OR" the best branch counts, of an "AND" all. None is unknown: it
    rests on a text that is on no list (`LicenseRef-`).
    """
    return False if text == NONE else _weighed(_term(_parse(text)), flag)


def by_flag(text: str, flag: str) -> tuple[list[str], list[str]]:
    """Return the licences in *text* that have *flag*, and those that have not."""
    named = [] if text == NONE else [i for i in ids(text) if i not in exceptions()]
    have = [i for i in named if _flag_of(i, flag)]
    return have, [i for i in named if i not in have]


@cache
def licences() -> Mapping[str, Mapping[str, Any]]:
    """Return the SPDX list of licences that `reuse` ships, by identifier."""
    from reuse._licenses import LICENSE_MAP

    return LICENSE_MAP


@cache
def exceptions() -> Mapping[str, Mapping[str, Any]]:
    """Return the SPDX list of exceptions that `reuse` ships, by identifier."""
    from reuse._licenses import EXCEPTION_MAP

    return EXCEPTION_MAP


@cache
def _listed() -> Mapping[str, str]:
    """Return the identifiers of both lists as they are listed, by lower case."""
    return {i.casefold(): i for i in (*licences(), *exceptions())}


def _as_listed(word: re.Match[str]) -> str:
    """Write an identifier as SPDX does; case does not matter (SPDX 2.3, annex D)."""
    plain = word.group().removesuffix("+")
    return _listed().get(plain.casefold(), plain) + word.group()[len(plain) :]


@cache
def _licensing() -> "Licensing":
    from license_expression import Licensing

    # Without a list: 35 ms to load, and all that is asked of it is the grammar.
    return Licensing()


def _parse(text: str) -> "LicenseExpression":
    from license_expression import ExpressionError

    if not text.strip() or len(text) > LONGEST:
        msg = f"it has {len(text)} characters; 1 to {LONGEST} are read"
        raise ExpressionRefused(msg)
    try:
        # Not by the library's own synonyms: "GPL-3.0" would become "GPL-3.0-only".
        return _licensing().parse(_WORD.sub(_as_listed, text), simple=True)
    except ExpressionError as error:
        msg = f"{text!r} is no SPDX expression"
        raise ExpressionRefused(msg) from error


def _term(part: "LicenseExpression") -> Term:
    from license_expression import LicenseWithExceptionSymbol

    if isinstance(part, LicenseWithExceptionSymbol):
        return Licence(part.license_symbol.key, part.exception_symbol.key)
    if not part.args:
        return _this_or_later(part.key)
    terms = tuple(map(_term, part.args))
    return AnyOf(terms) if part.operator.strip() == "OR" else AllOf(terms)


def _choices(whole: Term) -> int:
    match whole:
        case Licence():
            return 1
        case AllOf(terms=terms):
            return prod(map(_choices, terms))
        case AnyOf(terms=terms):
            return sum(map(_choices, terms))
        case _:
            assert_never(whole)


def _alternatives(whole: Term) -> list[tuple[Licence, ...]]:
    match whole:
        case Licence():
            return [(whole,)]
        case AllOf(terms=terms):
            taken = product(*map(_alternatives, terms))
            return [tuple(sorted(set(chain(*each)))) for each in taken]
        case AnyOf(terms=terms):
            return list(chain.from_iterable(map(_alternatives, terms)))
        case _:
            assert_never(whole)


def _this_or_later(identifier: str) -> Term:
    this = identifier.removesuffix("+")
    if this == identifier:
        return Licence(identifier)
    if this.startswith(_FAMILIES) and not this.endswith(("-only", "-or-later")):
        return Licence(f"{this}-or-later")
    return AnyOf((Licence(this), Licence(identifier)))


def _weighed(term: Term, flag: str) -> bool | None:
    match term:
        case Licence(id=identifier):  # an exception grants more, never less
            return _flag_of(identifier, flag)
        case AllOf(terms=terms) | AnyOf(terms=terms):
            branches = [_weighed(branch, flag) for branch in terms]
            settled = isinstance(term, AnyOf)
            if settled in branches:
                return settled
            return None if None in branches else not settled
        case _:
            assert_never(term)


def _flag_of(identifier: str, flag: str) -> bool | None:
    """Return what the list says; a flag it does not give is one nobody gave."""
    entry = licences().get(identifier) or licences().get(identifier.removesuffix("+"))
    return bool(entry.get(flag)) if entry is not None else None
