# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The files of a snapshot, wherever they are kept, and what was learnt of each."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

from ossay.model.digest import Digest
from ossay.model.errors import OssayError

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

LARGEST_BYTES = 20_000_000
"""Larger files are not read, unless a scanner says otherwise."""


class EntryKind(StrEnum):
    """What a path of a git tree stands for (gitformat-index(5), modes)."""

    FILE = "file"
    EXECUTABLE = "executable"
    SYMLINK = "symlink"
    SUBMODULE = "submodule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    One path of a tree.

    Attributes:
        path: As text. Bytes that are no UTF-8 are shown as ``\\xNN``.
        oid: Object name of the blob (of the commit, for a submodule).
        size_bytes: None where the object is not to be had.
        is_utf8: Whether the path was valid UTF-8.
    """

    path: str
    oid: str
    kind: EntryKind
    size_bytes: int | None
    is_utf8: bool = True


class BlobUnreadable(OssayError):
    """A file's content is not to be had: missing, too large or damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Stands in a scan for a file that could not be read. Never "nothing found"."""

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TookTooLong(Unreadable):
    """What it took is counted in CPU time: asked again, it would take the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanner(Generic[T]):
    """
    A function of bytes alone, run once per distinct blob and remembered.

    Attributes:
        name: Stable name; with `version` it is the key of the memory.
        version: Digest of its source, its data and the libraries it uses
            (`ossay.codec.code_digest` makes it).
        kind: Type of what `scan` returns; anything the codec can write.
        scan: The function. It may raise; then the file is `Unreadable`.
        largest_bytes: Larger blobs are not read and are `Unreadable`.
        besides: Another scanner, asked whenever a blob is read for this one, so that
            its answer need not be looked for in a second reading.
        make_ready: Called before blobs are read, with the memory that may have what
            takes long to make. Nothing that `scan` answers depends on it.
    """

    name: str
    version: Digest
    kind: type[T]
    scan: Callable[[bytes], T]
    largest_bytes: int = LARGEST_BYTES
    besides: "Scanner[Any] | None" = None
    make_ready: "Callable[[BlobFacts], None] | None" = None


class Tree(Protocol):
    """
    The files of one commit, or of one folder of it.

    Nothing is checked out: symlinks are not followed, submodules not fetched.
    """

    def entries(self) -> tuple[Entry, ...]:
        """Every path, in git's order."""

    def paths(self) -> tuple[str, ...]:
        """The paths of regular files, executable or not, in git's order."""

    def read(self, path: str) -> bytes:
        """Return the content of a regular file, or raise `BlobUnreadable`."""

    def scan(
        self, scanner: Scanner[T], paths: Iterable[str] | None = None
    ) -> Iterator[tuple[str, T | Unreadable]]:
        """Run *scanner* over *paths* (all files if None), each blob once ever."""

    def is_settled(self) -> bool:
        """
        Tell whether what was asked so far will be answered the same for ever.

        Not so where a file was missing or damaged: it may be there another time.
        """


@runtime_checkable
class BulkTree(Tree, Protocol):
    """A tree that is faster where many files are read one after the other."""

    def read_each(self, paths: Iterable[str]) -> Iterator[bytes | Unreadable]:
        """Yield the content of each of *paths*, in order, or why there is none."""


def read_each(tree: Tree, paths: Iterable[str]) -> Iterator[bytes | Unreadable]:
    """Yield the content of each of *paths*, in order, or why there is none."""
    if isinstance(tree, BulkTree):
        yield from tree.read_each(paths)
        return
    for path in paths:
        try:
            yield tree.read(path)
        except BlobUnreadable as error:
            yield Unreadable(why=str(error))


class BlobFacts(Protocol):
    """The memory behind `Tree.scan`: results by (scanner, blob)."""

    def known(
        self, scanner: str, version: Digest, oids: Iterable[str]
    ) -> Mapping[str, bytes]:
        """Return the results kept for those of *oids* that have one."""

    def keep(self, scanner: str, version: Digest, facts: Mapping[str, bytes]) -> None:
        """Remember results, by object name, in one transaction."""


class Artefacts(Protocol):
    """A store of files named by the SHA-256 of their content."""

    def put(self, content: bytes) -> Digest:
        """Keep *content*; durable when this returns."""

    def get(self, digest: Digest) -> bytes:
        """Return what was kept, checked against its name."""

    def has(self, digest: Digest) -> bool:
        """Tell whether something is kept under *digest*."""
