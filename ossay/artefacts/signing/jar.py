# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Signatures inside JARs (JAR file specification, "Signed JAR file").

A block in CMS is over a signature file, which has the digest of the manifest, which
has the digest of each file. All three have to hold, and for every file inside.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from ossay.artefacts.signing import cms
from ossay.artefacts.signing.keys import SignatureUnreadable
from ossay.artefacts.unpacking import Artefact
from ossay.model.artefacts import Signature, Signed

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_MANIFEST = "META-INF/MANIFEST.MF"
_BLOCK = re.compile(r"META-INF/([^/]+)\.(?:RSA|DSA|EC)", re.IGNORECASE)
_OF_SIGNING = re.compile(
    r"META-INF/(?:MANIFEST\.MF|[^/]+\.(?:SF|RSA|DSA|EC)|SIG-[^/]+)", re.IGNORECASE
)
"""Files that are not signed themselves."""

_OTHER_SCHEMES = "x-android-apk-signed"
"""Tells of schemes that are looked for before this one ("Stripping protection")."""

_HASHES = {"SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
_LARGEST_BYTES = 20_000_000


def is_signed(artefact: Artefact) -> bool:
    """Tell whether a JAR carries a signature."""
    return any(_BLOCK.fullmatch(path) for path in artefact.paths())


def check(artefact: Artefact, trusted: list[Certificate], now: datetime) -> Signature:
    """Check the signatures inside a JAR."""
    if artefact.left_out:
        note = f"{len(artefact.left_out)} things inside could not be unpacked"
        return Signature(state=Signed.UNCHECKED, note=note)
    blocks = [path for path in artefact.paths() if _BLOCK.fullmatch(path)]
    if max(map(artefact.size_of, (*blocks, *_files_of(artefact)))) > _LARGEST_BYTES:
        note = "what its signature consists of is too large to be read"
        return Signature(state=Signed.UNCHECKED, note=note)
    try:
        results = [_of(artefact, block, trusted, now) for block in blocks]
    except SignatureUnreadable as error:
        note = f"the signature inside does not hold: {error}"
        return Signature(state=Signed.BAD, note=note)
    order = (Signed.BAD, Signed.GOOD, Signed.UNCHECKED, Signed.NONE)
    return min(results, key=lambda result: order.index(result.state))


def _files_of(artefact: Artefact) -> list[str]:
    return [path for path in artefact.paths() if _OF_SIGNING.fullmatch(path)]


def _of(
    artefact: Artefact, block: str, trusted: list[Certificate], now: datetime
) -> Signature:
    by_name = {path.upper(): path for path in artefact.paths()}
    path = by_name.get(f"{block.rpartition('.')[0]}.SF".upper())
    if path is None or _MANIFEST not in artefact.paths():
        note = f"{block} is there, and what it signs is not"
        return Signature(state=Signed.BAD, note=note)
    told, manifest = artefact.read(path), artefact.read(_MANIFEST)
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
    why, is_weak = _fits(head, "-Digest-Manifest", manifest)
    if not why:
        why, is_weak = _files_differ(artefact, manifest)
    if is_weak:
        return Signature(state=Signed.UNCHECKED, note=why)
    return Signature(state=Signed.BAD, note=why) if why else signed


def _files_differ(artefact: Artefact, manifest: bytes) -> tuple[str, bool]:
    """Return why the manifest does not tell of all files as they are, or ""."""
    told = {}
    for section in _sections(manifest):
        if name := section.get("name", ""):
            if name in told:
                return f"its manifest speaks twice of {name!r}", False
            told[name] = section
    for path in artefact.paths():
        if _OF_SIGNING.fullmatch(path):
            continue
        if path not in told:
            return f"its signature does not cover {path!r}", False
        why, is_weak = _fits(told[path], "-Digest", artefact.read(path))
        if why:
            return f"{path!r}: {why}", is_weak
    return "", False


def _fits(section: dict[str, str], what: str, content: bytes) -> tuple[str, bool]:
    """Return why *content* is not what a section tells; whether its hash is weak."""
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
        if hashlib.new(kind, content).digest() != wanted:
            return "it has other content than what was signed", False
    return "", False


def _sections(content: bytes) -> Iterator[dict[str, str]]:
    """Yield the sections of a manifest, names of attributes in small letters."""
    unified = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    for section in re.split(rb"\n{2,}", unified.replace(b"\n ", b"")):
        lines = section.decode("utf-8", "replace").splitlines()
        pairs = [line.partition(": ") for line in lines]
        yield {name.lower(): value for name, sign, value in pairs if sign}
