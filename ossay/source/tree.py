# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A snapshot's files, straight from git's objects, each blob looked at once."""

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from ossay.codec import reader, to_json
from ossay.model.snapshot import Snapshot
from ossay.model.tree import (
    BlobFacts,
    BlobUnreadable,
    Entry,
    EntryKind,
    Scanner,
    Tree,
    Unreadable,
)
from ossay.source.listing import is_missing, list_entries
from ossay.source.objects import Objects
from ossay.source.repository import Repository

T = TypeVar("T")

LARGEST_READ = 20_000_000
"""Bytes of a file that `read` returns; the largest a scanner looks at, too."""

_KEPT_AT_ONCE = 500
_REGULAR = (EntryKind.FILE, EntryKind.EXECUTABLE)
_NOT_READ = {
    EntryKind.SYMLINK: "it is a symbolic link, which is not followed",
    EntryKind.SUBMODULE: "it is a submodule, which is not fetched",
}


def tree_of(repository: Repository, snapshot: Snapshot, facts: BlobFacts) -> Tree:
    """Return the files of *snapshot*; what scanners find is remembered in *facts*."""
    return GitTree(repository, snapshot, facts)


class GitTree:
    """A `Tree` over the objects of a repository."""

    def __init__(
        self, repository: Repository, snapshot: Snapshot, facts: BlobFacts
    ) -> None:
        self._repository = repository
        self._snapshot = snapshot
        self._objects = Objects(repository)
        self._facts = facts
        self._is_whole = True

    def is_settled(self) -> bool:
        """Tell whether nothing asked for was missing or damaged."""
        return self._is_whole and not self._objects.has_failed

    def entries(self) -> tuple[Entry, ...]:
        """Every path, in git's order; raise `TreeRefused` where one cannot be meant."""
        return self._entries

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        entries = list_entries(self._repository, self._snapshot)
        self._is_whole = not any(map(is_missing, entries))
        return entries

    def paths(self) -> tuple[str, ...]:
        """The paths of regular files, executable or not, in git's order."""
        return self._paths

    @cached_property
    def _paths(self) -> tuple[str, ...]:
        return tuple(e.path for e in self._entries if e.kind in _REGULAR)

    @cached_property
    def _by_path(self) -> dict[str, Entry]:
        return {entry.path: entry for entry in self._entries}

    def read(self, path: str) -> bytes:
        """Return the content of a regular file, or raise `BlobUnreadable`."""
        entry = self._readable(path, LARGEST_READ)
        found = (
            self._objects.one(entry.oid, LARGEST_READ)
            if isinstance(entry, Entry)
            else entry
        )
        if isinstance(found, Unreadable):
            raise BlobUnreadable(f"cannot read {path!r}: {found.why}")
        return found.content

    def read_each(self, paths: Iterable[str]) -> Iterator[bytes | Unreadable]:
        """Yield the content of each of *paths*, in order, or why there is none."""
        asked = [(path, self._readable(path, LARGEST_READ)) for path in paths]
        oids = [entry.oid for _, entry in asked if isinstance(entry, Entry)]
        read = self._objects.many(oids, LARGEST_READ)
        for path, entry in asked:
            found = next(read)[1] if isinstance(entry, Entry) else entry
            if isinstance(found, Unreadable):
                yield Unreadable(why=f"cannot read {path!r}: {found.why}")
            else:
                yield found.content

    def _readable(self, path: str, at_most: int) -> Entry | Unreadable:
        """Return the entry at *path* if its content is worth asking for."""
        entry = self._by_path.get(path)
        if entry is None:
            return Unreadable(why="there is no such file")
        if entry.kind not in _REGULAR:
            return Unreadable(why=_NOT_READ[entry.kind])
        if entry.size_bytes is None:
            return Unreadable(why="it is missing from the repository")
        if entry.size_bytes > at_most:
            size = entry.size_bytes
            return Unreadable(why=f"it has {size} bytes, more than {at_most}")
        return entry

    def scan(
        self, scanner: Scanner[T], paths: Iterable[str] | None = None
    ) -> Iterator[tuple[str, T | Unreadable]]:
        """
        Run *scanner* over *paths* (all files if None), each blob once ever.

        Answers come in the order asked. What the memory does not know is read
        in one go; new answers join the memory in batches, those given before
        the caller stopped listening included.
        """
        asked = self._paths if paths is None else tuple(paths)
        at_most = scanner.largest_bytes
        entries = {path: self._readable(path, at_most) for path in asked}
        uses = Counter(e.oid for p in asked if isinstance(e := entries[p], Entry))
        known = self._facts.known(scanner.name, scanner.version, tuple(uses))
        fresh = self._fresh(scanner, [oid for oid in uses if oid not in known])
        read = reader(scanner.kind)
        shared: dict[str, T | Unreadable] = {}
        try:
            for path in asked:
                entry = entries[path]
                if isinstance(entry, Unreadable):
                    yield path, entry
                    continue
                oid = entry.oid
                if oid in shared:
                    answer = shared[oid]
                elif oid in known:
                    answer = read(known[oid])
                else:
                    answer = next(fresh)
                if uses[oid] > 1:
                    shared[oid] = answer
                yield path, answer
        finally:
            fresh.close()

    def _fresh(
        self, scanner: Scanner[T], oids: list[str]
    ) -> Generator[T | Unreadable, None, None]:
        """Yield the answers for *oids*, read and computed now, and keep them."""
        new: dict[str, bytes] = {}
        new_besides: dict[str, bytes] = {}
        if oids and scanner.make_ready is not None:
            scanner.make_ready(self._facts)
        try:
            for oid, found in self._objects.many(oids, scanner.largest_bytes):
                if isinstance(found, Unreadable):
                    yield found
                    continue
                if scanner.besides is not None:
                    _note(scanner.besides, oid, found.content, new_besides)
                answer = _note(scanner, oid, found.content, new)
                if len(new) >= _KEPT_AT_ONCE:
                    self._keep(scanner.besides, new_besides)
                    self._keep(scanner, new)
                    new, new_besides = {}, {}
                yield answer
        finally:
            self._keep(scanner.besides, new_besides)
            self._keep(scanner, new)

    def _keep(self, scanner: Scanner[T] | None, new: Mapping[str, bytes]) -> None:
        if scanner is not None and new:
            self._facts.keep(scanner.name, scanner.version, new)


def _note(
    scanner: Scanner[T], oid: str, content: bytes, new: dict[str, bytes]
) -> T | Unreadable:
    """Return what *scanner* says of *content*; in *new* that is to be kept."""
    answer = _ask(scanner, content)
    if not isinstance(answer, Unreadable):
        new[oid] = to_json(answer, scanner.kind)
    return answer


def _ask(scanner: Scanner[T], content: bytes) -> T | Unreadable:
    try:
        return scanner.scan(content)
    except Exception as error:  # noqa: BLE001 -- a scanner may stumble over any file
        return Unreadable(why=f"{scanner.name} failed: {error!r}"[:500])
