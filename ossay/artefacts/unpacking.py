# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
A released file → the files inside it, offered as a tree.

Nothing is written under a name: contents go, one after the other, to one file that
has none. Links are noted and never followed, sizes are counted and never believed.
"""

import hashlib
import lzma
import re
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from ossay.artefacts.archives import Slice, read_deb, read_tar, read_zip
from ossay.artefacts.forms import Form, NotAnArtefact, form_of
from ossay.artefacts.images import FolderOfBlobs, PackedBlobs, read_image, sha256_of
from ossay.artefacts.intake import PIECE_BYTES, Bounds, Intake, name_of
from ossay.codec import as_digest
from ossay.model.artefacts import Listing
from ossay.model.digest import Digest
from ossay.model.tree import (
    LARGEST_BYTES,
    BlobUnreadable,
    Entry,
    Scanner,
    T,
    Unreadable,
)

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(slots=True, kw_only=True)
class Artefact:
    """
    A released file, unpacked; a `model.tree.Tree` of what is inside.

    Attributes:
        form: What it is.
        digest: SHA-256 of the file itself; of a folder (an OCI layout) that of its
            `index.json`, which names all the rest by digest.
        algorithm: That of the object names of what is inside.
        commit: The commit that `git archive` noted in it; "" where none is noted.
        left_out: Names of what is inside and was not unpacked, each with the reason.
    """

    form: Form
    digest: Digest
    algorithm: str
    commit: str
    left_out: tuple[tuple[str, str], ...]
    _entries: tuple[Entry, ...]
    _spool: IO[bytes]
    _places: dict[str, tuple[int, int]] = field(repr=False)

    def entries(self) -> tuple[Entry, ...]:
        """Return what is inside, sorted by path."""
        return self._entries

    def paths(self) -> tuple[str, ...]:
        """Return the paths of regular files."""
        return tuple(e.path for e in self._entries if e.path in self._places)

    def size_of(self, path: str) -> int:
        """Return how many bytes a regular file has."""
        return self._place(path)[1]

    def read(self, path: str, most: int | None = None) -> bytes:
        """Return the content of a regular file, or what it begins with."""
        start, size = self._place(path)
        self._spool.seek(start)
        return self._spool.read(size if most is None else min(size, most))

    def hash_of(self, path: str, name: str) -> bytes:
        """Return the hash called *name* of a regular file, however long that is."""
        start, size = self._place(path)
        made = hashlib.new(name)
        content = Slice(self._spool, start, size)
        while piece := content.read(PIECE_BYTES):
            made.update(piece)
        return made.digest()

    def _place(self, path: str) -> tuple[int, int]:
        if path not in self._places:
            msg = f"{path!r} is no regular file of this {self.form.value}"
            raise BlobUnreadable(msg)
        return self._places[path]

    def scan(
        self, scanner: Scanner[T], paths: Iterable[str] | None = None
    ) -> Iterator[tuple[str, T | Unreadable]]:
        """Run *scanner* over files; nothing is remembered of what came from here."""
        for path in self.paths() if paths is None else paths:
            if self.size_of(path) > scanner.largest_bytes:
                yield path, Unreadable(why="it is too large to be read")
            else:
                yield path, scanner.scan(self.read(path))

    def is_settled(self) -> bool:
        """Tell that a file's content does not change."""
        return True

    def listing(self) -> Listing:
        """Return what it takes to hold what is inside against a commit."""
        unix, settings = [], []
        for path in self.paths():
            if self.size_of(path) > LARGEST_BYTES:
                continue  # of a file of a repository no more is read either
            content = self.read(path)
            if path.rpartition("/")[2] == "setup.cfg":
                settings.append((path, content.decode("utf-8", "replace")))
            if b"\r\n" in content:
                shorter = content.replace(b"\r\n", b"\n")
                named = name_of(len(shorter), [shorter], self.algorithm)
                unix.append((path, named))
        return Listing(
            form=self.form.value,
            commit=self.commit,
            algorithm=self.algorithm,
            entries=self._entries,
            unix=tuple(unix),
            settings=tuple(settings),
            left_out=self.left_out,
        )


def unpack(
    file: Path, *, algorithm: str = "sha1", bounds: Bounds | None = None
) -> Artefact:
    """
    Return what is inside a released *file*, or a folder that is an OCI layout.

    *algorithm* is that of the object names of the repository it is held against.

    Raises:
        NotAnArtefact: It is no archive of a known form, or damaged.
        TooMuchInside: It holds more than *bounds* allow.
    """
    intake = Intake(bounds or Bounds(), algorithm, tempfile.TemporaryFile())  # noqa: SIM115 - lives as long as the artefact
    try:
        with _explained(file):
            form, commit = _read(file, intake)
    except BaseException:
        intake.spool.close()
        raise
    return Artefact(
        form=form,
        digest=_digest(file / "index.json" if file.is_dir() else file),
        algorithm=algorithm,
        commit=commit,
        left_out=tuple(intake.left_out),
        _entries=tuple(intake.entries[path] for path in sorted(intake.entries)),
        _spool=intake.spool,
        _places={
            path: (start, intake.entries[path].size_bytes or 0)
            for path, start in intake.places.items()
        },
    )


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    try:
        yield
    except (
        *(tarfile.TarError, zipfile.BadZipFile, lzma.LZMAError, zlib.error),
        *(EOFError, ValueError, KeyError, TypeError, NotImplementedError),
    ) as error:
        said = str(error) or type(error).__name__
        msg = f"cannot unpack {str(file)!r}: it is damaged ({said}); fetch it again"
        raise NotAnArtefact(msg) from error
    except OSError as error:
        said = error.strerror or str(error)
        msg = f"cannot unpack {str(file)!r}: {said}; check that it can be read"
        raise NotAnArtefact(msg) from error


def _read(file: Path, intake: Intake) -> tuple[Form, str]:
    if file.is_dir():
        read_image(FolderOfBlobs(file), intake)
        return Form.OCI, ""
    with file.open("rb") as opened:
        begins = opened.read(8)
        opened.seek(0)
        if begins == b"!<arch>\n":
            read_deb(opened, intake)
            return Form.DEB, ""
        if begins.startswith(b"PK"):
            noted, otherwise = read_zip(opened, intake), Form.ZIP
        else:
            noted, otherwise = read_tar(opened, file.name, intake), Form.TAR
    if {"oci-layout", "index.json"} <= intake.entries.keys():
        read_image(PackedBlobs(intake), intake)
        return Form.OCI, ""
    form = form_of(intake.entries, otherwise=otherwise)
    return form, noted if _COMMIT.fullmatch(noted) else ""


def _digest(file: Path) -> Digest:
    with file.open("rb") as opened:
        return as_digest(sha256_of(opened))
