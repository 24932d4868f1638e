# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The versions that came before the one that is looked at.

They are its releases, in the order of their versions: a licence is changed for new
versions, and older ones that are kept up after that stay as they were. Where there
are no releases, it is the last state of each year before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ossay.collect._period import YEAR, day_of
from ossay.collect.releases import releases_until, series_looked_at
from ossay.model.history import History
from ossay.model.releases import Release, own_releases
from ossay.model.snapshot import Snapshot

MOST_RELEASES = 1_000
"""Those with the highest versions are looked at."""

MOST_YEARS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """
    A commit as people call it.

    Attributes:
        name: As it is put into a sentence ("version 7.2.4").
        subject: The full name of its tag, or that of the commit.
    """

    name: str
    subject: str
    commit: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """
    What is compared.

    Attributes:
        before: Oldest first.
        missed: Why there may be more; "" if there are none.
    """

    before: tuple[Version, ...]
    this: Version
    missed: str = ""


def versions(history: History, snapshot: Snapshot) -> Versions:
    """Return the versions up to *snapshot*."""
    until = releases_until(history, snapshot)
    names = series_looked_at(until, snapshot)
    releases = own_releases([release.tag for release in until], *names)
    here = [r for r in releases if r.tag.commit == snapshot.commit]
    this = max(here, key=lambda r: r.order, default=None)
    if not releases:
        return Versions(before=tuple(_years(history, snapshot)), this=_state(snapshot))
    by_order = {
        r.order: r
        for r in sorted(releases, key=lambda r: r.tag.tagged_at)
        if r.tag.commit != snapshot.commit and (this is None or r.order < this.order)
    }
    ranked = [by_order[order] for order in sorted(by_order)]
    missed = f"only the {MOST_RELEASES:,} highest versions were looked at"
    return Versions(
        before=tuple(map(_version, ranked[-MOST_RELEASES:])),
        this=_state(snapshot) if this is None else _version(this),
        missed=missed if len(ranked) > MOST_RELEASES else "",
    )


def _version(release: Release) -> Version:
    tag = release.tag
    return Version(
        name=f"version {tag.name}",
        subject=f"refs/tags/{tag.name}",
        commit=tag.commit,
        on=day_of(tag.tagged_at),
    )


def _state(snapshot: Snapshot) -> Version:
    return Version(
        name="this state",
        subject=snapshot.commit,
        commit=snapshot.commit,
        on=day_of(snapshot.committed_at),
    )


def _years(history: History, snapshot: Snapshot) -> Iterator[Version]:
    """Yield the last state of each year before *snapshot*, oldest first."""
    found: list[Version] = []
    for years in range(1, MOST_YEARS + 1):
        last = history.until(snapshot.committed_at - years * YEAR).last
        if last is None:
            break
        moment, commit = last
        if not found or found[-1].commit != commit:
            found.append(
                Version(
                    name="the state", subject=commit, commit=commit, on=day_of(moment)
                )
            )
    yield from reversed(found)
