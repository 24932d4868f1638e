# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A folder of files named by the SHA-256 of what they hold."""

import fcntl
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ossay.codec import digest_of_bytes
from ossay.model.digest import Digest
from ossay.model.errors import OssayError
from ossay.register.database import cannot_write

_GZIP = 31
"""zlib's word for a gzip wrapper (RFC 1952) without name and time."""

_LEVEL = 6


class ArtefactMissing(OssayError):
    """Nothing is kept under this digest."""


class ArtefactDamaged(OssayError):
    """What is kept is not what was put there."""


class ArtefactFolder:
    """
    Artefacts as files ``ab/cdef…``, in gzip's format.

    The digest is of the content before compression, so that it does not change
    with the compressor. gzip comes with Python and with every Unix: what is kept
    here can be read with ``zcat`` when ossay is forgotten.

    A file is written under a name of its own in ``incoming/``, made durable and
    renamed. While it is written it is locked; an unlocked file there belongs to
    a process that was killed, and goes when the next one opens the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"

    @classmethod
    def open(cls, folder: Path) -> "ArtefactFolder":
        """Open or make *folder*, and clear what a killed process left behind."""
        artefacts = cls(folder)
        with artefacts._writing():
            if not artefacts._incoming.is_dir():
                artefacts._incoming.mkdir(parents=True, exist_ok=True)
                _make_durable(folder)
                _make_durable(folder.parent)
            for left in artefacts._incoming.iterdir():
                _remove_if_abandoned(left)
        return artefacts

    def put(self, content: bytes) -> Digest:
        """Keep *content*; durable when this returns. Mends a damaged artefact."""
        digest = digest_of_bytes(content)
        file = self._file(digest)
        with self._writing():
            if not self._holds(digest):
                self._write(file, content)
            _make_durable(file.parent)  # also where a killed process did not get to it
        return digest

    def get(self, digest: Digest) -> bytes:
        """Return what was kept, checked against its name."""
        file = self._file(digest)
        try:
            content = zlib.decompress(file.read_bytes(), wbits=_GZIP)
        except FileNotFoundError as error:
            msg = f"artefact {digest} is not in {str(self._folder)!r}; {_TO_DO}"
            raise ArtefactMissing(msg) from error
        except (OSError, zlib.error) as error:
            msg = f"artefact {str(file)!r} cannot be read: {error}; {_TO_DO}"
            raise ArtefactDamaged(msg) from error
        if (found := digest_of_bytes(content)) != digest:
            msg = f"artefact {str(file)!r} holds something else ({found}); {_TO_DO}"
            raise ArtefactDamaged(msg)
        return content

    def has(self, digest: Digest) -> bool:
        """Tell whether something is kept under *digest*."""
        return self._file(digest).is_file()

    def _file(self, digest: Digest) -> Path:
        return self._folder / digest[:2] / digest[2:]

    def _holds(self, digest: Digest) -> bool:
        try:
            self.get(digest)
        except (ArtefactMissing, ArtefactDamaged):
            return False
        return True

    def _write(self, file: Path, content: bytes) -> None:
        if not file.parent.is_dir():
            file.parent.mkdir(exist_ok=True)
            _make_durable(self._folder)
        descriptor, incoming = self._claim()
        try:
            with os.fdopen(descriptor, "wb") as out:
                out.write(zlib.compress(content, _LEVEL, wbits=_GZIP))
                out.flush()
                os.fsync(out.fileno())
                incoming.replace(file)  # while the lock is held
        finally:
            incoming.unlink(missing_ok=True)

    def _claim(self) -> tuple[int, Path]:
        """Make a locked file; again if it was cleared before it was locked."""
        while True:
            path = self._incoming / os.urandom(16).hex()
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if os.fstat(descriptor).st_nlink:
                return descriptor, path
            os.close(descriptor)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise cannot_write(self._folder.parent, error) from error


_TO_DO = "restore it from a backup, or delete it and assess again"


def _make_durable(folder: Path) -> None:
    """Write the names in *folder* to the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_if_abandoned(file: Path) -> None:
    """Remove *file* unless a living process holds its lock."""
    try:
        descriptor = os.open(file, os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    else:
        file.unlink(missing_ok=True)
    finally:
        os.close(descriptor)
