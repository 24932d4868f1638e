# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""SPDX licence expressions (SPDX 2.3, annex D): checked, simplified, weighed."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

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


class ExpressionRefused(OssayError):
    """A text is no SPDX licence expression."""


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


def ids(text: str) -> tuple[str, ...]:
    """Return the licences and exceptions in *text*, in order, each once."""
    return tuple(_licensing().license_keys(_parse(text)))


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
    return False if text == NONE else _weighed(_parse(text), flag)


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
    from license_expression import get_spdx_licensing

    return get_spdx_licensing()  # 15 ms


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


def _weighed(part: "LicenseExpression", flag: str) -> bool | None:
    from license_expression import LicenseWithExceptionSymbol

    if isinstance(part, LicenseWithExceptionSymbol):  # it grants more, never less
        return _flag_of(part.license_symbol.key, flag)
    if not part.args:
        return _flag_of(part.key, flag)
    branches = [_weighed(branch, flag) for branch in part.args]
    settled: bool = part.operator.strip() == "OR"
    if settled in branches:
        return settled
    return None if None in branches else not settled


def _flag_of(identifier: str, flag: str) -> bool | None:
    """Return what the list says; a flag it does not give is one nobody gave."""
    entry = licences().get(identifier) or licences().get(identifier.removesuffix("+"))
    return bool(entry.get(flag)) if entry is not None else None
