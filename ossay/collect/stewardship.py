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

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from ossay.collect._period import (
    CLOCK_SKEW,
    YEAR,
    day_of,
    not_after,
    why_uncountable,
    why_unsettled,
)
from ossay.model.collector import Collector, Given
from ossay.model.evidence import Answered, Combine, Fact, Worse
from ossay.model.history import DATED, Commit, History
from ossay.model.snapshot import Snapshot

FIRST_COMMIT_ON = Fact(
    name="stewardship.first_commit_on",
    kind=date,
    asks="When was the first change recorded?",
    combine=Combine.WORST,
    worse=Worse.HIGHER,
)
LAST_COMMIT_ON = Fact(
    name="stewardship.last_commit_on",
    kind=date,
    asks="When did a person make the last change that is in this version?",
    combine=Combine.WORST,
)
LAST_ACTIVE_ON = Fact(
    name="stewardship.last_active_on",
    kind=date,
    asks="When did a person last change this version or the main branch?",
    combine=Combine.WORST,
)
COMMITS_LAST_YEAR = Fact(
    name="stewardship.commits_last_year",
    kind=int,
    unit="commits",
    asks="How many changes did people make in the year up to this version?",
    combine=Combine.WORST,
)
CONTRIBUTORS_LAST_YEAR = Fact(
    name="stewardship.contributors_last_year",
    kind=int,
    unit="people",
    asks="How many people made changes in the year up to this version?",
    combine=Combine.WORST,
)
ABSENCE_FACTOR = Fact(
    name="stewardship.absence_factor",
    kind=int,
    unit="people",
    asks="How many people, the most active first, made half of the changes in the year "
    "up to this version?",
    combine=Combine.WORST,
)
MAIL_DOMAINS_LAST_YEAR = Fact(
    name="stewardship.mail_domains_last_year",
    kind=int,
    unit="domains",
    asks="From how many mail domains did people make changes in the year up to this "
    "version, mail providers left out?",
    combine=Combine.WORST,
)
NEWCOMERS_LAST_YEAR = Fact(
    name="stewardship.newcomers_last_year",
    kind=int,
    unit="people",
    asks="How many people made their first change in the year up to this version?",
    combine=Combine.WORST,
)

FACTS = (
    FIRST_COMMIT_ON,
    LAST_COMMIT_ON,
    COMMITS_LAST_YEAR,
    CONTRIBUTORS_LAST_YEAR,
    ABSENCE_FACTOR,
    MAIL_DOMAINS_LAST_YEAR,
    NEWCOMERS_LAST_YEAR,
    LAST_ACTIVE_ON,
)


@dataclass(slots=True)
class Year:
    """
    What people did in the year up to a moment. It never leaves this module.

    Attributes:
        by_author: Changes by the number that stands for a person.
    """

    first: tuple[datetime, str] | None = None
    last: tuple[datetime, str] | None = None
    by_author: Counter[int] = field(default_factory=Counter)
    organisations: set[str] = field(default_factory=set)

    def add(self, commit: Commit, end: datetime) -> None:
        """Take in one commit of a year that ends at *end*."""
        seen = (not_after(commit.committed_at, end), commit.name)
        if seen[0] >= DATED and (self.first is None or seen < self.first):
            self.first = seen
        if commit.is_bot:
            return
        if self.last is None or seen > self.last:
            self.last = seen
        if not commit.is_merge:
            self.by_author[commit.author] += 1
            if commit.organisation:
                self.organisations.add(commit.organisation)


def collect(given: Given) -> Iterator[Answered]:
    """Walk over the commits of a year, and ask what those before it come to."""
    why = why_uncountable(given)
    if why or given.history is None:
        yield from (fact.unknown(why) for fact in FACTS)
        return
    end = given.snapshot.committed_at
    before = given.history.until(end - YEAR)
    year = _year(given.history, end)
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
    yield MAIL_DOMAINS_LAST_YEAR.found(len(year.organisations))
    yield NEWCOMERS_LAST_YEAR.found(len(year.by_author.keys() - before.people))
    last = year.last or before.last
    yield _last_active(given.history, given.snapshot, last)


def absence_factor(commits: list[int]) -> int:
    """
    Return how few people made half of the *commits*, given each one's number.

    CHAOSS, Contributor Absence Factor: the most active first, until half of the
    whole is reached.
    """
    total, reached = sum(commits), 0
    for people, number in enumerate(sorted(commits, reverse=True), start=1):
        reached += number
        if 2 * reached >= total:
            return people
    return 0


def _year(history: History, end: datetime) -> Year:
    year = Year()
    for commit in history.since(end - YEAR):
        year.add(commit, end)
    return year


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
