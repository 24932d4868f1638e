# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""How far clones of the same beginning have grown apart, as git compares them."""

import re
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from ossay.model.kin import Distance, Kin
from ossay.model.snapshot import Snapshot
from ossay.model.tree import Unreadable
from ossay.source.history import history_of
from ossay.source.process import GitStuck, start
from ossay.source.refs import OID
from ossay.source.repository import Repository

MOST_COMPARED = 5_000
"""Commits apart up to which each is compared with each: that takes their content."""

_SECONDS = 60.0
_LARGEST_ANSWER = 20_000_000

_MENDS = re.compile(
    rb"(?i)\b(?:fix(?:es|ed)?|bug-?fix(?:es)?|hotfix|cve-\d{4}-\d+|security"
    rb"|vulnerabilit(?:y|ies)|regressions?)\b"
)


def first_commit_of(repository: Repository, snapshot: Snapshot) -> str:
    """Return where the main line of *snapshot* began."""
    [first] = deque(history_of(repository, snapshot).main_line(), maxlen=1)
    return first


def kin_of(
    repository: Repository, snapshot: Snapshot, others: Sequence[Repository]
) -> Kin:
    """Return those of *others*, which share the first commit, as kin of *snapshot*."""
    return Clones(repository, snapshot, others)


class Clones:
    """A `Kin` over the clones of a workshop; nothing is fetched from one to another."""

    def __init__(
        self, repository: Repository, snapshot: Snapshot, others: Sequence[Repository]
    ) -> None:
        self._repository = repository
        self._snapshot = snapshot
        self._others = {other.url: other for other in others}
        self._is_settled = True
        self._distances: dict[str, Distance | Unreadable] = {}

    def addresses(self) -> tuple[str, ...]:
        """The addresses of what shares the first commit, in order."""
        return tuple(sorted(self._others))

    def distance_to(self, address: str) -> Distance | Unreadable:
        """Tell how far the main branch at one of `addresses` is."""
        if address not in self._distances:
            told = self._compared(address, "--count")
            self._distances[address] = (
                told if isinstance(told, Unreadable) else _distance(told)
            )
        return self._distances[address]

    def fixes_at(self, address: str) -> tuple[str, ...] | Unreadable:
        """Return commits of that branch that mend something and have no equal here."""
        distance = self.distance_to(address)
        if isinstance(distance, Unreadable):
            return distance
        if distance.ahead + distance.behind > MOST_COMPARED:
            return Unreadable(why=f"more than {MOST_COMPARED:,} changes lie between")
        if not distance.behind:
            return ()
        told = self._compared(
            address, "--right-only", "--cherry-pick", "--no-merges", "--format=%H %s"
        )
        if isinstance(told, Unreadable):
            return told
        lines = told.split(b"\n")[1::2]
        return tuple(
            name.decode()
            for name, _, subject in (line.partition(b" ") for line in lines)
            if _MENDS.search(subject)
        )

    def is_settled(self) -> bool:
        """Tell whether nothing was missing or damaged of what was asked so far."""
        return self._is_settled

    def _compared(self, address: str, *how: str) -> bytes | Unreadable:
        """Return what git says of commits that are on one side alone."""
        other = self._others[address]
        main = other.head if OID.fullmatch(other.head.encode()) else None
        theirs = main or other.ref(other.head)
        if theirs is None:
            return Unreadable(why="it names no main branch")
        if other.shallow:
            return Unreadable(why="its history is not complete (a shallow clone)")
        git = start(
            *("rev-list", "--left-right", *how),
            f"{self._snapshot.commit}...{theirs}",
            folder=self._repository.folder,
            extra={"GIT_ALTERNATE_OBJECT_DIRECTORIES": _quoted(other.folder)},
            seconds=_SECONDS,
        )
        told = bytearray()
        try:
            git.tell(b"", and_no_more=True)
            for chunk in git.chunks():
                told += chunk
                if len(told) > _LARGEST_ANSWER:
                    return Unreadable(why="the two have too little in common")
            if git.finish() != 0:
                self._is_settled = False
                return Unreadable(why="something of the two is missing or damaged")
        except GitStuck:
            self._is_settled = False
            return Unreadable(why="the two took too long to compare")
        finally:
            git.stop()
        return bytes(told)


def _distance(told: bytes) -> Distance:
    ahead, behind = told.split()
    return Distance(ahead=int(ahead), behind=int(behind))


def _quoted(folder: Path) -> str:
    """Return where objects are so that git takes no part of it for a separator."""
    path = str(folder / "objects").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{path}"'
