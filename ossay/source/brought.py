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

_AT_ONCE = 1_000
"""Commits that git compares in one go."""

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


def brought(
    said: Said, folder: str, stretches: Iterable[Stretch], at_most: int
) -> Brought | Unreadable:
    """Return what the commits of *stretches* brought to *folder* ("" is all)."""
    versions: list[Version] = []
    left: list[Stretch] = []
    done = left_over = 0
    for stretch in stretches:
        rows = _rows(said, stretch)
        if isinstance(rows, Unreadable):
            return rows
        new = _looked_at(said, folder, rows, at_most - len(versions), not versions)
        if isinstance(new, Unreadable):
            return new
        count, found = new
        versions += found
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


def _looked_at(
    said: Said, folder: str, rows: Sequence[_Row], room: int, is_first: bool
) -> tuple[int, list[Version]] | Unreadable:
    """Return how many of *rows* were looked at, and what those brought."""
    versions: list[Version] = []
    for start in range(0, len(rows), _AT_ONCE):
        if room <= len(versions) and not (is_first and not versions):
            return start, versions
        some = rows[start : start + _AT_ONCE]
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
            is_alone = is_first and not versions
            if found and len(versions) + len(found) > room and not is_alone:
                return start + count, versions
            moment = datetime.fromtimestamp(min(row.seconds, _LATEST), UTC)
            versions += (replace(each, committed_at=moment) for each in found)
    return len(rows), versions


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
