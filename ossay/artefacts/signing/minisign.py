# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Detached signatures of minisign and of OpenBSD's signify: Ed25519 over a file."""

import base64
import binascii
import hashlib
from pathlib import Path

from ossay.artefacts.signing.keys import Keys, SignatureUnreadable, content_of
from ossay.model.artefacts import Signature, Signed

BEGINS = b"untrusted comment:"

_PLAIN, _HASHED = b"Ed", b"ED"
_TRUSTED = b"trusted comment: "
_LARGEST_PLAIN = 1_000_000_000
"""What is signed without a hash has to be read whole."""


def check(file: Path, signature: Path, keys: Keys) -> Signature:
    """Check the signature on *file*."""
    lines = content_of(signature).splitlines()
    kind, number, made = _read(signature, lines)
    named = number[::-1].hex().upper()  # as minisign prints it
    key = keys.of_minisign().get(number)
    if key is None:
        note = f"it names the key {named}, which is not among those handed in"
        return Signature(state=Signed.UNCHECKED, note=note)
    if kind == _HASHED:
        with file.open("rb") as opened:
            signed = hashlib.file_digest(opened, "blake2b").digest()
    elif file.stat().st_size > _LARGEST_PLAIN:
        note = "the file is too large to check a signature that was made without a hash"
        return Signature(state=Signed.UNCHECKED, note=note)
    else:
        signed = file.read_bytes()
    if not _fits(key, made, signed):
        note = f"the signature with the key {named} does not fit the file"
        return Signature(state=Signed.BAD, note=note)
    if len(lines) >= 4 and not _comment_fits(key, made, lines):
        note = f"the trusted comment is not the one that the key {named} signed"
        return Signature(state=Signed.BAD, note=note)
    return Signature(state=Signed.GOOD, note=f"signed with the key {named}", key=named)


def _read(path: Path, lines: list[bytes]) -> tuple[bytes, bytes, bytes]:
    """Return how it was signed, the number of the key, and the signature."""
    try:
        read = base64.b64decode(lines[1], validate=True)
    except (IndexError, binascii.Error, ValueError):
        read = b""
    if len(read) != 74 or read[:2] not in {_PLAIN, _HASHED}:
        msg = f"cannot read {str(path)!r}: it is no signature of minisign or signify"
        raise SignatureUnreadable(f"{msg}; hand in the right file")
    return read[:2], read[2:10], read[10:]


def _comment_fits(key: bytes, made: bytes, lines: list[bytes]) -> bool:
    if not lines[2].startswith(_TRUSTED):
        return False
    try:
        over = base64.b64decode(lines[3], validate=True)
    except (binascii.Error, ValueError):
        return False
    return _fits(key, over, made + lines[2].removeprefix(_TRUSTED))


def _fits(key: bytes, made: bytes, signed: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(made, signed)
    except (InvalidSignature, ValueError):
        return False
    return True
