# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The files of earlier commits, as far as somebody asks for them."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from ossay.model.tree import Entry, Tree, Unreadable


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

    def holding(self, entries: Iterable[Entry]) -> Tree:
        """Return a tree of *entries* alone."""

    def is_settled(self) -> bool:
        """Tell whether nothing asked for so far was missing or damaged."""
