# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
When releases came out, read from the tags that name a version.

Counted are releases up to the commit assessed: tags as old as it, and younger
ones on its own history, since a tag is often set a while after its commit. A
date later than the commit's counts as the commit's. Tags on one commit are one
release; pre-releases are none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import PurePosixPath
from statistics import median

from ossay.collect._period import (
    YEAR,
    day_of,
    why_uncountable,
    why_unsettled,
)
from ossay.model.collector import Collector, Given
from ossay.model.evidence import Answered, Combine, Fact, Item, Worse
from ossay.model.history import History, Tag
from ossay.model.releases import Release, latest_release, own_releases, read_release
from ossay.model.snapshot import Snapshot

LATEST_RELEASE_ON = Fact(
    name="stewardship.latest_release_on",
    kind=date,
    asks="When did the latest release come out?",
    combine=Combine.WORST,
)
LATEST_RELEASE = Fact(
    name="stewardship.latest_release",
    kind=str,
    asks="What is the latest release called?",
    combine=Combine.UNION,
)
RELEASES_LAST_TWO_YEARS = Fact(
    name="stewardship.releases_last_two_years",
    kind=int,
    unit="releases",
    asks="How many releases came out in the two years up to this version?",
    combine=Combine.WORST,
)
MEDIAN_DAYS_BETWEEN_RELEASES = Fact(
    name="stewardship.median_days_between_releases",
    kind=int,
    unit="days",
    asks="How many days usually passed from one release to the next in the five years "
    "up to this version?",
    combine=Combine.WORST,
    worse=Worse.HIGHER,
)
RELEASE_SIGNED = Fact(
    name="security.release_signed",
    kind=bool,
    asks="Does the tag of the latest release carry a signature?",
    combine=Combine.ALL,
)
LONGEST_DAYS_BETWEEN_RELEASES = Fact(
    name="stewardship.longest_days_between_releases",
    kind=int,
    unit="days",
    asks="How many days at most passed from one release to the next in the five years "
    "up to this version?",
    combine=Combine.WORST,
    worse=Worse.HIGHER,
)
UNSIGNED_RELEASES_LAST_TWO_YEARS = Fact(
    name="security.unsigned_releases_last_two_years",
    kind=int,
    unit="releases",
    asks="How many releases of the two years up to this version have a tag that "
    "carries no signature?",
    combine=Combine.WORST,
    worse=Worse.HIGHER,
)

FACTS = (
    LATEST_RELEASE_ON,
    LATEST_RELEASE,
    RELEASES_LAST_TWO_YEARS,
    MEDIAN_DAYS_BETWEEN_RELEASES,
    RELEASE_SIGNED,
    LONGEST_DAYS_BETWEEN_RELEASES,
    UNSIGNED_RELEASES_LAST_TWO_YEARS,
)


def collect(given: Given) -> Iterator[Answered]:
    """Answer from the tags; commits are walked over only for tags that are late."""
    why = why_uncountable(given)
    if why or given.history is None:
        yield from (fact.unknown(why) for fact in FACTS)
        return
    releases = releases_until(given.history, given.snapshot)
    if unread := why_unsettled(given.history):
        yield from (fact.unknown(unread) for fact in FACTS)
        return
    names = series_looked_at(releases, given.snapshot)
    tags = [r.tag for r in releases]
    yield from _latest(latest_release(tags, *names))
    own = own_releases(tags, *names)
    yield from _rhythm(own, day_of(given.snapshot.committed_at))


def releases_until(history: History, snapshot: Snapshot) -> list[Release]:
    """Return the releases up to *snapshot*, none of them dated later."""
    end = snapshot.committed_at
    found = [r for tag in history.tags() if (r := read_release(tag))]
    late = {r.tag.commit for r in found if r.tag.tagged_at > end}
    of_this = history.among(late) if late else frozenset()
    return [
        r if r.tag.tagged_at <= end else _dated_on(r, end)
        for r in found
        if r.tag.tagged_at <= end or r.tag.commit in of_this
    ]


def _dated_on(release: Release, moment: datetime) -> Release:
    return replace(release, tag=replace(release.tag, tagged_at=moment))


def series_looked_at(releases: Sequence[Release], snapshot: Snapshot) -> list[str]:
    """Return what may name the package looked at: its folder, then its own tags."""
    own = [r.series for r in releases if r.tag.commit == snapshot.commit]
    asked = [r.series for r in releases if f"refs/tags/{r.tag.name}" == snapshot.ref]
    folder = PurePosixPath(snapshot.path).name
    return [folder, *asked, *own] if folder else [*asked, *own]


def _latest(tag: Tag | None) -> Iterator[Answered]:
    if tag is None:
        none = "no tag of the repository names a release"
        for fact in (LATEST_RELEASE_ON, LATEST_RELEASE, RELEASE_SIGNED):
            yield fact.inapplicable(none)
        return
    item = _item(tag)
    yield LATEST_RELEASE_ON.found(day_of(tag.tagged_at), [item])
    yield LATEST_RELEASE.found(tag.name, [item])
    yield RELEASE_SIGNED.found(tag.is_signed, [_item(tag, _signature(tag))])


def _item(tag: Tag, note: str = "") -> Item:
    """Name a tag in full: its short name could be that of a file."""
    return Item(subject=f"refs/tags/{tag.name}", note=note)


def _signature(tag: Tag) -> str:
    if tag.is_signed:
        return "the tag carries a signature, which was not checked"
    if tag.is_annotated:
        return "the tag carries no signature"
    return "a lightweight tag, which cannot carry a signature"


def _rhythm(releases: Sequence[Release], end: date) -> Iterator[Answered]:
    """
    Tags on one commit are one release, which goes by its highest version; a version
    that is tagged again is no other one.
    """
    newest_first = sorted(releases, key=lambda r: r.tag.tagged_at, reverse=True)
    by_version = {r.order: r for r in newest_first}
    highest_last = sorted(by_version.values(), key=lambda r: r.order)
    by_commit = {r.tag.commit: r.tag for r in highest_last}
    came_out = [(day_of(tag.tagged_at), tag) for tag in by_commit.values()]
    recent = sorted(
        ((day, tag.name, tag) for day, tag in came_out if day > end - 2 * YEAR),
        reverse=True,
    )
    items = [_item(tag, day.isoformat()) for day, _, tag in recent]
    yield RELEASES_LAST_TWO_YEARS.found(len(recent), items)
    bare = [_item(tag, _signature(tag)) for _, _, tag in recent if not tag.is_signed]
    if recent:
        yield UNSIGNED_RELEASES_LAST_TWO_YEARS.found(len(bare), bare)
    else:
        why = "no release came out in those two years"
        yield UNSIGNED_RELEASES_LAST_TWO_YEARS.inapplicable(why)
    # Over all of a long history, its first years would tell today's rhythm.
    days = sorted({day for day, _ in came_out if day > end - 5 * YEAR})
    if len(days) < 2:
        why = "there are no two days in those years on which a release came out"
        yield MEDIAN_DAYS_BETWEEN_RELEASES.inapplicable(why)
        yield LONGEST_DAYS_BETWEEN_RELEASES.inapplicable(why)
        return
    waits = [(after - before).days for before, after in pairwise(days)]
    yield MEDIAN_DAYS_BETWEEN_RELEASES.found(round(median(waits)))
    longest = max(waits)
    after = days[waits.index(longest) + 1]
    said = f"the first in {longest} days, on {after.isoformat()}"
    items = [_item(tag, said) for day, tag in came_out if day == after][:1]
    yield LONGEST_DAYS_BETWEEN_RELEASES.found(longest, items)


COLLECTOR = Collector(facts=FACTS, collect=collect, reads_history=True)
