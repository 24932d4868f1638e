# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The questions about what software was forked from."""

from ossay.model.evidence import Combine, Fact, Worse

DECLARED_UPSTREAM = Fact(
    name="stewardship.declared_upstream",
    kind=tuple,
    asks="Which other software does the README say that this is a fork of?",
    combine=Combine.UNION,
)
OTHER_SOURCE_NAMED = Fact(
    name="stewardship.other_source_named",
    kind=tuple,
    asks="Which other repository do package manifests at the top name as the place of "
    "the source?",
    combine=Combine.UNION,
)
SHARED_HISTORY = Fact(
    name="stewardship.shared_history",
    kind=tuple,
    asks="With which other software that was looked at here does it share its first "
    "change?",
    combine=Combine.UNION,
)
CHANGES_SINCE_FORK = Fact(
    name="stewardship.changes_since_fork",
    kind=int,
    unit="changes",
    asks="How many changes of this version does the software not have that it was "
    "forked from, or shares its first change with?",
    combine=Combine.WORST,
    worse=Worse.HIGHER,
)
UPSTREAM_CHANGES_MISSING = Fact(
    name="stewardship.upstream_changes_missing",
    kind=int,
    unit="changes",
    asks="How many changes does this version not have that are on the main branch of "
    "the software that it was forked from, or shares its first change with?",
    combine=Combine.WORST,
    worse=Worse.HIGHER,
)
UPSTREAM_FIXES_MISSING = Fact(
    name="stewardship.upstream_fixes_missing",
    kind=int,
    unit="changes",
    asks="How many changes that say they fix something are on the main branch of the "
    "software that it was forked from, or shares its first change with, and have no "
    "equal in this version?",
    combine=Combine.WORST,
    worse=Worse.HIGHER,
)

OF_DISTANCE = (CHANGES_SINCE_FORK, UPSTREAM_CHANGES_MISSING, UPSTREAM_FIXES_MISSING)
FACTS = (DECLARED_UPSTREAM, OTHER_SOURCE_NAMED, SHARED_HISTORY, *OF_DISTANCE)
