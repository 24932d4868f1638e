# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
The lines that commits added, gathered into one file for each path.

All contents that curl's files ever had are 3.4 GB; the lines that came with them are
75 MB. The contents are read path by path, for git keeps those of one path as changes
to each other: that takes a third of the time of any other order.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from ossay.codec import from_json, to_json
from ossay.model.earlier import Earlier, Version
from ossay.model.tree import (
    BlobUnreadable,
    Entry,
    EntryKind,
    Scanner,
    Unreadable,
)

T = TypeVar("T")

LARGEST_VERSION = 4_000_000
"""Bytes of a content that is looked into; none of curl's 142,942 is larger."""

MOST_TEXT = 64_000_000
"""Bytes of lines that are gathered at once; what is beyond is counted as unread."""

MOST_READ = 2_000_000_000
"""Bytes of contents that are read at once."""

_LARGEST_FILE = 8_000_000
_AROUND = 3
"""Lines before and after those added: a new key stands below an old heading."""

_BETWEEN = b"\n\n\n"
"""Between lines that do not follow each other."""

_LOOKED_FOR_NUL = 8_000
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_PLAIN = re.compile(r"(?!.*(?:^|/)\.{0,2}(?:/|$))[\w./ +@,=~()\[\]-]{1,700}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Lines of a content that stand in a gathered file one after the other."""

    begins: int
    line: int
    version: Version


@dataclass(slots=True)
class _File:
    """One gathered file while it is filled."""

    path: str
    pieces: list[bytes] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    lines: int = 0
    size: int = 0

    def add(self, lines: Sequence[bytes], line: int, version: Version) -> None:
        self.runs.append(Run(begins=self.lines + 1, line=line, version=version))
        text = b"\n".join(lines) + _BETWEEN
        self.pieces.append(text)
        self.lines += len(lines) + len(_BETWEEN) - 1
        self.size += len(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Additions:
    """
    A tree of the gathered files, and whence each of their lines is.

    Attributes:
        unread: Versions of files that could not be looked into, by their paths.
        binary: How many were no text.
    """

    files: Mapping[str, bytes]
    runs: Mapping[str, tuple[Run, ...]]
    unread: tuple[str, ...]
    binary: int

    def whence(self, path: str, line: int) -> tuple[Version, int]:
        """Return the version, and the line in it, that a line was taken from."""
        runs = self.runs[path]
        run = runs[bisect_right(runs, line, key=lambda each: each.begins) - 1]
        return run.version, run.line + line - run.begins

    def entries(self) -> tuple[Entry, ...]:
        """Every gathered file."""
        return tuple(
            Entry(path=path, oid="", kind=EntryKind.FILE, size_bytes=len(text))
            for path, text in self.files.items()
        )

    def paths(self) -> tuple[str, ...]:
        """Their paths."""
        return tuple(self.files)

    def read(self, path: str) -> bytes:
        """Return the lines that were gathered at *path*."""
        if path not in self.files:
            raise BlobUnreadable(f"cannot read {path!r}: there is no such file")
        return self.files[path]

    def scan(
        self, scanner: Scanner[T], paths: Iterable[str] | None = None
    ) -> Iterator[tuple[str, T | Unreadable]]:
        """Run *scanner*; nothing of it is remembered, as the lines have no name."""
        for path in self.paths() if paths is None else paths:
            said = to_json(scanner.scan(self.read(path)), scanner.kind)
            yield path, from_json(scanner.kind, said)

    def is_settled(self) -> bool:
        """Tell that all of it is here."""
        return True


def gathered(earlier: Earlier, versions: Iterable[Version]) -> Additions:
    """Return the lines that *versions*, those of newest commits first, brought."""
    by_path: dict[str, list[Version]] = {}
    for version in versions:
        by_path.setdefault(version.path, []).append(version)
    oldest_first = [_each_once(found) for found in by_path.values()]
    asked = [oid for found in oldest_first for oid in _asked(found)]
    contents = earlier.contents(asked, LARGEST_VERSION)
    gathering = _Gathering()
    for found in oldest_first:
        gathering.take(found, contents)
    return gathering.done()


def _each_once(newest_first: list[Version]) -> list[Version]:
    """Return the versions of one path, oldest first, each content where it came."""
    first: dict[str, Version] = {}
    for version in reversed(newest_first):
        first.setdefault(version.oid, version)
    return list(first.values())


def _asked(oldest_first: list[Version]) -> list[str]:
    before = oldest_first[0].before
    return [*([before] if before else []), *(v.oid for v in oldest_first)]


class _Gathering:
    """What was gathered so far."""

    def __init__(self) -> None:
        self._files: list[_File] = []
        self._unread: list[str] = []
        self._binary = 0
        self._text = 0
        self._read = 0

    def take(
        self, oldest_first: list[Version], contents: Iterator[bytes | Unreadable]
    ) -> None:
        """Add the lines that came to one path."""
        path = oldest_first[0].path
        known: set[bytes] = set()
        previous = b""
        if oldest_first[0].before:
            before = _text(next(contents))
            if isinstance(before, bytes):
                known.update(before.split(b"\n"))
                previous = before
        file = _File(path)
        for version in oldest_first:
            content = _text(next(contents))
            is_too_much = self._text > MOST_TEXT or self._read > MOST_READ
            if isinstance(content, Unreadable) or is_too_much:
                self._unread.append(path)
                continue
            if content is None:
                self._binary += 1
                continue
            self._read += len(content)
            size = file.size
            _add_new(file, version, content, previous, known)
            self._text += file.size - size
            previous = content
            if file.size > _LARGEST_FILE:
                self._files.append(file)
                file = _File(path)
        if file.runs:
            self._files.append(file)

    def done(self) -> Additions:
        names = _Names()
        named = {names.of(file.path): file for file in self._files}
        return Additions(
            files={name: b"".join(file.pieces) for name, file in named.items()},
            runs={name: tuple(file.runs) for name, file in named.items()},
            unread=tuple(self._unread),
            binary=self._binary,
        )


class _Names:
    """
    Paths of gathered files: rules of tools look at names, too.

    Each is that of the file, below a folder with a number: what was a file in one
    version may be a folder in another.
    """

    def __init__(self) -> None:
        self._unnamed = 0
        self._files: list[set[str]] = []
        self._folders: list[set[str]] = []

    def of(self, path: str) -> str:
        """Return a path that no other file has, nor any folder."""
        plain = path
        if not _PLAIN.fullmatch(path):
            plain = f"unnamed/{self._unnamed:x}"
            self._unnamed += 1
        names = plain.split("/")
        above = {"/".join(names[:n]) for n in range(1, len(names))}
        number = 0
        for files, folders in zip(self._files, self._folders, strict=True):
            if not (plain in files or plain in folders or above & files):
                break
            number += 1
        else:
            self._files.append(set())
            self._folders.append(set())
        self._files[number].add(plain)
        self._folders[number] |= above
        return f"{number:x}/{plain}"


def _text(content: bytes | Unreadable) -> bytes | Unreadable | None:
    """Return a content as UTF-8, or what looks like it; None where it is no text."""
    if isinstance(content, Unreadable):
        return content
    if content.startswith(_UTF_16):
        return content.decode("utf-16", errors="replace").encode(errors="replace")
    return None if b"\0" in content[:_LOOKED_FOR_NUL] else content


def _add_new(
    file: _File, version: Version, content: bytes, previous: bytes, known: set[bytes]
) -> None:
    """Add the lines of *content* that are not *known*, with those around them."""
    start = _line_start(content, _alike(previous, content))
    end = _alike_at_end(previous, content, start)
    lines = content[start : len(content) - end].split(b"\n")
    new = [n for n, line in enumerate(lines) if line not in known]
    if not new:
        return
    known.update(map(lines.__getitem__, new))
    before = content.count(b"\n", 0, start)
    for first, last in _runs(new, len(lines)):
        file.add(lines[first:last], before + first + 1, version)


def _runs(new: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
    """Yield from which line to which: the *new* ones with some around them."""
    first, last = max(new[0] - _AROUND, 0), new[0] + _AROUND + 1
    for line in new[1:]:
        if line - _AROUND > last:
            yield first, min(last, count)
            first = line - _AROUND
        last = line + _AROUND + 1
    yield first, min(last, count)


def _line_start(content: bytes, at: int) -> int:
    """Return where the line begins that is some lines before the one at *at*."""
    for _ in range(_AROUND + 1):
        at = content.rfind(b"\n", 0, max(at, 0))
        if at < 0:
            return 0
    return at + 1


def _alike(one: bytes, other: bytes) -> int:
    """Return how many bytes both begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _alike_at_end(one: bytes, other: bytes, start: int) -> int:
    """Return how many bytes, none before *start*, can be left out at the end."""
    low, high = 0, max(min(len(one), len(other)) - start, 0)
    while low < high:
        middle = (low + high + 1) // 2
        here = one[len(one) - middle : len(one) - low]
        if here == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    end = len(other) - low
    for _ in range(_AROUND + 1):
        at = other.find(b"\n", end)
        if at < 0:
            return 0
        end = at + 1
    return len(other) - end + 1
