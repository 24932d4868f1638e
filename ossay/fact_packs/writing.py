# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a register remembers of files and passages, written and signed."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ossay import __version__, codec, signatures
from ossay.fact_packs.form import (
    CHUNK,
    FORMAT,
    GZIP,
    LARGEST_FACT,
    NAME,
    CannotWritePack,
    scanners,
)
from ossay.model.digest import Digest
from ossay.model.fact_pack import Fact, FactPack, Held, Told

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from ossay.engine import Workshop

# REUSE-IgnoreStart
ATTRIBUTION = (
    "Recognised with the licence data of ScanCode {version}: Copyright (c) nexB Inc. "
    "and others. All rights reserved. ScanCode is a trademark of nexB Inc. "
    "SPDX-License-Identifier: CC-BY-4.0. "
    "See https://creativecommons.org/licenses/by/4.0/legalcode for the license text."
)
# REUSE-IgnoreEnd


@dataclass(slots=True)
class _Body:
    """What a pack holds, as it is being written."""

    file: IO[bytes]
    digest: hashlib._Hash
    packer: zlib._Compress
    held: Counter[tuple[str, Digest]]
    curations: int = 0
    packed: int = 0
    unpacked: int = 0

    def write(self, line: bytes) -> None:
        self.unpacked += len(line)
        self._out(self.packer.compress(line))

    def end(self) -> None:
        self._out(self.packer.flush())

    def _out(self, content: bytes) -> None:
        self.digest.update(content)
        self.packed += len(content)
        self.file.write(content)


def write_pack(
    workshop: Workshop,
    path: Path,
    key: Ed25519PrivateKey,
    made_by: str,
    told: Told,
    *,
    with_curations: bool,
) -> FactPack:
    """
    Write what the register remembers of files and passages to *path*.

    *told* is the recogniser whose answers this register has.
    """
    try:
        with _unfinished(path) as (head, body):
            held = _write_body(workshop, body, with_curations=with_curations)
            pack = FactPack(
                made_at=workshop.clock(),
                made_by=made_by,
                signed_by=signatures.public_of(key).hex(),
                ossay=__version__,
                engine=told if _is_told(held, told) else None,
                held=tuple(
                    Held(scanner=scanner, version=version, facts=facts)
                    for (scanner, version), facts in sorted(held.held.items())
                ),
                curations=held.curations,
                attribution=ATTRIBUTION.format(version=told.tool.version),
                body_digest=Digest(held.digest.hexdigest()),
                body_bytes=held.packed,
                unpacked_bytes=held.unpacked,
            )
            signed = NAME + b" %d\n" % FORMAT + codec.to_json(pack) + b"\n"
            head.write(signed + base64.b64encode(key.sign(signed)) + b"\n")
            body.seek(0)
            while chunk := body.read(CHUNK):
                head.write(chunk)
    except OSError as error:
        msg = f"cannot write the fact pack {str(path)!r}: {error.strerror or error}"
        raise CannotWritePack(msg) from error
    return pack


def _is_told(body: _Body, told: Told) -> bool:
    return any(version == told.version for _, version in body.held)


def _write_body(workshop: Workshop, file: IO[bytes], *, with_curations: bool) -> _Body:
    packer = zlib.compressobj(wbits=GZIP)
    body = _Body(file, hashlib.sha256(), packer, Counter())
    section = None
    for fact in map(_impersonal, workshop.register.facts(scanners())):
        if len(fact.said) > LARGEST_FACT or b"\n" in fact.said:
            continue
        if section != (section := (fact.scanner, fact.version)):
            body.write(f"scanner {fact.scanner} {fact.version}\n".encode())
        body.write(fact.key.encode() + b" " + fact.said + b"\n")
        body.held[section] += 1
    if with_curations:
        last = {one.key: one for one in workshop.register.curations()}
        for one in last.values():
            if not one.pack:
                body.write(b"curation " + codec.to_json(one) + b"\n")
                body.curations += 1
    body.end()
    return body


def _impersonal(fact: Fact) -> Fact:
    """Leave out who is called an author: licences ask for copyright notices alone."""
    _, _, notices = scanners()
    if fact.scanner != notices:
        return fact
    said = json.loads(fact.said)
    if not said.get("authors"):
        return fact
    return replace(fact, said=codec.canonical(said | {"authors": []}))


@contextmanager
def _unfinished(path: Path) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Offer a file that gets its name when all is written, and one for the body."""
    head, body = (path.with_name(f".{path.name}.{os.getpid()}.{n}") for n in "hb")
    try:
        with head.open("wb") as whole, body.open("wb+") as rest:
            yield whole, rest
            whole.flush()
            os.fsync(whole.fileno())
        head.replace(path)
    finally:
        for left in (head, body):
            with suppress(OSError):
                left.unlink()
