# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
When releases came out, read from the tags that name a version.

Counted are releases up to the commit assessed: tags as old as it, and younger
ones on its own history, since a tag is often set a while after its commit. A
date later than the commit's counts as the commit's. Tags on one commit are one
release; pre-releases are none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from ossay.collect._period import YEAR, day_of, not_after, why_uncountable
from ossay.model.collector import Collector, Given
from ossay.model.evidence import Answered, Combine, Fact, Item, Worse
from ossay.model.history import History, Tag
from ossay.model.snapshot import Snapshot

LONGEST_NAME = 100
"""Characters of a tag's name that is read as a version."""

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

FACTS = (
    LATEST_RELEASE_ON,
    LATEST_RELEASE,
    RELEASES_LAST_TWO_YEARS,
    MEDIAN_DAYS_BETWEEN_RELEASES,
    RELEASE_SIGNED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A tag that names a version, and the day it came out."""

    tag: Tag
    day: date


def collect(given: Given) -> Iterator[Answered]:
    """Answer from the tags; commits are walked over only for tags that are late."""
    why = why_uncountable(given)
    if why or given.history is None:
        yield from (fact.unknown(why) for fact in FACTS)
        return
    releases = releases_of(given.history, given.snapshot)
    yield from _latest(releases)
    yield from _rhythm(releases, day_of(given.snapshot.committed_at))


def is_release(name: str) -> bool:
    """
    Tell whether a tag's *name* is that of a final version.

    What stands before the numbers may be any name ("curl-8_9_1"); what follows
    them has to be known for final, since "-beta" and "-customer" are not. One
    number alone is a version only where the name says so ("v5", "jdk-21-ga").
    """
    read = _VERSION.fullmatch(name.casefold()) if len(name) <= LONGEST_NAME else None
    if read is None or _EARLY.search(read["before"]):
        return False
    if not read["numbers"].isdecimal() or read["final"]:
        return True
    return _SAYS_SO.search(read["before"]) is not None


def releases_of(history: History, snapshot: Snapshot) -> list[Release]:
    """Return the releases up to *snapshot*, one for each commit, newest first."""
    end = snapshot.committed_at
    tags = [t for t in history.tags() if is_release(t.name)]
    late = {t.commit for t in tags if t.tagged_at > end}
    of_this = {c.name for c in history.commits() if c.name in late} if late else set()
    by_commit: dict[str, Release] = {}
    for tag in sorted(tags, key=_version):
        if tag.tagged_at <= end or tag.commit in of_this:
            day = day_of(not_after(tag.tagged_at, end))
            by_commit[tag.commit] = Release(tag=tag, day=day)
    newest_last = sorted(by_commit.values(), key=lambda r: (r.day, _version(r.tag)))
    return newest_last[::-1]


def latest_of(releases: Sequence[Release]) -> Release:
    """
    Return the highest version of the newest release's year and series.

    So maintenance of an older line does not pass for the latest release, nor does
    a higher number of long ago. A snapshot's ref is chosen by the same rule.
    """
    newest = releases[0]
    return max(
        (
            r
            for r in releases
            if newest.day - r.day <= YEAR and _series(r.tag) == _series(newest.tag)
        ),
        key=lambda r: _version(r.tag),
    )


def _latest(releases: Sequence[Release]) -> Iterator[Answered]:
    if not releases:
        none = "no tag of the repository names a release"
        for fact in (LATEST_RELEASE_ON, LATEST_RELEASE, RELEASE_SIGNED):
            yield fact.inapplicable(none)
        return
    latest = latest_of(releases)
    yield LATEST_RELEASE_ON.found(latest.day, [_item(latest.tag)])
    yield LATEST_RELEASE.found(latest.tag.name, [_item(latest.tag)])
    item = _item(latest.tag, _signature(latest.tag))
    yield RELEASE_SIGNED.found(latest.tag.is_signed, [item])


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
    recent = [r for r in releases if r.day > end - 2 * YEAR]
    items = [_item(r.tag, r.day.isoformat()) for r in recent]
    yield RELEASES_LAST_TWO_YEARS.found(len(recent), items)
    # Over all of a long history, its first years would tell today's rhythm.
    days = sorted({r.day for r in releases if r.day > end - 5 * YEAR})
    if len(days) < 2:
        why = "there are no two days in those years on which a release came out"
        yield MEDIAN_DAYS_BETWEEN_RELEASES.inapplicable(why)
        return
    waits = [(after - before).days for before, after in pairwise(days)]
    yield MEDIAN_DAYS_BETWEEN_RELEASES.found(round(median(waits)))


def _version(tag: Tag) -> tuple[list[int], str]:
    """Return what tells the higher of two versions; equal ones go by their names."""
    return [int(n) for n in re.findall(r"[0-9]{1,9}", tag.name)], tag.name


def _series(tag: Tag) -> str:
    """Return what stands before the version: tags of several packages may mix."""
    return re.split(r"v?[0-9]", tag.name.casefold(), maxsplit=1)[0]


_VERSION = re.compile(
    r"(?P<before>|.{0,80}?[^0-9])"
    r"(?P<numbers>[0-9]{1,9}(?:[._-][0-9]{1,9}){0,6})"
    r"(?P<final>[._-]?(?:final|ga|release|rel|stable|lts))?"
    r"(?:[._-]?(?:sp|p|pl|patch|post|r|rev|hf|hotfix)[._-]?[0-9]{1,9})?"
    r"[a-z]?"
    r"(?:\+[0-9a-z.-]{1,40})?"
)
_SAYS_SO = re.compile(r"(?:^|[^a-z])(?:v|ver|version|r|rel|release)[._-]?$")
_EARLY = re.compile(
    r"(?<![a-z])(?:"
    r"after|alpha|archive|backup|before|beta|branch|build|canary|candidate|ci|"
    r"daily|deploy|dev|devel|draft|edge|experimental|insider|merge|milestone|"
    r"nightly|old|pre|prerelease|preview|qa|rc|snapshot|staging|test|testing|tmp|"
    r"unstable|weekly"
    r")(?![a-z])"
)
"""Words before a version that make it no release, or none yet."""

COLLECTOR = Collector(facts=FACTS, collect=collect, reads_history=True)
