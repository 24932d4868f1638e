# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Who changed what when, without saying who: people are numbers here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

DATED = datetime(1970, 1, 2, tzinfo=UTC)
"""Before it, git's clock starts: what imports write for commits without a date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """
    One commit, its author reduced to what stewardship facts need.

    Attributes:
        author: A number that means one person within this history, after the
            repository's .mailmap; never kept, means nothing elsewhere.
        organisation: Domain of the author's mail address; "" for addresses of
            public mail providers and forges' no-reply addresses.
        is_bot: Whether a program wrote it, as far as its name tells.
        is_signed: Whether the commit carries a signature (not checked).
        is_signed_off: Whether its message holds a line "Signed-off-by:".
        is_by_forge: Whether a forge made the commit, on somebody's click; a
            signature is the forge's then.
    """

    name: str
    committed_at: datetime
    author: int
    organisation: str
    is_bot: bool
    is_merge: bool
    is_signed: bool
    is_signed_off: bool
    is_by_forge: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """
    What many commits come to, without each of them.

    Attributes:
        first: When and in which commit it began; commits without a date are left out.
        last: When a person last made one, and which.
        people: The numbers of those who made any.
    """

    first: tuple[datetime, str] | None
    last: tuple[datetime, str] | None
    people: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """
    One tag.

    Attributes:
        name: Without ``refs/tags/``.
        commit: The commit it leads to, through tags of tags.
        tagged_at: The tagger's date, or the commit's for a lightweight tag.
        is_signed: Whether the tag object carries a signature (not checked).
    """

    name: str
    commit: str
    tagged_at: datetime
    is_annotated: bool
    is_signed: bool


class History(Protocol):
    """The commits that led to a snapshot, what came after, and the tags."""

    def is_complete(self) -> bool:
        """Tell whether all commits are there (not a shallow clone)."""

    def commits(self) -> Iterator[Commit]:
        """Every ancestor of the snapshot's commit, itself first."""

    def count(self) -> int:
        """How many those are."""

    def main_line(self) -> Iterator[str]:
        """Yield the name of the snapshot's commit, its first parent's, and so on."""

    def among(self, names: Iterable[str]) -> frozenset[str]:
        """Those of *names* that are of the snapshot's commit or an ancestor."""

    def since(self, moment: datetime) -> Iterator[Commit]:
        """Those of them that were committed after *moment*, in no order."""

    def until(self, moment: datetime) -> Past:
        """What those come to that were committed by *moment*."""

    def after(self) -> Iterator[Commit] | None:
        """
        Every commit of the default branch that the snapshot's does not build on.

        None where the repository names no default branch. Authors are numbered
        anew.
        """

    def tags(self) -> tuple[Tag, ...]:
        """Every tag that leads to a commit, newest first."""

    def is_settled(self) -> bool:
        """Tell whether nothing was missing or damaged of what was asked so far."""
