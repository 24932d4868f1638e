# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The files of earlier commits, as far as somebody asks for them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ossay.model.tree import Entry, Tree, Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A commit of the main line, and when it was committed."""

    commit: str
    committed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Commits that *tips* lead to and *without* do not; the tips are among them."""

    tips: tuple[str, ...]
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """
    A content that a commit gave a file.

    Attributes:
        before: The content that the file had before, in the first parent; "" for none.
    """

    path: str
    oid: str
    before: str
    commit: str
    committed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """
    What commits brought, and which of them were not looked at yet.

    Attributes:
        versions: Of regular files; those of the newest commits first.
        commits: How many commits were looked at.
        left: The other ones.
        commits_left: How many those are.
    """

    versions: tuple[Version, ...]
    commits: int
    left: tuple[Stretch, ...]
    commits_left: int


class Earlier(Protocol):
    """What files were like in commits before the one that is looked at."""

    def top_files(
        self, commits: Iterable[str]
    ) -> Iterator[tuple[str, tuple[Entry, ...] | Unreadable]]:
        """
        Yield the files at the top of each of *commits*, and those in `LICENSES/`.

        Sizes are not told; ask `holding`.
        """

    def changed_since(self, commit: str) -> tuple[Entry, ...] | Unreadable:
        """
        Return the files of *commit* that have other content now, as they were.

        Those that are not there any more, or were not yet, are left out.
        """

    def steps_that_touched(
        self, names: Iterable[str], since: str
    ) -> tuple[Step, ...] | Unreadable:
        """
        Return the commits of the main line that changed one of *names*, newest first.

        The main line leads from the snapshot's commit to its first parent and so on;
        what a merge brought into it was changed by the merge. *names* are of files
        and folders at the top. With *since*, a commit of that line, only those after
        it are told; "" is from the beginning.
        """

    def holding(self, entries: Iterable[Entry]) -> Tree:
        """Return a tree of *entries* alone."""

    def brought(
        self, stretches: Iterable[Stretch], enough: int, at_most: int
    ) -> Brought | Unreadable:
        """
        Return what the commits of *stretches* brought, the newest commits first.

        No commit is looked at in part. Once there are *enough* versions of files, or
        the next commit would make more than *at_most* of them, the commits that are
        left are told: asked about those, it goes on. A merge brought what none of its
        parents has.
        """

    def contents(
        self, oids: Iterable[str], at_most: int
    ) -> Iterator[bytes | Unreadable]:
        """Yield the content of each blob that has *at_most* so many bytes, in order."""

    def is_settled(self) -> bool:
        """Tell whether nothing asked for so far was missing or damaged."""
