# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Where files go while an archive is read, and the count of what came in."""

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Protocol

from ossay.model.errors import OssayError
from ossay.model.tree import Entry, EntryKind

PIECE_BYTES = 1 << 16

_LONGEST_NAME = 4_096
"""PATH_MAX; a header of a tar file may tell one of a million bytes."""


class Reads(Protocol):
    """What an archive is read from: a file, a stretch of one, a decompressor."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to another place."""

    def tell(self) -> int:
        """Return the place."""


class Content(Protocol):
    """What one file inside is read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes."""


class TooMuchInside(OssayError):
    """An archive holds more than one is ready to unpack."""

    status = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much may be inside: files, and bytes in all when unpacked."""

    files: int = 200_000
    bytes: int = 2_000_000_000


class Intake:
    """
    Takes files in, one after the other, to a file that has no name.

    Attributes:
        entries: What came in, by path.
        places: Where in `spool` the content of a regular file begins.
        left_out: What did not come in, and why.
    """

    def __init__(self, bounds: Bounds, algorithm: str, spool: IO[bytes]) -> None:
        self._bounds = bounds
        self.algorithm = algorithm
        self.spool = spool
        self.entries: dict[str, Entry] = {}
        self.places: dict[str, int] = {}
        self.left_out: list[tuple[str, str]] = []
        self._bytes = 0
        self._members = 0
        self._odd: set[str] = set()

    def file(self, name: str, content: Content, *, executable: bool = False) -> None:
        """Take one regular file in."""
        self.count_member()
        if (path := self._path(name)) is None:
            return
        start = self.spool.seek(0, io.SEEK_END)
        while piece := content.read(PIECE_BYTES):
            self.spool.seek(0, io.SEEK_END)  # a part of an image is read from there
            self._bytes += len(piece)
            if self._bytes > self._bounds.bytes:
                msg = (
                    f"cannot unpack it: more than {self._bounds.bytes:,} bytes are "
                    "inside, which is more than is unpacked here"
                )
                raise TooMuchInside(msg)
            self.spool.write(piece)
        self._enter(path, start, self.spool.tell() - start, executable=executable)

    def _enter(self, path: str, start: int, size: int, *, executable: bool) -> None:
        self.spool.seek(start)
        pieces = iter(lambda: self.spool.read(PIECE_BYTES), b"")
        self.places[path] = start
        self.entries[path] = Entry(
            path=path,
            oid=name_of(size, pieces, self.algorithm),
            kind=EntryKind.EXECUTABLE if executable else EntryKind.FILE,
            size_bytes=size,
            is_utf8=path not in self._odd,
        )

    def link(self, name: str, target: str) -> None:
        """Note a symbolic link; where it leads is compared and never followed."""
        self.count_member()
        if (path := self._path(name)) is None:
            return
        content = target.encode("utf-8", "surrogateescape")
        self.places.pop(path, None)
        self.entries[path] = Entry(
            path=path,
            oid=name_of(len(content), [content], self.algorithm),
            kind=EntryKind.SYMLINK,
            size_bytes=len(content),
            is_utf8=path not in self._odd,
        )

    def leave_out(self, name: str, why: str) -> None:
        """Note what is inside and not unpacked."""
        self.count_member()
        self.left_out.append((_shown(name), why))

    def remove(self, path: str) -> None:
        """Take back what a lower layer of an image brought."""
        del self.entries[path]
        self.places.pop(path, None)

    def count_member(self) -> None:
        """Count something inside, whatever it is."""
        self._members += 1
        if self._members > self._bounds.files:
            msg = (
                f"cannot unpack it: more than {self._bounds.files:,} files are inside, "
                "which is more than is unpacked here"
            )
            raise TooMuchInside(msg)

    def _path(self, name: str) -> str | None:
        path = path_of(name)
        why = ""
        if not path or ".." in path.split("/") or "\0" in name or "\\" in name:
            why = "its name leads elsewhere"
        elif len(name) > _LONGEST_NAME:
            why = "its name is longer than a disk takes"
        elif path in self.entries:
            why = "an entry of this name came before; it stands"
        if why:
            self.left_out.append((_shown(name), why))
            return None
        if path != _plain(name):
            self._odd.add(path)
        return path


def path_of(name: str) -> str:
    """Return what a member called *name* is called below the folder of all."""
    return _shown(_plain(name))


def _plain(name: str) -> str:
    return "/".join(part for part in name.split("/") if part not in {"", "."})


def name_of(size: int, pieces: Iterable[bytes], algorithm: str) -> str:
    """Return what git calls a blob of that content (gitformat-loose(5))."""
    named = hashlib.new(algorithm, b"blob %d\0" % size, usedforsecurity=False)
    for piece in pieces:
        named.update(piece)
    return named.hexdigest()


def _shown(name: str) -> str:
    """Return *name* as `Entry` has it: bytes that are no UTF-8 as ``\\xNN``."""
    content = name[:_LONGEST_NAME].encode("utf-8", "surrogateescape")
    return content.decode("utf-8", "backslashreplace")
