# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A history that is a list, and what a collector is given with it."""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from ossay.model.collector import Given
from ossay.model.history import DATED, Commit, Past, Tag
from tests.collect.trees import SNAPSHOT, DictTree

END = SNAPSHOT.committed_at


class ListHistory:
    """Commits and tags as they are listed."""

    def __init__(
        self,
        commits: Sequence[Commit] = (),
        tags: Sequence[Tag] = (),
        *,
        complete: bool = True,
        settled: bool = True,
        after: Sequence[Commit] | None = (),
    ) -> None:
        self._commits, self._tags = commits, tags
        self._complete, self._settled = complete, settled
        self._after = after

    def is_complete(self) -> bool:
        return self._complete

    def commits(self) -> Iterator[Commit]:
        yield from self._commits

    def count(self) -> int:
        return len(self._commits)

    def main_line(self) -> Iterator[str]:
        return (c.name for c in self._commits)

    def among(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset(names) & {c.name for c in self._commits}

    def since(self, moment: datetime) -> Iterator[Commit]:
        return (c for c in self._commits if c.committed_at > moment)

    def until(self, moment: datetime) -> Past:
        old = [c for c in self._commits if c.committed_at <= moment]
        by_people = [c for c in old if not c.is_bot]
        dated = [c for c in old if c.committed_at >= DATED]
        return Past(
            first=min(((c.committed_at, c.name) for c in dated), default=None),
            last=max(((c.committed_at, c.name) for c in by_people), default=None),
            people=frozenset(c.author for c in by_people),
        )

    def after(self) -> Iterator[Commit] | None:
        return None if self._after is None else iter(self._after)

    def tags(self) -> tuple[Tag, ...]:
        newest_first = sorted(self._tags, key=lambda t: t.tagged_at, reverse=True)
        return tuple(newest_first)

    def is_settled(self) -> bool:
        return self._settled


def commit(
    days_ago: float,
    author: int = 1,
    *,
    organisation: str = "",
    bot: bool = False,
    merge: bool = False,
    name: str = "",
    signed: bool = False,
    signed_off: bool = False,
    by_forge: bool = False,
) -> Commit:
    """Return a commit made so many days before the one assessed."""
    return Commit(
        name=name or f"{author}{days_ago}".encode().hex().ljust(40, "0")[:40],
        committed_at=at(days_ago),
        author=author,
        organisation=organisation,
        is_bot=bot,
        is_merge=merge,
        is_signed=signed,
        is_signed_off=signed_off,
        is_by_forge=by_forge,
    )


def tag(
    name: str, days_ago: float, *, signed: bool = False, annotated: bool = True
) -> Tag:
    """Return a tag set so many days before the commit assessed, on one of its own."""
    return Tag(
        name=name,
        commit=name.encode().hex().ljust(40, "0")[:40],
        tagged_at=at(days_ago),
        is_annotated=annotated,
        is_signed=signed,
    )


def at(days_ago: float) -> datetime:
    """Return the moment so many days before the commit assessed."""
    return END - timedelta(days=days_ago)


def given_history(
    history: ListHistory | None,
    *,
    shallow: bool = False,
    read_at: datetime | None = None,
    path: str = "",
) -> Given:
    """Return what a collector is given with *history*."""
    snapshot = dataclasses.replace(
        SNAPSHOT, shallow=shallow, taken_at=read_at or SNAPSHOT.taken_at, path=path
    )
    return Given(snapshot=snapshot, tree=DictTree({}), history=history)
