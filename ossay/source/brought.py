# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What commits brought: each content that one gave a file, as git tells of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from ossay.model.earlier import Brought, Stretch, Version
from ossay.model.tree import Unreadable
from ossay.source.refs import as_text

_FIRST, _AT_ONCE = 100, 1_000
"""Commits that git compares in the first go, and in a later one at most."""

_REGULAR = b"100"
"""How the mode of a regular file begins."""

_LATEST = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())


class Said(Protocol):
    """Puts a question to git, with what it is told, and returns what it says."""

    def __call__(self, *question: str, told: bytes = b"") -> bytes | Unreadable: ...


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    seconds: int
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Room:
    """How many versions are enough, and how many are too many."""

    enough: int
    at_most: int

    def has_none(self, count: int, new: int) -> bool:
        """Tell whether *new* versions have to wait; the first are never too many."""
        return count >= self.enough or 0 < count > self.at_most - new

    def is_full(self, count: int) -> bool:
        """Tell whether *count* are enough."""
        return count >= self.enough


def brought(
    said: Said, folder: str, stretches: Iterable[Stretch], enough: int, at_most: int
) -> Brought | Unreadable:
    """Return what the commits of *stretches* brought to *folder* ("" is all)."""
    room = _Room(enough, at_most)
    versions: list[Version] = []
    left: list[Stretch] = []
    done = left_over = 0
    for stretch in stretches:
        rows = _rows(said, stretch)
        if isinstance(rows, Unreadable):
            return rows
        count = _look_at(said, folder, rows, room, versions)
        if isinstance(count, Unreadable):
            return count
        done += count
        if count < len(rows):
            left.append(_rest(stretch, rows, count))
            left_over += len(rows) - count
    return Brought(
        versions=tuple(versions),
        commits=done,
        left=tuple(left),
        commits_left=left_over,
    )


def _rows(said: Said, stretch: Stretch) -> list[_Row] | Unreadable:
    """Return the commits of a stretch, none before all that build on it."""
    asked = [*stretch.tips, *(f"^{name}" for name in stretch.without)]
    told = said(
        *("rev-list", "--date-order", "--parents", "--timestamp", "--stdin"),
        told="".join(f"{name}\n" for name in asked).encode(),
    )
    if isinstance(told, Unreadable):
        return told
    words = (line.split(" ") for line in told.decode().splitlines())
    return [_Row(name, int(when), tuple(rest)) for when, name, *rest in words]


def _look_at(
    said: Said,
    folder: str,
    rows: Sequence[_Row],
    room: _Room,
    versions: list[Version],
) -> int | Unreadable:
    """Add to *versions* what *rows* brought; return how many were looked at."""
    start, at_once = 0, _FIRST
    while start < len(rows):
        if room.is_full(len(versions)):
            return start
        some = rows[start : start + at_once]
        told = said(
            *("diff-tree", "--stdin", "-r", "-c", "--root", "--raw", "-z"),
            *("--no-renames", "--no-abbrev", *(["--", folder] if folder else [])),
            told="".join(f"{row.name}\n" for row in some).encode(),
        )
        if isinstance(told, Unreadable):
            return told
        changes = _changes(told)
        for count, row in enumerate(some):
            found = changes.get(row.name, [])
            if found and room.has_none(len(versions), len(found)):
                return start + count
            moment = datetime.fromtimestamp(min(row.seconds, _LATEST), UTC)
            versions += (replace(each, committed_at=moment) for each in found)
        start, at_once = start + at_once, min(2 * at_once, _AT_ONCE)
    return len(rows)


def _changes(told: bytes) -> dict[str, list[Version]]:
    """Return the versions in what `git diff-tree --stdin -c -z` tells, by commit."""
    found: dict[str, list[Version]] = {}
    fields = iter(told.split(b"\0"))
    commit = ""
    for field in fields:
        if not field.startswith(b":"):
            commit = field.decode()
        elif version := _version(field, next(fields), commit):
            found.setdefault(commit, []).append(version)
    return found


def _version(head: bytes, path: bytes, commit: str) -> Version | None:
    """Return the content that a line tells of; None for links and what was deleted."""
    parents = len(head) - len(head.lstrip(b":"))
    words = head[parents:].split(b" ")
    mode, before, oid = words[parents], words[parents + 1], words[2 * parents + 1]
    if not mode.startswith(_REGULAR):
        return None
    return Version(
        path=as_text(path),
        oid=oid.decode(),
        before=before.decode() if before.strip(b"0") else "",
        commit=commit,
        committed_at=datetime.fromtimestamp(0, UTC),
    )


def _rest(stretch: Stretch, rows: Sequence[_Row], done: int) -> Stretch:
    """Return what is left of a stretch when *done* of its commits were looked at."""
    left = {row.name for row in rows[done:]}
    parents = (parent for row in rows[:done] for parent in row.parents)
    tips = dict.fromkeys((*stretch.tips, *parents))
    return replace(stretch, tips=tuple(name for name in tips if name in left))
