# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Files of earlier commits, straight from git's objects; they are not all listed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property

from ossay.model.earlier import Brought, Earlier, Step, Stretch
from ossay.model.snapshot import Snapshot
from ossay.model.tree import BlobFacts, Entry, EntryKind, Tree, Unreadable
from ossay.source import brought
from ossay.source.listing import is_missing, kind_of
from ossay.source.objects import (
    GitObject,
    Objects,
    TreeEntry,
    name_in,
    tree_entries,
)
from ossay.source.process import GitStuck, start
from ossay.source.refs import as_text
from ossay.source.repository import Repository
from ossay.source.tree import GitTree

_LICENCE_TEXTS = b"LICENSES"
_FOLDER = b"40000"
_OCTAL = re.compile(rb"[0-7]{1,7}")
_SECONDS = 60.0
_LITERAL = {"GIT_LITERAL_PATHSPECS": "1"}
"""A name is a name, whatever signs are in it."""

_LATEST = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())
LARGEST_COMPARISON = 100_000_000
"""
How long git may compare, and bytes that it may say: folders within folders can be
without end (a tree bomb).
"""


def earlier_of(repository: Repository, snapshot: Snapshot, facts: BlobFacts) -> Earlier:
    """Return the files of commits before *snapshot*."""
    return EarlierFiles(repository, snapshot, facts)


class EarlierFiles:
    """An `Earlier` over the objects of a repository."""

    def __init__(
        self, repository: Repository, snapshot: Snapshot, facts: BlobFacts
    ) -> None:
        self._repository = repository
        self._snapshot = snapshot
        self._facts = facts
        self._objects = Objects(repository)
        self._trees: list[Tree] = []
        self._is_compared = True

    def is_settled(self) -> bool:
        """Tell whether nothing asked for so far was missing or damaged."""
        is_whole = self._is_compared and not self._objects.has_failed
        return is_whole and all(tree.is_settled() for tree in self._trees)

    def top_files(
        self, commits: Iterable[str]
    ) -> Iterator[tuple[str, tuple[Entry, ...] | Unreadable]]:
        """Yield the files at the top of each of *commits*, and those in `LICENSES/`."""
        wanted = list(dict.fromkeys(commits))
        trees = dict(self._trees_of(wanted))
        tops = self._folders(t for t in trees.values() if isinstance(t, str))
        inner = self._folders(
            e.oid for found in tops.values() for e in _texts_among(found)
        )
        for commit in wanted:
            tree = trees[commit]
            found = tops[tree] if isinstance(tree, str) else tree
            if isinstance(found, Unreadable):
                yield commit, found
                continue
            files = list(_files(found))
            for folder in _texts_among(found):
                texts = inner[folder.oid]
                if isinstance(texts, Unreadable):
                    break
                files += _files(texts, "LICENSES/")
            else:
                yield commit, tuple(files)
                continue
            yield commit, texts

    def _trees_of(self, commits: list[str]) -> Iterator[tuple[str, str | Unreadable]]:
        for commit, found in self._objects.many(commits):
            if isinstance(found, Unreadable):
                yield commit, found
            else:
                tree = name_in(found.content, b"tree")
                yield commit, tree or Unreadable(why="it is damaged")

    def _folders(
        self, oids: Iterable[str]
    ) -> dict[str, tuple[TreeEntry, ...] | Unreadable]:
        return {
            oid: found
            if isinstance(found, Unreadable)
            else tuple(tree_entries(found.content, len(oid)))
            for oid, found in self._objects.many(dict.fromkeys(oids))
        }

    def changed_since(self, commit: str) -> tuple[Entry, ...] | Unreadable:
        """Return the files of *commit* that have other content now, as they were."""
        [(_, tree)] = self._trees_of([commit])
        if isinstance(tree, Unreadable):
            return tree
        if tree == self._snapshot.tree:
            return ()
        told = self._compared(tree)
        if isinstance(told, Unreadable):
            return told
        fields = told.split(b"\0")
        heads, paths = fields[0:-1:2], fields[1::2]
        return tuple(
            _changed(head, path)
            for head, path in zip(heads, paths, strict=True)
            if len(set(head.split(b" ")[2:4])) == 2  # else its mode alone changed
        )

    def _compared(self, tree: str) -> bytes | Unreadable:
        """Return what git says of files that *tree* and the snapshot have alike."""
        return self._said(
            *("diff-tree", "-r", "--raw", "-z", "--no-abbrev", "--no-renames"),
            *("--diff-filter=M", tree, self._snapshot.tree),
        )

    def _said(self, *question: str, told: bytes = b"") -> bytes | Unreadable:
        """Return what git, *told* so, says about states of the files."""
        git = start(
            *question, folder=self._repository.folder, extra=_LITERAL, seconds=_SECONDS
        )
        said = bytearray()
        try:
            git.tell(told, and_no_more=True)
            for chunk in git.chunks():
                said += chunk
                if len(said) > LARGEST_COMPARISON:
                    return Unreadable(why="too many of its files are others now")
            if git.finish() != 0:
                self._is_compared = False
                why = bytes(git.complaints).decode(errors="backslashreplace").strip()
                return Unreadable(why=f"its files cannot be compared: {why[-200:]}")
        except GitStuck:
            self._is_compared = False
            return Unreadable(why="its files took too long to compare")
        finally:
            git.stop()
        return bytes(said)

    def brought(
        self, stretches: Iterable[Stretch], enough: int, at_most: int
    ) -> Brought | Unreadable:
        """Return what the commits of *stretches* brought, the newest commits first."""
        folder = self._snapshot.path
        return brought.brought(self._said, folder, stretches, enough, at_most)

    def contents(
        self, oids: Iterable[str], at_most: int
    ) -> Iterator[bytes | Unreadable]:
        """Yield the content of each blob that has *at_most* so many bytes, in order."""
        asked = list(oids)
        sizes = self._sizes(set(asked))
        fit = [oid for oid in asked if sizes.get(oid, at_most + 1) <= at_most]
        read = self._objects.many(fit, at_most)
        for oid in asked:
            size = sizes.get(oid)
            if size is None:
                yield Unreadable(why="it is missing from the repository")
            elif size > at_most:
                yield Unreadable(why=f"it has {size} bytes, more than {at_most}")
            else:
                _, found = next(read)
                yield found.content if isinstance(found, GitObject) else found

    def steps_that_touched(
        self, names: Iterable[str], since: str
    ) -> tuple[Step, ...] | Unreadable:
        """Return the commits of the main line that changed one of *names*."""
        line = self._snapshot.commit
        told = self._said(
            *("rev-list", "--first-parent", "--format=%H %ct", line),
            *([f"^{since}"] if since else []),
            "--",
            *names,
        )
        if isinstance(told, Unreadable):
            return told
        words = [text.split(b" ") for text in told.split(b"\n")[1::2]]
        return tuple(
            Step(commit=name.decode(), committed_at=_moment(seconds))
            for name, seconds in words
        )

    def holding(self, entries: Iterable[Entry]) -> Tree:
        """Return a tree of *entries* alone."""
        listed = tuple(entries)
        sizes = self._sizes({e.oid for e in listed if e.kind in _REGULAR})
        sized = tuple(replace(e, size_bytes=sizes.get(e.oid)) for e in listed)
        tree = _Listed(self._repository, self._snapshot, self._facts, sized)
        self._trees.append(tree)
        return tree

    def _sizes(self, oids: set[str]) -> dict[str, int]:
        """Return the size of each blob that is there."""
        if not oids:
            return {}
        git = start("cat-file", "--batch-check", folder=self._repository.folder)
        try:
            asked = "".join(f"{oid}\n" for oid in sorted(oids))
            git.tell(asked.encode(), and_no_more=True)
            words = [git.line().split(b" ") for _ in oids]
        finally:
            git.stop()
        told = (w for w in words if len(w) == 3 and w[1] == b"blob")
        return {oid.decode(): int(size) for oid, _, size in told}


_REGULAR = frozenset({EntryKind.FILE, EntryKind.EXECUTABLE})


class _Listed(GitTree):
    """A tree of the entries that it was given."""

    def __init__(
        self,
        repository: Repository,
        snapshot: Snapshot,
        facts: BlobFacts,
        entries: tuple[Entry, ...],
    ) -> None:
        super().__init__(repository, snapshot, facts)
        self._given = entries
        self._is_whole = not any(map(is_missing, entries))

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        return self._given


def _texts_among(
    found: tuple[TreeEntry, ...] | Unreadable,
) -> Iterator[TreeEntry]:
    if not isinstance(found, Unreadable):
        for entry in found:
            if entry.name == _LICENCE_TEXTS and entry.mode.lstrip(b"0") == _FOLDER:
                yield entry


def _files(found: Iterable[TreeEntry], folder: str = "") -> Iterator[Entry]:
    for entry in found:
        if entry.mode.lstrip(b"0") != _FOLDER:
            yield Entry(
                path=folder + as_text(entry.name),
                oid=entry.oid,
                kind=_kind(entry.mode),
                size_bytes=None,
            )


def _kind(mode: bytes) -> EntryKind:
    """Return what a folder as it is stored says: anything may stand there."""
    return kind_of(mode.decode()) if _OCTAL.fullmatch(mode) else EntryKind.FILE


def _moment(seconds: bytes) -> datetime:
    return datetime.fromtimestamp(min(int(seconds), _LATEST), UTC)


def _changed(head: bytes, path: bytes) -> Entry:
    """Return a file as a line of `git diff-tree --raw` tells that it was."""
    mode, _, oid, *_ = head.removeprefix(b":").split(b" ")
    return Entry(
        path=as_text(path), oid=oid.decode(), kind=_kind(mode), size_bytes=None
    )
