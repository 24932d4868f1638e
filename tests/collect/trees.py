# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A tree that is a dict, and a memory of blob facts that is one too."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TypeVar

from ossay.codec import from_json, to_json
from ossay.model.collector import Given
from ossay.model.digest import Digest
from ossay.model.history import History
from ossay.model.snapshot import Chosen, Snapshot
from ossay.model.tree import (
    BlobFacts,
    BlobUnreadable,
    Entry,
    EntryKind,
    Scanner,
    Tree,
    Unreadable,
)

T = TypeVar("T")

SNAPSHOT = Snapshot(
    repository_url="https://example.org/software.git",
    path="",
    ref="refs/tags/v1.0",
    chosen=Chosen.LATEST_RELEASE,
    commit="c" * 40,
    tree="d" * 40,
    refs_digest=Digest("0" * 64),
    shallow=False,
    committed_at=datetime(2026, 3, 1, 12, 0, tzinfo=UTC),
    taken_at=datetime(2026, 3, 2, 8, 30, tzinfo=UTC),
)


class MemoryFacts:
    """A memory of what was learnt of blobs; counts nothing, forgets nothing."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, Digest, str], bytes] = {}

    def known(
        self, scanner: str, version: Digest, oids: Iterable[str]
    ) -> Mapping[str, bytes]:
        keys = {oid: (scanner, version, oid) for oid in oids}
        return {oid: self.kept[k] for oid, k in keys.items() if k in self.kept}

    def keep(self, scanner: str, version: Digest, facts: Mapping[str, bytes]) -> None:
        for oid, fact in facts.items():
            self.kept[scanner, version, oid] = fact


class DictTree:
    """
    A tree made of a dict from path to content.

    Args:
        symlinks: Path to target.
        submodules: Paths of submodules.
        unreadable: Path to the reason why its content is not to be had.
        executable: Those of *files* that are executable.
        not_utf8: Those of the paths that were no UTF-8 in the repository.
        facts: The memory behind `scan`; one of its own by default.
    """

    def __init__(
        self,
        files: Mapping[str, bytes | str],
        *,
        symlinks: Mapping[str, str] | None = None,
        submodules: Iterable[str] = (),
        unreadable: Mapping[str, str] | None = None,
        executable: Iterable[str] = (),
        not_utf8: Iterable[str] = (),
        facts: BlobFacts | None = None,
    ) -> None:
        self.contents = {
            path: content.encode() if isinstance(content, str) else content
            for path, content in files.items()
        }
        self._unreadable = dict(unreadable or {})
        self._facts = facts if facts is not None else MemoryFacts()
        self.scanned: list[tuple[str, str]] = []
        """(scanner, path) each time a scanner's function was really run."""
        marked, executables = set(not_utf8), set(executable)
        entries = [
            Entry(
                path=path,
                oid=_blob_name(content),
                kind=EntryKind.EXECUTABLE if path in executables else EntryKind.FILE,
                size_bytes=len(content),
                is_utf8=path not in marked,
            )
            for path, content in self.contents.items()
        ]
        entries += [
            Entry(
                path=path,
                oid=_blob_name(target.encode()),
                kind=EntryKind.SYMLINK,
                size_bytes=len(target.encode()),
            )
            for path, target in (symlinks or {}).items()
        ]
        entries += [
            Entry(path=path, oid="5" * 40, kind=EntryKind.SUBMODULE, size_bytes=None)
            for path in submodules
        ]
        entries += [
            Entry(
                path=path,
                oid=_blob_name(b"unreadable " + path.encode()),
                kind=EntryKind.FILE,
                size_bytes=None,
                is_utf8=path not in marked,
            )
            for path in self._unreadable
        ]
        self._entries = tuple(sorted(entries, key=lambda e: e.path.encode()))

    def entries(self) -> tuple[Entry, ...]:
        return self._entries

    def paths(self) -> tuple[str, ...]:
        regular = {EntryKind.FILE, EntryKind.EXECUTABLE}
        return tuple(e.path for e in self._entries if e.kind in regular)

    def read(self, path: str) -> bytes:
        if path in self._unreadable:
            raise BlobUnreadable(self._unreadable[path])
        if path not in self.contents:
            msg = f"cannot read {path!r}: it is no regular file of this tree"
            raise BlobUnreadable(msg)
        return self.contents[path]

    def scan(
        self, scanner: Scanner[T], paths: Iterable[str] | None = None
    ) -> Iterator[tuple[str, T | Unreadable]]:
        oids = {e.path: e.oid for e in self._entries}
        wanted = self.paths() if paths is None else tuple(paths)
        known = dict(
            self._facts.known(scanner.name, scanner.version, {oids[p] for p in wanted})
        )
        for path in wanted:
            oid = oids[path]
            if oid not in known:
                answer = self._run(scanner, path)
                if isinstance(answer, Unreadable):
                    yield path, answer
                    continue
                known[oid] = answer
                self._facts.keep(scanner.name, scanner.version, {oid: answer})
                if (other := scanner.besides) is not None:
                    said = to_json(other.scan(self.read(path)), other.kind)
                    self._facts.keep(other.name, other.version, {oid: said})
            yield path, from_json(scanner.kind, known[oid])

    def is_settled(self) -> bool:
        return not self._unreadable

    def _run(self, scanner: Scanner[T], path: str) -> bytes | Unreadable:
        try:
            content = self.read(path)
        except BlobUnreadable as error:
            return Unreadable(why=str(error))
        if len(content) > scanner.largest_bytes:
            return Unreadable(why=f"it is larger than {scanner.largest_bytes} bytes")
        self.scanned.append((scanner.name, path))
        try:
            return to_json(scanner.scan(content), scanner.kind)
        except Exception as error:  # noqa: BLE001  # Scanner.scan may raise anything
            return Unreadable(why=f"{scanner.name} failed: {error}")


def given(tree: Tree, history: History | None = None) -> Given:
    """Return what a collector is given for *tree*."""
    return Given(snapshot=SNAPSHOT, tree=tree, history=history)


def _blob_name(content: bytes) -> str:
    """Return the object name that git gives *content* (gitformat-object)."""
    head = b"blob %d\x00" % len(content)
    return hashlib.sha1(head + content, usedforsecurity=False).hexdigest()
