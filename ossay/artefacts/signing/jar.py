# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Signatures inside JARs (JAR file specification, "Signed JAR file").

A block in CMS is over a signature file, which has the digest of the manifest, which
has the digest of each file. All three have to hold, for every file inside, and for
every block: whoever adds one adds bytes that the others did not sign.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ossay.artefacts.archives import has_loose_bytes
from ossay.artefacts.signing import cms
from ossay.artefacts.signing.cms import Digests
from ossay.artefacts.signing.keys import SignatureUnreadable
from ossay.artefacts.unpacking import Artefact
from ossay.model.artefacts import Signature, Signed

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_MANIFEST = "META-INF/MANIFEST.MF"
_BLOCK = re.compile(r"META-INF/([^/]+)\.(?:RSA|DSA|EC)", re.IGNORECASE)
_OTHER_SCHEMES = "x-android-apk-signed"
"""Tells of schemes that are looked for before this one ("Stripping protection")."""

_HASHES = {"SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
_LARGEST_BYTES = 20_000_000
_MOST_BLOCKS = 10
"""Each costs a look at every file."""


def is_signed(artefact: Artefact) -> bool:
    """Tell whether a JAR carries a signature."""
    return any(_BLOCK.fullmatch(path) for path in artefact.paths())


def check(
    file: Path, artefact: Artefact, trusted: list[Certificate], now: datetime
) -> Signature:
    """Check the signatures inside a JAR; *artefact* is *file*, unpacked."""
    if artefact.left_out:
        note = f"{len(artefact.left_out)} things inside could not be unpacked"
        return Signature(state=Signed.UNCHECKED, note=note)
    blocks = [path for path in artefact.paths() if _BLOCK.fullmatch(path)]
    if len(blocks) > _MOST_BLOCKS:
        note = f"it carries more than {_MOST_BLOCKS} signatures, too many to check"
        return Signature(state=Signed.UNCHECKED, note=note)
    unsigned = {_MANIFEST, *blocks, *(_signature_file(artefact, b) for b in blocks)}
    parts = [path for path in artefact.paths() if path in unsigned]
    if max(map(artefact.size_of, parts)) > _LARGEST_BYTES:
        note = "what its signature consists of is too large to be read"
        return Signature(state=Signed.UNCHECKED, note=note)
    try:
        results = [_of(artefact, block, trusted, now) for block in blocks]
    except SignatureUnreadable as error:
        note = f"the signature inside does not hold: {error}"
        return Signature(state=Signed.BAD, note=note)
    order = (Signed.BAD, Signed.UNCHECKED, Signed.GOOD)
    worst = min(results, key=lambda result: order.index(result.state))
    if worst.state is not Signed.BAD and (why := _files_differ(artefact, unsigned)):
        return _differs(*why)
    if worst.state is Signed.GOOD and has_loose_bytes(file):
        note = "bytes of it belong to no file inside, and no signature is over them"
        return Signature(state=Signed.UNCHECKED, note=note)
    return worst


def _differs(why: str, is_weak: bool) -> Signature:
    return Signature(state=Signed.UNCHECKED if is_weak else Signed.BAD, note=why)


def _signature_file(artefact: Artefact, block: str) -> str:
    """Return the signature file that a block is over; "" where it is not there."""
    wanted = f"{block.rpartition('.')[0]}.SF".upper()
    return next((path for path in artefact.paths() if path.upper() == wanted), "")


def _of(
    artefact: Artefact, block: str, trusted: list[Certificate], now: datetime
) -> Signature:
    path = _signature_file(artefact, block)
    if not path or _MANIFEST not in artefact.paths():
        note = f"{block} is there, and what it signs is not"
        return Signature(state=Signed.BAD, note=note)
    told = artefact.read(path)
    signed = cms.check(
        artefact.read(block), lambda h: hashlib.new(h, told).digest(), trusted, now
    )
    if signed.state is Signed.BAD:
        return signed
    head = next(_sections(told), {})
    if head.get(_OTHER_SCHEMES):
        note = (
            "it says that it was signed with a newer scheme too, and that one is gone"
        )
        return Signature(state=Signed.BAD, note=note)
    why = _unfit(head, "-Digest-Manifest", partial(artefact.hash_of, _MANIFEST))
    return _differs(*why) if why else signed


_Why = tuple[str, bool]
"""What does not fit, and whether that is only a hash that is not relied on."""


def _files_differ(artefact: Artefact, unsigned: set[str]) -> _Why | None:
    """Return why the manifest does not tell of the files as they are, or None."""
    told = {}
    for section in _sections(artefact.read(_MANIFEST)):
        if name := section.get("name", ""):
            if name in told:
                return f"its manifest speaks twice of {name!r}", False
            told[name] = section
    for path in artefact.paths():
        if path in unsigned:
            continue
        if path not in told:
            return f"its signature does not cover {path!r}", False
        if why := _unfit(told[path], "-Digest", partial(artefact.hash_of, path)):
            return f"{path!r}: {why[0]}", why[1]
    here = {entry.path for entry in artefact.entries()}
    for name, section in told.items():
        if name not in here and any(each.endswith("-digest") for each in section):
            return f"{name!r} was signed, and is not inside", False
    return None


def _unfit(section: dict[str, str], what: str, digests: Digests) -> _Why | None:
    """Return why a file is not what a section tells of it."""
    held = {
        _HASHES[kind]: value
        for kind in _HASHES
        if (value := section.get(f"{kind}{what}".lower()))
    }
    if not held:
        return "it is signed with no hash that is relied on here", True
    for kind, value in held.items():
        try:
            wanted = base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError):
            wanted = b""
        if digests(kind) != wanted:
            return "it has other content than what was signed", False
    return None


def _sections(content: bytes) -> Iterator[dict[str, str]]:
    """Yield the sections of a manifest, names of attributes in small letters."""
    unified = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    for section in re.split(rb"\n{2,}", unified.replace(b"\n ", b"")):
        lines = section.decode("utf-8", "replace").splitlines()
        pairs = [line.partition(": ") for line in lines]
        yield {name.lower(): value for name, sign, value in pairs if sign}
