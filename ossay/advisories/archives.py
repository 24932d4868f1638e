# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Archives of very many small files, read one after the other.

`zipfile` keeps a record of every member, 200 MB for 300,000 of them; here the
directory is walked beside the members, so that memory does not grow with it.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_FARTHEST_END = _END.size + 0xFFFF
_UNSAID = 0xFFFFFFFF
_ENCRYPTED = 1
_STORED, _DEFLATED = 0, 8


class Damaged(ValueError):
    """The archive, or a member of it, is not what it should be."""


@dataclass(frozen=True, slots=True)
class Member:
    """
    A file in an archive.

    Attributes:
        content: None where it could not be had; *why* says so then.
        packed: The content as zlib packs it, where the archive had it packed so and
            it is no longer than what is in it; else b"".
    """

    name: str
    content: bytes | None
    why: str = ""
    packed: bytes = b""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    start: int


def members(path: Path, largest: int) -> Iterator[Member]:
    """
    Yield the members of a zip file; none is unpacked beyond *largest* bytes.

    Raises:
        Damaged: Its directory cannot be read to the end.
    """
    with path.open("rb") as directory, path.open("rb") as file:
        for entry in _entries(directory):
            if entry.name.endswith("/"):
                continue
            try:
                content, packed = _content(file, entry, largest)
                yield Member(entry.name, content, packed=packed)
            except (Damaged, zlib.error, struct.error) as error:
                yield Member(entry.name, None, str(error))


def _entries(file: IO[bytes]) -> Iterator[_Entry]:
    try:
        count, start = _directory(file)
        file.seek(start)
        for _ in range(count):
            yield _entry(file)
    except (struct.error, OverflowError) as error:
        msg = "its directory is cut off"
        raise Damaged(msg) from error


def _directory(file: IO[bytes]) -> tuple[int, int]:
    """Return how many members there are, and where the list of them begins."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _FARTHEST_END))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        msg = "it is no zip file"
        raise Damaged(msg)
    _, _, _, _, count, _, start, _ = _END.unpack_from(tail, at)
    if at >= _LOCATOR_64.size:
        mark, _, place, _ = _LOCATOR_64.unpack_from(tail, at - _LOCATOR_64.size)
        if mark == b"PK\x06\x07":
            file.seek(place)
            _, _, _, _, _, _, _, count, _, start = _END_64.unpack(
                file.read(_END_64.size)
            )
    return count, start


def _entry(file: IO[bytes]) -> _Entry:
    fields = _ENTRY.unpack(file.read(_ENTRY.size))
    mark, _, _, flags, method, _, _, checksum, packed, size = fields[:10]
    of_name, of_extra, of_comment, _, _, _, start = fields[10:]
    if mark != b"PK\x01\x02":
        msg = "its directory is damaged"
        raise Damaged(msg)
    name = file.read(of_name).decode(errors="replace")
    extra = file.read(of_extra)
    file.seek(of_comment, 1)
    if _UNSAID in (packed, size, start):
        size, packed, start = _long(extra, size, packed, start)
    return _Entry(name, flags, method, checksum, packed, size, start)


def _long(extra: bytes, *short: int) -> Iterator[int]:
    """Yield numbers that did not fit, from where they stand instead (zip64)."""
    longer: list[int] = []
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<2H", extra)
        if kind == 1:
            numbers = extra[4 : length // 8 * 8 + 4]
            longer = [number for (number,) in struct.iter_unpack("<Q", numbers)]
        extra = extra[4 + length :]
    for number in short:
        if number == _UNSAID and not longer:
            msg = "its directory is damaged"
            raise Damaged(msg)
        yield longer.pop(0) if number == _UNSAID else number


def _content(file: IO[bytes], entry: _Entry, largest: int) -> tuple[bytes, bytes]:
    if entry.flags & _ENCRYPTED or entry.method not in (_STORED, _DEFLATED):
        msg = "it is packed in a way that is not read here"
        raise Damaged(msg)
    if entry.size > largest or entry.packed > largest:
        msg = f"it is larger than {largest:,} bytes"
        raise Damaged(msg)
    file.seek(entry.start)
    head = _LOCAL.unpack(file.read(_LOCAL.size))
    if head[0] != b"PK\x03\x04":
        msg = "it is not where the directory says"
        raise Damaged(msg)
    file.seek(head[-2] + head[-1], 1)
    content, packed = file.read(entry.packed), b""
    if entry.method == _DEFLATED:
        raw, unpacking = content, zlib.decompressobj(-zlib.MAX_WBITS)
        content = unpacking.decompress(raw, entry.size + 1)
        if unpacking.eof and not unpacking.unused_data and len(raw) <= len(content):
            packed = _ZLIB + raw + zlib.adler32(content).to_bytes(4, "big")
    if len(content) != entry.size or zlib.crc32(content) != entry.checksum:
        msg = "it is damaged"
        raise Damaged(msg)
    return content, packed


_ZLIB = b"\x78\x9c"
"""How zlib begins what a zip file has without beginning and end (RFC 1950)."""
