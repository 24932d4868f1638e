# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What people did in a year, added up commit by commit."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from ossay.collect._period import YEAR, not_after
from ossay.model.history import DATED, Commit, History


@dataclass(slots=True)
class Year:
    """
    What people did in the year up to a moment. It never leaves this package.

    Attributes:
        by_author: Changes by the number that stands for a person.
        by_organisation: Changes by the domain that tells one.
        by_month: Changes by how many twelfths of a year before its end.
    """

    first: tuple[datetime, str] | None = None
    last: tuple[datetime, str] | None = None
    by_author: Counter[int] = field(default_factory=Counter)
    by_organisation: Counter[str] = field(default_factory=Counter)
    by_month: Counter[int] = field(default_factory=Counter)
    signed: int = 0
    signed_by_forge: int = 0
    signed_off: int = 0

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
            self.by_month[(end - seen[0]) * 12 // YEAR] += 1
            self.signed += commit.is_signed and not commit.is_by_forge
            self.signed_by_forge += commit.is_signed and commit.is_by_forge
            self.signed_off += commit.is_signed_off
            if commit.organisation:
                self.by_organisation[commit.organisation] += 1


def two_years(history: History, end: datetime) -> tuple[Year, Year]:
    """Return what people did in the year up to *end*, and in the one before."""
    year, year_before = Year(), Year()
    for commit in history.since(end - 2 * YEAR):
        is_late = commit.committed_at > end - YEAR
        (year if is_late else year_before).add(commit, end)
    return year, year_before


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
