# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which versions an advisory affects, by the rules of the OSV specification."""

from collections.abc import Callable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from ossay.model.advisories import Affected, Event, Mark, Range

Order = Callable[[str], Any]
"""Gives what versions are compared by; None for one that is none."""

_FIRST = "0"
_NO_LIMIT = "*"

_Placed = tuple[Any, Event]


def is_affected(version: str, entry: Affected, order: Order) -> bool | None:
    """
    Tell whether *version* is affected; None where that cannot be told.

    It cannot where the version, or one of a range that might hold it, has no place
    in the order, and where an entry has neither ranges of versions nor a list.
    """
    if version in entry.versions:
        return True
    ranges = [one for one in entry.ranges if one.kind != "GIT"]
    place = order(version)
    if place is None:
        return None
    if not ranges:
        if not entry.versions:
            return None
        return any(_is_same(order(listed), place) for listed in entry.versions)
    told = [_holds(place, one, order) for one in ranges]
    if any(told):
        return True
    return None if None in told else False


def fixed_in(version: str, entry: Affected, order: Order) -> str:
    """Return the first version after *version* that an entry calls fixed, or ""."""
    place = order(version)
    if place is None:
        return ""
    later = [
        (fixed, event.version)
        for one in entry.ranges
        if one.kind != "GIT"
        for event in one.events
        if event.mark is Mark.FIXED
        and (fixed := order(event.version)) is not None
        and fixed > place
    ]
    return min(later, key=itemgetter(0))[1] if later else ""


def _is_same(listed: Any, place: Any) -> bool:
    """Debian takes 01 for 1; `univers` has it neither before nor after, nor equal."""
    return listed is not None and not (listed < place or listed > place)


def _holds(place: Any, one: Range, order: Order) -> bool | None:
    limits = [e.version for e in one.events if e.mark is Mark.LIMIT]
    placed = [
        (order(event.version), event)
        for event in one.events
        if event.mark is not Mark.LIMIT and event.version != _FIRST
    ]
    ends = [order(limit) for limit in limits if limit != _NO_LIMIT]
    if any(at is None for at, _ in placed) or None in ends:
        return None
    is_within = not limits or len(ends) < len(limits) or any(place < e for e in ends)
    return is_within and _is_hit(place, placed, starts_so=_starts_affected(one))


def _starts_affected(one: Range) -> bool:
    marks = [event.mark for event in one.events if event.version == _FIRST]
    return Mark.INTRODUCED in marks


def _is_hit(place: Any, placed: Sequence[_Placed], *, starts_so: bool) -> bool:
    """
    Walk the events up to *place*.

    Where a flaw is both introduced and fixed at one version, all stays as it was:
    either range would else swallow its neighbour, or an empty one never end.
    """
    is_hit = starts_so
    for at, there in groupby(sorted(placed, key=itemgetter(0)), key=itemgetter(0)):
        if at > place:
            break
        marks = {event.mark for _, event in there}
        opens = Mark.INTRODUCED in marks
        closes = Mark.FIXED in marks or (Mark.LAST_AFFECTED in marks and place > at)
        if opens != closes:
            is_hit = opens
    return is_hit
