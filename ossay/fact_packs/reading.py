# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
A fact pack taken in: checked to its last byte, and then kept or not as a whole.

It is data and never executed. Its word is not taken for how much it unpacks to.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ossay import codec, signatures
from ossay.fact_packs.form import (
    CHUNK,
    FORMAT,
    GZIP,
    LARGEST_FACT,
    NAME,
    FactPackRefused,
    scanners,
)
from ossay.model.digest import Digest, Filed
from ossay.model.errors import OssayError
from ossay.model.fact_pack import Fact, FactPack, Taken
from ossay.model.people import Curation

if TYPE_CHECKING:
    from ossay.engine import Workshop

TRUSTED_KEYS = "trusted-keys"
"""Folder in the office's home: public keys whose packs are taken in."""

LARGEST_HEAD = 1_000_000
MOST_TIMES = 200
"""How many times its size a pack may unpack to; facts of files make it 10."""
ALWAYS_UNPACKED = 10_000_000
"""Bytes that any pack may unpack to."""

_HEAD = re.compile(re.escape(NAME) + rb" (\d{1,9})\n\Z")
_KEY = re.compile(rb"[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}")


def trusted_keys(home: Path, more: Sequence[Path]) -> frozenset[bytes]:
    """Return the public keys that this office trusts: its own list, and *more*."""
    kept = sorted((home / TRUSTED_KEYS).glob(f"*{signatures.PUBLIC_SUFFIX}"))
    return frozenset(map(signatures.read_public, (*kept, *more)))


@dataclass(frozen=True, slots=True)
class _Opened:
    """A pack whose signature is good, and where what it holds begins."""

    path: Path
    file: IO[bytes]
    filed: Filed[FactPack]
    start: int

    def refused(self, why: str) -> FactPackRefused:
        return _refused(self.path, why)


def take_in(
    workshop: Workshop,
    path: Path,
    trusted: frozenset[bytes],
    *,
    with_curations: bool,
) -> Taken:
    """
    Take in the facts of the pack *path*: all of them, or nothing.

    It is read twice: to see that every line is what it should be, and to keep it.
    Neither time is its word taken for how much there is.
    """
    try:
        with path.open("rb") as file:
            opened = _opened(path, file, trusted)
            for _ in _parts(opened, check=True):
                pass
            return workshop.register.take_facts(
                opened.filed,
                (f for f in _parts(opened, check=False) if isinstance(f, Fact)),
                list(_curations(opened)) if with_curations else (),
                workshop.clock(),
            )
    except OSError as error:
        raise _refused(path, error.strerror or str(error)) from error


def _refused(path: Path, why: str) -> FactPackRefused:
    return FactPackRefused(f"cannot import {str(path)!r}: {why}; nothing was kept")


def _opened(path: Path, file: IO[bytes], trusted: frozenset[bytes]) -> _Opened:
    first = file.readline(len(NAME) + 12)
    found = _HEAD.match(first)
    if found is None:
        raise _refused(path, "it is no fact pack")
    if int(found[1]) != FORMAT:
        why = f"it is of format {int(found[1])} and this ossay knows {FORMAT}"
        raise _refused(path, f"{why}; update ossay")
    said, signature = (file.readline(LARGEST_HEAD) for _ in range(2))
    if not said.endswith(b"\n") or not signature.endswith(b"\n"):
        raise _refused(path, "it is cut off")
    if not signature.strip():
        raise _refused(path, "it is not signed")
    _check_signature(path, first + said, signature, trusted)
    try:
        pack = codec.from_json(FactPack, said)
    except codec.CodecError as error:
        why = "what it says of itself cannot be read; it may be from another ossay"
        raise _refused(path, why) from error
    start = file.tell()
    size = os.fstat(file.fileno()).st_size - start
    if size != pack.body_bytes:
        what = "it is cut off" if size < pack.body_bytes else "there is more behind it"
        raise _refused(path, f"{what}: {size:,} bytes, not {pack.body_bytes:,}")
    if pack.unpacked_bytes > max(ALWAYS_UNPACKED, MOST_TIMES * size):
        why = f"it would unpack to {pack.unpacked_bytes:,} bytes, which is too much"
        raise _refused(path, why)
    filed = Filed(digest=codec.digest_of_bytes(said), value=pack)
    opened = _Opened(path, file, filed, start)
    for _ in _chunks(opened):
        pass  # its digest is checked before anything is unpacked
    return opened


def _check_signature(
    path: Path, signed: bytes, signature: bytes, trusted: frozenset[bytes]
) -> None:
    try:
        raw = base64.b64decode(signature.strip(), validate=True)
    except binascii.Error as error:
        raise _refused(path, "its signature is none") from error
    if any(signatures.is_signed(signed, raw, key) for key in trusted):
        return
    claimed = re.search(rb'"signed_by":"([0-9a-f]{64})"', signed)
    key = claimed[1].decode() if claimed else ""
    if key and bytes.fromhex(key) in trusted:
        raise _refused(path, "it was changed after it was signed")
    raise _refused(
        path,
        f"it is signed with the key {key[:16] or 'of nobody'}, which is not trusted "
        f"here; give its public key with --trust, or keep it in {TRUSTED_KEYS}/ if it "
        "is that of an office whose word counts",
    )


def _chunks(opened: _Opened) -> Iterator[bytes]:
    """Yield what a pack holds, compressed; refuse what is not what was signed."""
    digest = hashlib.sha256()
    opened.file.seek(opened.start)
    while chunk := opened.file.read(CHUNK):
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != opened.filed.value.body_digest:
        raise opened.refused("it was changed after it was signed")


def _lines(opened: _Opened) -> Iterator[bytes]:
    """Yield the lines of what a pack holds, never more than was signed."""
    unpacker = zlib.decompressobj(wbits=GZIP)
    left = opened.filed.value.unpacked_bytes
    line = b""
    try:
        for chunk in _chunks(opened):
            for text in _texts(unpacker, chunk):
                left -= len(text)
                if left < 0 or len(line) > LARGEST_FACT:
                    raise opened.refused("it holds more than it says")
                *whole, line = (line + text).split(b"\n")
                yield from whole
    except zlib.error as error:
        raise opened.refused("what it holds cannot be unpacked") from error
    if left or line or not unpacker.eof or unpacker.unused_data:
        raise opened.refused("it does not hold what it says")


def _texts(unpacker: zlib._Decompress, chunk: bytes) -> Iterator[bytes]:
    """Yield what *chunk* unpacks to, in pieces."""
    while True:
        text = unpacker.decompress(chunk, CHUNK)
        yield text
        chunk = unpacker.unconsumed_tail
        if len(text) < CHUNK and not chunk:
            return


def _parts(opened: _Opened, *, check: bool) -> Iterator[Fact | Curation]:
    """Yield what a pack holds; with *check*, refuse what this ossay could not read."""
    readers = _readers(opened.filed.value)
    found: Counter[tuple[str, Digest]] = Counter()
    scanner, version = "", Digest("")
    for number, line in enumerate(_lines(opened), 1):
        try:
            name, _, said = line.partition(b" ")
            if name == b"scanner":
                scanner, version = _section(said)
            elif name == b"curation":
                yield _curation(opened, said)
            else:
                found[scanner, version] += 1
                if check:
                    readers.get((scanner, version), _any)(said)
                yield _fact(scanner, version, name, said)
        except (ValueError, RecursionError, OssayError) as error:
            why = f"line {number:,} of what it holds is no fact"
            raise opened.refused(why) from error
    said_to_hold = {(h.scanner, h.version): h.facts for h in opened.filed.value.held}
    if found != said_to_hold:
        raise opened.refused("it does not hold what it says")


def _section(said: bytes) -> tuple[str, Digest]:
    scanner, _, version = said.decode().partition(" ")
    if scanner not in scanners():
        raise ValueError(scanner)
    return scanner, codec.as_digest(version)


def _fact(scanner: str, version: Digest, name: bytes, said: bytes) -> Fact:
    if not scanner or not _KEY.fullmatch(name):
        raise ValueError(name)
    return Fact(scanner=scanner, version=version, key=name.decode(), said=said)


def _any(said: bytes) -> object:
    return json.loads(said)


def _curation(opened: _Opened, said: bytes) -> Curation:
    from ossay.collect.licensing.curations import checked

    curation = checked(codec.from_json(Curation, said))
    return replace(curation, pack=opened.filed.digest)


def _curations(opened: _Opened) -> Iterator[Curation]:
    return (c for c in _parts(opened, check=False) if isinstance(c, Curation))


def _readers(pack: FactPack) -> dict[tuple[str, Digest], Callable[[bytes], object]]:
    """Return how facts are read that this ossay may look up."""
    from ossay.collect.licensing.recognition import reading
    from ossay.model.licences import Holdings, Recognised

    files, passages, notices = scanners()
    kinds: dict[tuple[str, Digest], type] = {
        (files, reading.scanner().version): reading.Reading
    }
    if pack.engine is not None:
        kinds[passages, pack.engine.version] = Recognised
        kinds[notices, pack.engine.version] = Holdings
    return {section: _reader(kind) for section, kind in kinds.items()}


def _reader(kind: type) -> Callable[[bytes], object]:
    return lambda said: codec.from_json(kind, said)


def of_use(pack: FactPack, engine: Digest) -> int:
    """Return how many facts of *pack* are looked up where *engine* is asked."""
    from ossay.collect.licensing.recognition import reading

    looked_up = {reading.scanner().version, engine}
    return sum(held.facts for held in pack.held if held.version in looked_up)
