# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Who looks after the software, counted from its history; nobody is named.

A year is the 365 days that end with the commit assessed, so that the same commit
always gives the same answers. What programs wrote is left out, and so are merges,
which repeat work that other commits hold; CHAOSS' own panels for code changes
filter both (chaoss/grimoirelab-sigils). A merge does show that somebody is there:
it counts for the date of the last change, and for who was there before.
"""

from collections.abc import Iterator
from datetime import date, datetime

from ossay.collect._period import (
    CLOCK_SKEW,
    YEAR,
    day_of,
    why_uncountable,
    why_unsettled,
)
from ossay.collect.stewardship.facts import (
    ABSENCE_FACTOR,
    ACTIVE_MONTHS_LAST_YEAR,
    COMMITS_LAST_YEAR,
    CONTRIBUTORS_LAST_YEAR,
    CONTRIBUTORS_YEAR_BEFORE,
    CORE_DEPARTED_LAST_YEAR,
    DEPARTED_LAST_YEAR,
    FACTS,
    FIRST_COMMIT_ON,
    LAST_ACTIVE_ON,
    LAST_COMMIT_ON,
    MAIL_DOMAINS_LAST_YEAR,
    NEWCOMERS_LAST_YEAR,
    OF_CHANGES,
    ORGANISATION_ABSENCE_FACTOR,
)
from ossay.collect.stewardship.year import Year, absence_factor, two_years
from ossay.model.collector import Collector, Given
from ossay.model.evidence import Answered, Fact
from ossay.model.history import History
from ossay.model.snapshot import Snapshot


def collect(given: Given) -> Iterator[Answered]:
    """Walk over the commits of a year, and ask what those before it come to."""
    why = why_uncountable(given)
    if why or given.history is None:
        yield from (fact.unknown(why) for fact in FACTS)
        return
    end = given.snapshot.committed_at
    before = given.history.until(end - YEAR)
    year, year_before = two_years(given.history, end)
    if unread := why_unsettled(given.history):
        yield from (fact.unknown(unread) for fact in FACTS)
        return
    yield _dated(
        FIRST_COMMIT_ON, before.first or year.first, "no commit says when it was made"
    )
    yield _dated(
        LAST_COMMIT_ON, year.last or before.last, "no commit was made by a person"
    )
    yield COMMITS_LAST_YEAR.found(year.by_author.total())
    yield CONTRIBUTORS_LAST_YEAR.found(len(year.by_author))
    if year.by_author:
        yield ABSENCE_FACTOR.found(absence_factor(list(year.by_author.values())))
    else:
        yield ABSENCE_FACTOR.inapplicable("nobody made a change in that year")
    yield MAIL_DOMAINS_LAST_YEAR.found(len(year.by_organisation))
    yield NEWCOMERS_LAST_YEAR.found(len(year.by_author.keys() - before.people))
    last = year.last or before.last
    yield _last_active(given.history, given.snapshot, last)
    yield ACTIVE_MONTHS_LAST_YEAR.found(len(year.by_month))
    yield _organisations(year)
    yield from _departed(year, year_before)
    yield from _signed(year)


def _organisations(year: Year) -> Answered:
    """
    Tell how few organisations made half of the changes.

    Where addresses tell none, all of those changes may be the most active one's:
    the number that this would give is the least that it can be.
    """
    changes = year.by_author.total()
    told = list(year.by_organisation.values())
    untold = changes - sum(told)
    if not changes:
        return ORGANISATION_ABSENCE_FACTOR.inapplicable(
            "nobody made a change in that year"
        )
    why = f"the addresses of {untold} of {changes} changes tell no organisation"
    if 2 * untold >= changes:
        return ORGANISATION_ABSENCE_FACTOR.unknown(why)
    least = absence_factor([max(told) + untold, *sorted(told)[:-1]])
    is_known = untold == 0 or least == absence_factor([*told, *[1] * untold])
    return ORGANISATION_ABSENCE_FACTOR.found(least, missed="" if is_known else why)


def _departed(year: Year, before: Year) -> Iterator[Answered]:
    yield CONTRIBUTORS_YEAR_BEFORE.found(len(before.by_author))
    if not before.by_author:
        why = "nobody made a change in the year before"
        yield DEPARTED_LAST_YEAR.inapplicable(why)
        yield CORE_DEPARTED_LAST_YEAR.inapplicable(why)
        return
    there = year.by_author.keys()
    yield DEPARTED_LAST_YEAR.found(len(before.by_author.keys() - there))
    few = absence_factor(list(before.by_author.values()))
    core = sorted(before.by_author, key=lambda a: (-before.by_author[a], a in there))
    yield CORE_DEPARTED_LAST_YEAR.found(len(set(core[:few]) - there))


def _signed(year: Year) -> Iterator[Answered]:
    changes = year.by_author.total()
    counts = (year.signed, year.signed_by_forge, year.signed_off)
    for fact, count in zip(OF_CHANGES, counts, strict=True):
        if changes:
            yield fact.found(round(count / changes, 4))
        else:
            yield fact.inapplicable("nobody made a change in that year")


def _last_active(
    history: History, snapshot: Snapshot, last: tuple[datetime, str] | None
) -> Answered:
    """
    Look for a person's later change on the main branch.

    A release is a while older than the work that goes on. What is dated after the
    day of reading is left out: it would never grow old.
    """
    after = history.after()
    if after is None:
        return LAST_ACTIVE_ON.unknown("the repository names no main branch")
    latest = snapshot.taken_at + CLOCK_SKEW
    moments = [
        (c.committed_at, c.name)
        for c in after
        if not c.is_bot and c.committed_at <= latest
    ]
    newest = max(moments if last is None else [*moments, last], default=None)
    return _dated(LAST_ACTIVE_ON, newest, "no commit was made by a person")


def _dated(
    fact: Fact[date], seen: tuple[datetime, str] | None, why_not: str
) -> Answered:
    if seen is None:
        return fact.inapplicable(why_not)
    moment, commit = seen
    return fact.found(day_of(moment), where=commit)


COLLECTOR = Collector(facts=FACTS, collect=collect, reads_history=True)
