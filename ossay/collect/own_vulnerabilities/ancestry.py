# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Whether a commit is affected, by what its history holds (OSV, ranges of type GIT)."""

import re
from collections.abc import Collection, Iterable

from ossay.model.advisories import Affected, Mark, Range
from ossay.model.packages import repository_key

_FULL_NAME = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_ROOT = "0"


def ranges_of(entry: Affected, repository: str) -> tuple[Range, ...]:
    """Return the ranges of commits that are about *repository*, by its key."""
    return tuple(
        one
        for one in entry.ranges
        if one.kind == "GIT" and repository_key(one.repository) == repository
    )


def commits_in(ranges: Iterable[Range]) -> frozenset[str]:
    """Return the commits that events name in full."""
    return frozenset(
        event.version
        for one in ranges
        for event in one.events
        if _FULL_NAME.fullmatch(event.version)
    )


def is_affected(
    commit: str, ranges: Collection[Range], past: Collection[str]
) -> bool | None:
    """
    Tell whether *commit* is affected; None where its history does not tell.

    *past* are those of `commits_in` that it builds on, itself included.
    """
    told = [_holds(commit, one, past) for one in ranges]
    if any(told):
        return True
    return None if None in told or not told else False


def _holds(commit: str, one: Range, past: Collection[str]) -> bool | None:
    """
    Walk one range: from where a flaw came in to where it is gone.

    A fix that is in the history ends it, if the flaw came in once. One that came in
    again has to be told by the order of commits, which is not known here. Neither is
    it where a flaw came in by a commit that this history does not have: it may be of
    another branch, or of a history that was written anew.
    """
    marks = {event.mark for event in one.events}
    began = [e.version for e in one.events if e.mark is Mark.INTRODUCED]
    reached = [name for name in began if name == _ROOT or name in past]
    ended = any(
        event.version in past and (event.mark is Mark.FIXED or event.version != commit)
        for event in one.events
        if event.mark in (Mark.FIXED, Mark.LAST_AFFECTED)
    )
    if Mark.LIMIT in marks or not began:
        return None
    if not ended:
        return True if reached else None
    return False if len(began) == 1 else None
