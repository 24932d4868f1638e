# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Archives, member by member: tar and what compresses it, zip, and `ar` for deb(5)."""

import bz2
import gzip
import io
import lzma
import re
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from ossay.artefacts.forms import NotAnArtefact
from ossay.artefacts.intake import Intake, Reads

_HEADER_BYTES = 1 << 20
"""More is not read at once: a header of a tar file may claim to be as long."""

_ENCRYPTED = 1
"""The bit of a zip entry's flags (APPNOTE 4.4.4)."""

_LONGEST_TARGET = 4_096
"""Of a symbolic link, in bytes (PATH_MAX)."""

_ALPINE = re.compile(r"\.SIGN\.|\.PKGINFO$")


def read_zip(opened: IO[bytes], intake: Intake) -> str:
    """Take in what a zip file holds; return its comment."""
    with zipfile.ZipFile(opened) as archive:
        noted = archive.comment.decode("ascii", "replace")
        for member in archive.infolist():
            mode = member.external_attr >> 16
            if member.is_dir():
                intake.count_member()
            elif (mode & 0o170000) == 0o120000:
                with archive.open(member) as content:
                    target = content.read(_LONGEST_TARGET)
                intake.link(member.filename, target.decode("utf-8", "surrogateescape"))
            elif member.flag_bits & _ENCRYPTED:
                intake.leave_out(member.filename, "it is encrypted")
            else:
                with archive.open(member) as content:
                    executable = bool(mode & 0o100)
                    intake.file(member.filename, content, executable=executable)
    return noted


_LOCAL_HEADER = struct.Struct("<4s22xHH")
_END_RECORD = struct.Struct("<4s8xIIH")
_DESCRIBED_LATER = 8
_DESCRIPTORS = frozenset({12, 16, 20, 24})
"""What may stand behind a file whose size was not known before (APPNOTE 4.3.9)."""


def has_loose_bytes(file: Path) -> bool:
    """
    Tell whether a zip file has bytes that belong to none of its files.

    Other readers may take them for files, or for another zip file. One in which that
    cannot be told (with 65,535 files or more) has some.
    """
    with file.open("rb") as opened, zipfile.ZipFile(opened) as archive:
        size = opened.seek(-_END_RECORD.size, io.SEEK_END) + _END_RECORD.size
        mark, listing, at, comment = _END_RECORD.unpack(opened.read())
        if mark != b"PK\5\6" or comment or at + listing + _END_RECORD.size != size:
            return True
        ends = {0}
        for member in sorted(archive.infolist(), key=lambda one: one.header_offset):
            opened.seek(member.header_offset)
            _, name, more = _LOCAL_HEADER.unpack(opened.read(_LOCAL_HEADER.size))
            if member.header_offset not in ends:
                return True
            begins = member.header_offset + _LOCAL_HEADER.size + name + more
            ends = {begins + member.compress_size}
            if member.flag_bits & _DESCRIBED_LATER:
                ends |= {end + more for end in ends for more in _DESCRIPTORS}
        return at not in ends


def read_tar(opened: Reads, name: str, intake: Intake) -> str:
    """Take in what a tar file holds, compressed or not; return its comment."""
    with tar_in(opened, name) as archive:
        for member in archive:
            take_member(archive, member, intake)
            forget(archive)
        return str(archive.pax_headers.get("comment", ""))


def read_deb(opened: Reads, intake: Intake) -> None:
    """Take in the files of a binary package (deb(5): `ar` with tar archives in it)."""
    for name, content in _ar_members(opened):
        if name.startswith("data.tar"):
            read_tar(content, name, intake)
        elif name.startswith("control.tar"):
            with tar_in(content, name) as archive:
                for member in archive:
                    member.name = f"DEBIAN/{member.name}"
                    take_member(archive, member, intake)
                    forget(archive)


class _Cautious(io.RawIOBase):
    """
    What a decompressor gives, never much of it at once.

    Attributes:
        last: What was read last.
    """

    def __init__(self, inner: Reads) -> None:
        self._inner = inner
        self.last = b""

    def read(self, size: int = -1) -> bytes:
        if size < 0 or size > _HEADER_BYTES:
            msg = f"a header claims to be {size:,} bytes long"
            raise ValueError(msg)
        self.last = self._inner.read(size)
        return self.last

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._inner.seek(offset, whence)

    def tell(self) -> int:
        return self._inner.tell()

    def seekable(self) -> bool:
        return True


_COMPRESSED: tuple[tuple[bytes, Callable[[Any], Any]], ...] = (
    (b"\x1f\x8b", lambda given: gzip.GzipFile(fileobj=given)),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ\0", lzma.LZMAFile),
)
"""How compressed files begin, and what reads them."""


@contextmanager
def tar_in(opened: Reads, name: str) -> Iterator[tarfile.TarFile]:
    """Open a tar file, compressed or not, of which all members are read."""
    begins = opened.read(6)
    opened.seek(0)
    if begins.startswith(b"\x28\xb5\x2f\xfd"):
        msg = f"cannot unpack {name!r}: it is compressed with zstd, which is not read"
        raise NotAnArtefact(f"{msg} here; unpack it and pack it again with gzip")
    inner = next(
        (o(opened) for mark, o in _COMPRESSED if begins.startswith(mark)), opened
    )
    cautious = _Cautious(inner)
    try:
        archive = cast(Any, tarfile).open(fileobj=cautious, mode="r:")
    except tarfile.ReadError as error:
        msg = (
            f"cannot unpack {name!r}: it is no archive of a form known here (tar, zip, "
            "wheel, JAR, deb, APK, OCI layout)"
        )
        raise NotAnArtefact(msg) from error
    first = archive.firstmember  # which typeshed does not know
    # Alpine's packages are archives one after the other (abuild-sign, apk-package).
    archive.ignore_zeros = first is not None and _ALPINE.match(first.name) is not None
    with archive:
        yield archive
        # Where there is no header tarfile ends, as if there were no more files.
        if cautious.last.strip(b"\0"):
            msg = "what comes after its last file is no header of one"
            raise ValueError(msg)


def take_member(
    archive: tarfile.TarFile, member: tarfile.TarInfo, intake: Intake
) -> None:
    """Take one member in, whatever it is."""
    if member.issym():
        intake.link(member.name, member.linkname)
    elif member.islnk():
        intake.leave_out(member.name, "it is a second name of another file")
    elif member.isdir():
        intake.count_member()
    elif not member.isreg() or (content := archive.extractfile(member)) is None:
        intake.leave_out(member.name, "it is no regular file")
    else:
        with content:
            intake.file(member.name, content, executable=bool(member.mode & 0o100))


def forget(archive: tarfile.TarFile) -> None:
    """Let go of the members that were read; an archive keeps them all."""
    cast(Any, archive).members.clear()


def _ar_members(opened: Reads) -> Iterator[tuple[str, "Slice"]]:
    opened.seek(8)
    while header := opened.read(60):
        if len(header) < 60 or header[58:] != b"`\n":
            msg = "a header of the ar archive is broken"
            raise ValueError(msg)
        size, start = int(header[48:58]), opened.tell()
        yield (
            header[:16].decode("ascii", "replace").strip(" /"),
            Slice(opened, start, size),
        )
        opened.seek(start + size + size % 2)


class Slice(io.RawIOBase):
    """A stretch of a file, as if it were one."""

    def __init__(self, inner: Reads, start: int, size: int) -> None:
        self._inner, self._start, self._size, self._at = inner, start, size, 0

    def read(self, size: int = -1) -> bytes:
        left = max(0, self._size - self._at)
        self._inner.seek(self._start + self._at)
        piece = self._inner.read(left if size < 0 else min(size, left))
        self._at += len(piece)
        return piece

    def readinto(self, buffer: Any) -> int:
        piece = self.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + (0, self._at, self._size)[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True
