# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is known of the licences in an expression, and what of them is not known."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from ossay import shipped
from ossay.collect._documents import DocumentUnreadable, read_yaml
from ossay.collect.licensing import scancode_index
from ossay.collect.licensing.expressions import (
    ExpressionRefused,
    Licence,
    TooManyChoices,
    alternatives,
    base,
    flagged,
    term,
)


class Category(StrEnum):
    """
    Kinds of licences in ScanCode's words, from the freest to the most restrictive.

    The index has more words, for agreements that grant nothing by themselves and
    for what was not recognised; those are no kind of licence.
    """

    PUBLIC_DOMAIN = "Public Domain"
    PERMISSIVE = "Permissive"
    COPYLEFT_LIMITED = "Copyleft Limited"
    COPYLEFT = "Copyleft"
    SOURCE_AVAILABLE = "Source-available"
    FREE_RESTRICTED = "Free Restricted"
    PROPRIETARY_FREE = "Proprietary Free"
    COMMERCIAL = "Commercial"


_ORDER = (*Category,)
_NOT_KNOWN = _ORDER.index(Category.COPYLEFT) + 0.5
"""What is not known may be anything: worse than what is open, but not settled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """
    What is known of an expression.

    Attributes:
        chosen: The licences taken where it lets one choose: the freest way.
        choices: How many ways there are; 0 where they cannot be told.
        category: The most restrictive kind among those; None where one is of no
            known kind, unless another is known not to be open.
        network_copyleft: Whether one of those is on the list of licences that may
            ask for the source where the software is offered over a network; None
            where one of them is of no known kind.
        osi_approved: As `flagged` tells it, of the whole expression.
        fsf_libre: Likewise.
        unknown: Licences in `chosen` that are of no known kind.
        why_not: Why nothing is known; "" if something is.
    """

    chosen: tuple[Licence, ...] = ()
    choices: int = 0
    category: Category | None = None
    network_copyleft: bool | None = None
    osi_approved: bool | None = None
    fsf_libre: bool | None = None
    unknown: tuple[Licence, ...] = ()
    why_not: str = ""


def knowledge(text: str) -> Knowledge:
    """Return what is known of the licence expression *text*."""
    try:
        ways = alternatives(term(text))
    except (ExpressionRefused, TooManyChoices) as error:
        return Knowledge(why_not=f"{text!r}: {error}")
    chosen = min(ways, key=lambda way: (_worst(way), may_ask_users(way) is True, way))
    return Knowledge(
        chosen=chosen,
        choices=len(ways),
        category=_category_at(_worst(chosen)),
        network_copyleft=may_ask_users(chosen),
        osi_approved=flagged(text, "isOsiApproved"),
        fsf_libre=flagged(text, "isFsfLibre"),
        unknown=tuple(i for i in chosen if category_of(i) is None),
    )


def category_of(licence: Licence) -> Category | None:
    """
    Return what kind of licence it is; None if that is not known.

    An exception to full copyleft leaves limited copyleft, if the index says so of
    the exception. It never makes a licence permissive, whatever the index says:
    it is a permission for one kind of use.
    """
    kind = _category(licence.id)
    if not licence.exception:
        return kind
    beside = _category(licence.exception)
    if beside is None:
        return None
    is_limited = (kind, beside) == (Category.COPYLEFT, Category.COPYLEFT_LIMITED)
    return Category.COPYLEFT_LIMITED if is_limited else kind


def may_ask_users(licences: Iterable[Licence]) -> bool | None:
    """
    Tell whether one of *licences* is on the list of network copyleft.

    None is unknown: one of them is of no known kind.
    """
    found = list(licences)
    if any(base(licence.id) in network_copyleft() for licence in found):
        return True
    return None if any(category_of(i) is None for i in found) else False


@cache
def network_copyleft() -> frozenset[str]:
    """Return the base identifiers of the candidates that are shipped."""
    path = shipped.policies() / "licences" / "network-copyleft.yaml"
    match read_yaml(path.read_bytes()):
        case {"candidates": [*candidates]} if candidates:
            return frozenset(base(str(candidate)) for candidate in candidates)
        case _:
            msg = f"{path.name} has no list of candidates"
            raise DocumentUnreadable(msg)


def _category(identifier: str) -> Category | None:
    word = scancode_index.category(identifier)
    return Category(word) if word in set(Category) else None


def _worst(licences: Iterable[Licence]) -> float:
    return max(map(_rank, licences))


def _rank(licence: Licence) -> float:
    category = category_of(licence)
    return _NOT_KNOWN if category is None else _ORDER.index(category)


def _category_at(rank: float) -> Category | None:
    return None if rank == _NOT_KNOWN else _ORDER[int(rank)]
