# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Signatures in CMS (RFC 5652), as PKCS#7 files and JARs carry them.

A signature counts when its certificate was handed in, or was issued by one that was,
and holds today: when it was made is told by nobody but its maker.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from ossay.artefacts.signing import der
from ossay.artefacts.signing.certificates import (
    CertificateUnreadable,
    certificate_of,
    chain_of,
    fingerprint,
    is_for_code,
)
from ossay.artefacts.signing.der import Element, NotDer
from ossay.artefacts.signing.keys import SignatureUnreadable
from ossay.model.artefacts import Signature, Signed

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_SIGNED_DATA = "1.2.840.113549.1.7.2"
_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
_HASHES = {
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
"""Hashes that are relied on; SHA-1 and MD5 are not."""

_RSA = "1.2.840.113549.1.1.1"
_RSA_WITH = {
    "1.2.840.113549.1.1.11": "sha256",
    "1.2.840.113549.1.1.12": "sha384",
    "1.2.840.113549.1.1.13": "sha512",
}
_ELLIPTIC = "1.2.840.10045.2.1"
"""The key's own name in place of the algorithm's, as older tools of Android write."""

_ECDSA_WITH = {
    "1.2.840.10045.4.3.2": "sha256",
    "1.2.840.10045.4.3.3": "sha384",
    "1.2.840.10045.4.3.4": "sha512",
}
_MOST = 50
"""Signers, or certificates, in one signature; each is held against each."""

_LONGEST_SUBJECT = 100

_ADDRESS = re.compile(r"[^\s@,=+<>]{1,64}@(?=[\w-])")
"""What stands before the domain of an e-mail address; it stays out of evidence."""

_PEM = re.compile(rb"-----BEGIN (?:PKCS7|CMS)-----(.+?)-----END ", re.DOTALL)

Digests = Callable[[str], bytes]
"""Gives the digest of what was signed, by the name of a hash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Signer:
    certificate: Certificate
    subject: str
    hash: str
    algorithm: str
    attributes: bytes
    """As they were signed; b"" where there are none."""
    digest: bytes
    made: bytes


class Unsupported(Exception):
    """A signature was made in a way that is not checked here."""


def check(
    container: bytes, digests: Digests, trusted: list[Certificate], now: datetime
) -> Signature:
    """Check the signatures in *container* over what *digests* are of."""
    try:
        certificates, signers = _read(_unwrapped(container))
    except (Unsupported, CertificateUnreadable) as error:
        return Signature(state=Signed.UNCHECKED, note=str(error))
    except (NotDer, ValueError, IndexError) as error:
        msg = f"cannot read the CMS signature: {error}; hand in the right file"
        raise SignatureUnreadable(msg) from error
    if not signers:
        note = "its CMS signature names no signer"
        return Signature(state=Signed.UNCHECKED, note=note)
    digests = cache(digests)
    results = [_of(s, digests, certificates, trusted, now) for s in signers]
    # One that does not fit settles it; of the others the best one counts.
    order = (Signed.BAD, Signed.GOOD, Signed.UNCHECKED, Signed.NONE)
    return min(results, key=lambda result: order.index(result.state))


def _of(
    signer: _Signer,
    digests: Digests,
    certificates: list[Certificate],
    trusted: list[Certificate],
    now: datetime,
) -> Signature:
    called = f"the certificate {fingerprint(signer.certificate)} ({signer.subject})"
    try:
        fits = _fits(signer, digests)
    except Unsupported as error:
        return Signature(state=Signed.UNCHECKED, note=str(error))
    if not fits:
        note = f"the signature with {called} does not fit the file"
        return Signature(state=Signed.BAD, note=note)
    chain = chain_of(signer.certificate, certificates, trusted)
    if not chain:
        note = f"signed with {called}, which nobody handed in and no issuer vouches for"
        return Signature(state=Signed.UNCHECKED, note=note)
    if len(chain) > 1 and not all(map(is_for_code, chain[:-1])):
        note = f"signed with {called}, which was issued for another purpose than this"
        return Signature(state=Signed.UNCHECKED, note=note)
    for one in chain:
        if not one.not_valid_before_utc <= now <= one.not_valid_after_utc:
            until = one.not_valid_after_utc.date().isoformat()
            note = (
                f"signed with {called}; a certificate holds until {until} only, and "
                "nothing tells whether it was signed while it held"
            )
            return Signature(state=Signed.UNCHECKED, note=note)
    key = fingerprint(signer.certificate)
    return Signature(state=Signed.GOOD, note=f"signed with {called}", key=key)


def _fits(signer: _Signer, digests: Digests) -> bool:
    if not signer.attributes:
        return _verify(signer, digests(signer.hash))
    if signer.digest != digests(signer.hash):
        return False
    return _verify(signer, hashlib.new(signer.hash, signer.attributes).digest())


def _verify(signer: _Signer, digest: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

    made_with = Prehashed(getattr(hashes, signer.hash.upper())())
    key = signer.certificate.public_key()
    told = {_RSA: signer.hash, **_RSA_WITH}
    curved = {_ELLIPTIC: signer.hash, **_ECDSA_WITH}
    try:
        if isinstance(key, rsa.RSAPublicKey) and signer.algorithm in told:
            _same(told[signer.algorithm], signer.hash)
            key.verify(signer.made, digest, padding.PKCS1v15(), made_with)
        elif isinstance(key, ec.EllipticCurvePublicKey) and signer.algorithm in curved:
            _same(curved[signer.algorithm], signer.hash)
            key.verify(signer.made, digest, ec.ECDSA(made_with))
        else:
            msg = (
                f"it was signed in a way that is not checked here ({signer.algorithm})"
            )
            raise Unsupported(msg)
    except InvalidSignature:
        return False
    return True


def _same(told: str, used: str) -> None:
    if told != used:
        msg = "it was signed with two different hashes, which is not checked here"
        raise Unsupported(msg)


def _unwrapped(container: bytes) -> bytes:
    if (pem := _PEM.search(container)) is None:
        return container
    try:
        return base64.b64decode(b"".join(pem[1].split()), validate=True)
    except binascii.Error as error:
        msg = "its PEM armour is damaged"
        raise NotDer(msg) from error


def _read(content: bytes) -> tuple[list[Certificate], list[_Signer]]:
    kind, wrapped, *_ = der.only(content, der.SEQUENCE).inside()
    if der.oid_of(kind) != _SIGNED_DATA:
        msg = "it holds no signed data"
        raise NotDer(msg)
    parts = der.only(wrapped.content, der.SEQUENCE).inside()
    held = [
        one.whole
        for part in parts
        if part.tag == 0xA0
        for one in part.inside()
        if one.tag == der.SEQUENCE
    ]
    infos = [part for part in parts[3:] if part.tag == der.SET][-1:]
    told = [signer for info in infos for signer in info.inside()]
    if max(len(held), len(told)) > _MOST:
        msg = f"it has more than {_MOST} signers or certificates, too many to check"
        raise Unsupported(msg)
    certificates = list(map(certificate_of, held))
    return certificates, [_signer(one.inside(), certificates) for one in told]


def _signer(parts: list[Element], certificates: list[Certificate]) -> _Signer:
    _version, named, hashed, *rest = parts
    attributes, digest = b"", b""
    if rest[0].tag == 0xA0:
        attributes = bytes([der.SET]) + rest[0].whole[1:]  # RFC 5652, 5.4
        digest = _message_digest(rest[0])
        rest = rest[1:]
    algorithm, made, *_ = rest
    name = der.oid_of(hashed.inside()[0])
    if name not in _HASHES:
        msg = f"it was signed with a hash that is not relied on here ({name})"
        raise Unsupported(msg)
    certificate = _named(named, certificates)
    return _Signer(
        certificate=certificate,
        subject=_shown(certificate.subject.rfc4514_string()),
        hash=_HASHES[name],
        algorithm=der.oid_of(algorithm.inside()[0]),
        attributes=attributes,
        digest=digest,
        made=made.content,
    )


def _shown(subject: str) -> str:
    shown = _ADDRESS.sub("an e-mail address at ", subject[: 10 * _LONGEST_SUBJECT])
    return shown[:_LONGEST_SUBJECT]


def _message_digest(attributes: Element) -> bytes:
    found = [
        values.inside()
        for attribute in attributes.inside()
        for kind, values in [attribute.inside()]
        if der.oid_of(kind) == _MESSAGE_DIGEST
    ]
    if len(found) != 1 or len(found[0]) != 1 or found[0][0].tag != der.OCTETS:
        msg = "it does not say of what it is the signature"
        raise NotDer(msg)
    return found[0][0].content


def _named(named: Element, certificates: list[Certificate]) -> Certificate:
    """Return the signer's certificate, which comes with the signature."""
    for certificate in certificates:
        if named.tag == der.SEQUENCE:
            issuer, number = named.inside()
            is_it: Any = (
                certificate.issuer.public_bytes() == issuer.whole
                and certificate.serial_number
                == int.from_bytes(number.content, signed=True)
            )
        else:
            is_it = _key_id(certificate) == named.content
        if is_it:
            return certificate
    msg = "the certificate of its signer does not come with it"
    raise Unsupported(msg)


def _key_id(certificate: Certificate) -> bytes:
    from cryptography import x509

    try:
        found = certificate.extensions.get_extension_for_class(
            x509.SubjectKeyIdentifier
        )
    except x509.ExtensionNotFound:
        return b""
    return found.value.digest
