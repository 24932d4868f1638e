# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Signatures of Android packages, schemes 2, 3 and 3.1 ("APK Signing Block").

They are over the bytes of the whole file, so nothing inside can be added or changed.
Android does not look at whether a certificate still holds, and neither is it here:
the certificate stands for its key.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator, Set
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ossay.artefacts.signing.certificates import (
    CertificateUnreadable,
    certificate_of,
    fingerprint,
)
from ossay.model.artefacts import Signature, Signed

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_MAGIC = b"APK Sig Block 42"
_SCHEMES = {0x7109871A: "2", 0xF05368C0: "3", 0x1B93AD61: "3.1"}
_STRIPPING_PROTECTION = 0xBEEFF00D
_END = b"PK\x05\x06"
_END_BYTES = 22
_LONGEST_COMMENT = 65_535
_LARGEST_BLOCK = 20_000_000
_MOST_PARTS = 100
"""Signers, or signatures of one; each signature costs a look at all that is signed."""

_CHUNK = 1 << 20

_ALGORITHMS = {
    0x0101: ("sha256", "pss"),
    0x0102: ("sha512", "pss"),
    0x0103: ("sha256", "pkcs1"),
    0x0104: ("sha512", "pkcs1"),
    0x0201: ("sha256", "ecdsa"),
    0x0202: ("sha512", "ecdsa"),
}
"""Those of the schemes that are checked here; not DSA, nor those with dm-verity."""


class _Broken(ValueError):
    """What should be a signing block is none."""


def check(file: Path, trusted: list[Certificate]) -> Signature | None:
    """Check the signatures in *file*; None where it has no signing block."""
    with file.open("rb") as opened:
        try:
            found = _block(opened)
            if found is None:
                return None
            return _of(opened, found, trusted)
        except (_Broken, struct.error, ValueError) as error:
            note = f"the signature inside does not hold: {error}"
            return Signature(state=Signed.BAD, note=note)


class _Found:
    """Where the parts of an Android package are, and its signatures by scheme."""

    def __init__(
        self, start: int, directory: int, end: int, schemes: dict[str, bytes]
    ) -> None:
        self.start, self.directory, self.end = start, directory, end
        self.schemes = schemes


def _block(opened: IO[bytes]) -> _Found | None:
    size = opened.seek(0, 2)
    tail_at = max(0, size - _END_BYTES - _LONGEST_COMMENT)
    opened.seek(tail_at)
    tail = opened.read()
    at = tail.rfind(_END)
    while at >= 0 and at + _END_BYTES + _comment(tail, at) != len(tail):
        at = tail.rfind(_END, 0, at)
    if at < 0:
        return None
    (directory,) = struct.unpack_from("<I", tail, at + 16)
    opened.seek(max(0, directory - 24))
    if directory < 32 or opened.read(24)[8:] != _MAGIC:
        return None
    opened.seek(directory - 24)
    (length,) = struct.unpack("<Q", opened.read(8))
    start = directory - length - 8
    if start < 0 or length > _LARGEST_BLOCK:
        msg = "its signing block has an impossible size"
        raise _Broken(msg)
    opened.seek(start)
    content = opened.read(length + 8)
    if struct.unpack_from("<Q", content)[0] != length:
        msg = "its signing block tells two sizes"
        raise _Broken(msg)
    schemes: dict[str, bytes] = {}
    for kind, value in _pairs(content[8 : len(content) - 24]):
        if kind in _SCHEMES:
            if _SCHEMES[kind] in schemes:
                msg = f"its signing block has scheme {_SCHEMES[kind]} twice"
                raise _Broken(msg)
            schemes[_SCHEMES[kind]] = value
    return _Found(start, directory, tail_at + at, schemes)


def _comment(tail: bytes, at: int) -> int:
    return int.from_bytes(tail[at + 20 : at + 22], "little")


def _pairs(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(content):
        length, kind = struct.unpack_from("<QI", content, at)
        if length < 4 or at + 8 + length > len(content):
            msg = "its signing block is cut short"
            raise _Broken(msg)
        yield kind, content[at + 12 : at + 8 + length]
        at += 8 + length


def _of(opened: IO[bytes], found: _Found, trusted: list[Certificate]) -> Signature:
    if not found.schemes:
        note = "its signing block has no signature of a scheme that is known here"
        return Signature(state=Signed.UNCHECKED, note=note)
    digests: dict[str, bytes] = {}
    keys: list[Certificate] = []
    unread: list[str] = []
    for scheme, content in found.schemes.items():
        for signer in _sequence(_prefixed(content)[0]):
            certificate, kinds = _signer(scheme, signer, found.schemes.keys(), unread)
            if certificate is None:
                continue
            for kind, wanted in kinds.items():
                if kind not in digests:
                    digests[kind] = _digest(opened, found, kind)
                if digests[kind] != wanted:
                    msg = "the file has other content than what was signed"
                    raise _Broken(msg)
            keys.append(certificate)
    if unread or not keys:
        note = "it was signed in a way that is not checked here"
        return Signature(state=Signed.UNCHECKED, note=note)
    known = [key for key in keys if key in trusted]
    names = ", ".join(sorted({fingerprint(key) for key in keys}))
    if len(known) < len(keys):
        note = f"signed with the certificate {names}, which nobody handed in"
        return Signature(state=Signed.UNCHECKED, note=note)
    schemes = ", ".join(found.schemes)
    note = f"signed with the certificate {names} (APK signature scheme {schemes})"
    return Signature(state=Signed.GOOD, note=note, key=fingerprint(keys[0]))


def _signer(
    scheme: str, signer: bytes, schemes: Set[str], unread: list[str]
) -> tuple[Certificate | None, dict[str, bytes]]:
    """Return a signer's certificate and the digests that it vouches for, by hash."""
    data, rest = _prefixed(signer)
    if scheme != "2":
        rest = rest[8:]  # versions of Android that it is for
    made, rest = _prefixed(rest)
    public, _ = _prefixed(rest)
    signatures = [_numbered(one) for one in _sequence(made)]
    usable = [(kind, one) for kind, one in signatures if kind in _ALGORITHMS]
    if not usable:
        unread.append(scheme)
        return None, {}
    digested, inner = _prefixed(data)
    held, more = _prefixed(inner)
    first = next(_sequence(held), b"")
    if not first:
        msg = "a signer has no certificate"
        raise _Broken(msg)
    try:
        certificate = certificate_of(first)
    except CertificateUnreadable:
        unread.append(scheme)
        return None, {}
    _check_made_by(certificate, public, usable, data)
    told = [_numbered(one) for one in _sequence(digested)]
    if [kind for kind, _ in told] != [kind for kind, _ in signatures]:
        msg = "its digests are others than its signatures are of"
        raise _Broken(msg)
    is_alone = scheme == "2" and not schemes & {"3", "3.1"}
    if is_alone and _names_newer(_prefixed(more)[0]):
        msg = "it was signed with a newer scheme too, and that signature is gone"
        raise _Broken(msg)
    return certificate, {
        _ALGORITHMS[kind][0]: value for kind, value in told if kind in _ALGORITHMS
    }


def _check_made_by(
    certificate: Certificate,
    public: bytes,
    signatures: list[tuple[int, bytes]],
    data: bytes,
) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = certificate.public_key()
    if key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) != public:
        msg = "its certificate is of another key than the one that signed"
        raise _Broken(msg)
    if any(not _fits(key, kind, one, data) for kind, one in signatures):
        msg = "a signature does not fit"
        raise _Broken(msg)


def _names_newer(attributes: bytes) -> bool:
    """Tell whether a signer of scheme 2 says that there is a newer signature, too."""
    return any(
        one[:4] == struct.pack("<I", _STRIPPING_PROTECTION)
        for one in _sequence(attributes)
    )


def _fits(key: object, algorithm: int, made: bytes, data: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    name, how = _ALGORITHMS[algorithm]
    used = hashes.SHA256() if name == "sha256" else hashes.SHA512()
    try:
        if isinstance(key, rsa.RSAPublicKey) and how == "pkcs1":
            key.verify(made, data, padding.PKCS1v15(), used)
        elif isinstance(key, rsa.RSAPublicKey) and how == "pss":
            salt = padding.PSS(padding.MGF1(used), used.digest_size)
            key.verify(made, data, salt, used)
        elif isinstance(key, ec.EllipticCurvePublicKey) and how == "ecdsa":
            key.verify(made, data, ec.ECDSA(used))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _digest(opened: IO[bytes], found: _Found, name: str) -> bytes:
    """Return the digest of all but the signing block, chunk by chunk."""
    opened.seek(found.end)
    end = bytearray(opened.read())
    end[16:20] = struct.pack("<I", found.start)  # as it was before it was signed
    chunks = [
        *_chunks(opened, 0, found.start, name),
        *_chunks(opened, found.directory, found.end, name),
        *(_chunk(bytes(end[n : n + _CHUNK]), name) for n in range(0, len(end), _CHUNK)),
    ]
    whole = hashlib.new(name, b"\x5a" + struct.pack("<I", len(chunks)))
    whole.update(b"".join(chunks))
    return whole.digest()


def _chunks(opened: IO[bytes], start: int, end: int, name: str) -> Iterator[bytes]:
    for at in range(start, end, _CHUNK):
        opened.seek(at)
        yield _chunk(opened.read(min(_CHUNK, end - at)), name)


def _chunk(content: bytes, name: str) -> bytes:
    return hashlib.new(
        name, b"\xa5" + struct.pack("<I", len(content)) + content
    ).digest()


def _prefixed(content: bytes) -> tuple[bytes, bytes]:
    """Return what its length stands before, and the rest."""
    (length,) = struct.unpack_from("<I", content)
    if 4 + length > len(content):
        msg = "its signing block is cut short"
        raise _Broken(msg)
    return content[4 : 4 + length], content[4 + length :]


def _sequence(content: bytes) -> Iterator[bytes]:
    at = count = 0
    while at < len(content):
        (length,) = struct.unpack_from("<I", content, at)
        count += 1
        if count > _MOST_PARTS:
            msg = f"a part of its signing block has more than {_MOST_PARTS} parts"
            raise _Broken(msg)
        if at + 4 + length > len(content):
            msg = "its signing block is cut short"
            raise _Broken(msg)
        yield content[at + 4 : at + 4 + length]
        at += 4 + length


def _numbered(content: bytes) -> tuple[int, bytes]:
    (kind,) = struct.unpack_from("<I", content)
    value, _ = _prefixed(content[4:])
    return kind, value
