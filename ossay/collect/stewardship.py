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
from datetime import UTC, date, datetime

from ossay.collect._period import YEAR, day_of, not_after, why_uncountable
from ossay.model.collector import Collector, Given
from ossay.model.evidence import Answered, Combine, Fact, Worse
from ossay.model.history import Commit, History

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
    asks="When did a person last change something?",
    combine=Combine.WORST,
)
COMMITS_LAST_YEAR = Fact(
    name="stewardship.commits_last_year",
    kind=int,
    unit="commits",
    asks="How many changes did people make in the year before this state?",
    combine=Combine.WORST,
)
CONTRIBUTORS_LAST_YEAR = Fact(
    name="stewardship.contributors_last_year",
    kind=int,
    unit="people",
    asks="How many people, told apart by mail address, made changes in the year before "
    "this state?",
    combine=Combine.WORST,
)
ABSENCE_FACTOR = Fact(
    name="stewardship.absence_factor",
    kind=int,
    unit="people",
    asks="How few people made half of the changes in the year before this state?",
    combine=Combine.WORST,
)
ORGANISATIONS_LAST_YEAR = Fact(
    name="stewardship.organisations_last_year",
    kind=int,
    unit="domains",
    asks="From how many mail domains, public providers left out, did changes come in "
    "the year before this state?",
    combine=Combine.WORST,
)
NEWCOMERS_LAST_YEAR = Fact(
    name="stewardship.newcomers_last_year",
    kind=int,
    unit="people",
    asks="How many people made their first change in the year before this state?",
    combine=Combine.WORST,
)

FACTS = (
    FIRST_COMMIT_ON,
    LAST_COMMIT_ON,
    COMMITS_LAST_YEAR,
    CONTRIBUTORS_LAST_YEAR,
    ABSENCE_FACTOR,
    ORGANISATIONS_LAST_YEAR,
    NEWCOMERS_LAST_YEAR,
)

DATED = datetime(1970, 1, 2, tzinfo=UTC)
"""Before it, git's clock starts: what imports write for commits without a date."""


@dataclass(slots=True)
class Activity:
    """
    What one walk over the history remembers. It never leaves this module.

    Attributes:
        by_author: Commits of the year by the number that stands for a person.
        known: Who wrote anything before that year.
    """

    first: tuple[datetime, str] | None = None
    last: tuple[datetime, str] | None = None
    by_author: Counter[int] = field(default_factory=Counter)
    organisations: set[str] = field(default_factory=set)
    known: set[int] = field(default_factory=set)

    def add(self, commit: Commit, end: datetime) -> None:
        """Take in one commit of a history that ends at *end*."""
        moment = not_after(commit.committed_at, end)
        seen = (moment, commit.name)
        if moment >= DATED:
            self.first = min(self.first or seen, seen)
        if commit.is_bot:
            return
        self.last = max(self.last or seen, seen)
        if moment <= end - YEAR:
            self.known.add(commit.author)
        elif not commit.is_merge:
            self.by_author[commit.author] += 1
            if commit.organisation:
                self.organisations.add(commit.organisation)


def collect(given: Given) -> Iterator[Answered]:
    """Walk over the history once, and answer from what was counted."""
    why = why_uncountable(given)
    if why or given.history is None:
        yield from (fact.unknown(why) for fact in FACTS)
        return
    seen = _activity(given.history, given.snapshot.committed_at)
    yield _dated(FIRST_COMMIT_ON, seen.first, "no commit says when it was made")
    yield _dated(LAST_COMMIT_ON, seen.last, "no commit was made by a person")
    yield COMMITS_LAST_YEAR.found(seen.by_author.total())
    yield CONTRIBUTORS_LAST_YEAR.found(len(seen.by_author))
    if seen.by_author:
        yield ABSENCE_FACTOR.found(absence_factor(list(seen.by_author.values())))
    else:
        yield ABSENCE_FACTOR.inapplicable("nobody made a change in that year")
    yield ORGANISATIONS_LAST_YEAR.found(len(seen.organisations))
    yield NEWCOMERS_LAST_YEAR.found(len(seen.by_author.keys() - seen.known))


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


def _activity(history: History, end: datetime) -> Activity:
    activity = Activity()
    for commit in history.commits():
        activity.add(commit, end)
    return activity


def _dated(
    fact: Fact[date], seen: tuple[datetime, str] | None, why_not: str
) -> Answered:
    if seen is None:
        return fact.inapplicable(why_not)
    moment, commit = seen
    return fact.found(day_of(moment), where=commit)


COLLECTOR = Collector(facts=FACTS, collect=collect, reads_history=True)
