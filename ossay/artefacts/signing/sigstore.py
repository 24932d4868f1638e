# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Sigstore bundles over a file, held against a trust root that was handed in.

Nothing is asked of a server. What counts: a certificate of an authority of the trust
root, promised to be logged (RFC 6962) and valid when the transparency log, whose key
is there too, says that the signature was entered; an entry that is about this very
signature and file; and the name that whoever asks expects, from the expected issuer.
"""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ossay.artefacts.signing.certificates import (
    CertificateUnreadable,
    certificate_of,
    fingerprint,
    is_link,
)
from ossay.artefacts.signing.keys import Keys, SignatureUnreadable, content_of
from ossay.model.artefacts import Signature, Signed

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_ISSUER = "1.3.6.1.4.1.57264.1.8"
_ISSUER_OF_OLD = "1.3.6.1.4.1.57264.1.1"
"""Extensions of Fulcio's certificates: who vouched for the name."""

_LONGEST = 300
"""Of a name, as it is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """
    Who is to have signed.

    Attributes:
        identity: An e-mail address, or the address of a workflow.
        issuer: Who vouches for it, by address.
    """

    identity: str
    issuer: str

    def shown(self) -> str:
        """Return how evidence names them: of an e-mail address the domain alone."""
        name = self.identity
        if "://" not in name and "@" in name:
            name = f"an e-mail address at {name.rpartition('@')[2]}"
        return f"{name[:_LONGEST]} (vouched for by {self.issuer[:_LONGEST]})"


class _Open(Exception):
    """It cannot be told; the message says why."""


class _Bad(Exception):
    """It does not fit; the message says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bundle:
    certificate: Certificate
    made: bytes
    entry: Mapping[str, Any]


def check(file: Path, bundle: Path, keys: Keys, expected: Expected | None) -> Signature:
    """Check the bundle on *file*."""
    read = None
    try:
        read = _read(bundle)
        who = _identity(read.certificate)
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").digest()
        _fits(read, digest)
        entered = _entered(read, digest, keys)
        _is_certified(read.certificate, entered, keys)
    except _Bad as error:
        return Signature(state=Signed.BAD, note=str(error))
    except _Open as error:
        by = f"signed by {_named(read.certificate)}, not confirmed: " if read else ""
        return Signature(state=Signed.UNCHECKED, note=f"{by}{error}")
    by = f"signed by {who.shown()}"
    if expected is None:
        note = f"{by}; nobody said who is to sign it"
        return Signature(state=Signed.UNCHECKED, note=note)
    if who != expected:
        note = f"{by}, which is not who is expected to"
        return Signature(state=Signed.UNCHECKED, note=note)
    key = fingerprint(read.certificate)
    note = f"{by}, entered in the log on {entered.date().isoformat()}"
    return Signature(state=Signed.GOOD, note=note, key=key)


def _read(path: Path) -> _Bundle:
    try:
        told = json.loads(content_of(path))
        if "dsseEnvelope" in told:
            msg = "it is a statement of provenance, which is not checked here"
            raise _Open(msg)
        material = told["verificationMaterial"]
        chain = material.get("x509CertificateChain", {}).get("certificates")
        raw = chain[0] if chain else material["certificate"]
        return _Bundle(
            certificate=certificate_of(_bytes(raw["rawBytes"])),
            made=_bytes(told["messageSignature"]["signature"]),
            entry=(material.get("tlogEntries") or [{}])[0],
        )
    except CertificateUnreadable as error:
        raise _Open(str(error)) from error
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        msg = f"cannot read {str(path)!r}: it is no Sigstore bundle with a certificate"
        raise SignatureUnreadable(f"{msg}; hand in the right file") from error
    except RecursionError as error:
        msg = f"cannot read {str(path)!r}: it is no Sigstore bundle"
        raise SignatureUnreadable(f"{msg}; hand in the right file") from error


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _identity(certificate: Certificate) -> Expected:
    from cryptography import x509

    try:
        names = certificate.extensions.get_extension_for_class(
            x509.SubjectAlternativeName
        ).value
    except x509.ExtensionNotFound as error:
        msg = "its certificate names nobody"
        raise _Open(msg) from error
    found = [
        *names.get_values_for_type(x509.RFC822Name),
        *names.get_values_for_type(x509.UniformResourceIdentifier),
    ]
    if len(found) != 1:
        msg = "its certificate does not name one signer"
        raise _Open(msg)
    return Expected(identity=found[0], issuer=_issuer(certificate))


def _issuer(certificate: Certificate) -> str:
    from cryptography import x509

    for oid, skip in ((_ISSUER, 2), (_ISSUER_OF_OLD, 0)):
        try:
            found = certificate.extensions.get_extension_for_oid(
                x509.ObjectIdentifier(oid)
            ).value
        except x509.ExtensionNotFound:
            continue
        if isinstance(found, x509.UnrecognizedExtension):
            told = found.value[skip:]
            # The newer one is a UTF8String: tag and a length of one octet come first.
            if not skip or (
                len(told) < 0x80 and found.value[:skip] == bytes((0x0C, len(told)))
            ):
                return told.decode("utf-8", "replace")
    msg = "its certificate does not tell who vouched for the name"
    raise _Open(msg)


def _named(certificate: Certificate) -> str:
    try:
        who = _identity(certificate)
    except _Open:
        return f"the certificate {fingerprint(certificate)}"
    return who.shown()


def _fits(bundle: _Bundle, digest: bytes) -> None:
    """Raise `_Bad` unless the certificate's key signed what has *digest*."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

    key = bundle.certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        msg = "it was signed with a key of a kind that is not checked here"
        raise _Open(msg)
    try:
        key.verify(bundle.made, digest, ec.ECDSA(Prehashed(hashes.SHA256())))
    except InvalidSignature as error:
        msg = "the signature does not fit the file"
        raise _Bad(msg) from error


def _entered(bundle: _Bundle, digest: bytes, keys: Keys) -> datetime:
    """Return when a log that is trusted says that this very signature was entered."""
    from cryptography.hazmat.primitives.serialization import Encoding

    entry = bundle.entry
    try:
        body = _bytes(entry["canonicalizedBody"])
        number = _bytes(entry["logId"]["keyId"])
        at, index = int(entry["integratedTime"]), int(entry["logIndex"])
        promised = entry.get("inclusionPromise") or {}
        promise = _bytes(promised.get("signedEntryTimestamp", ""))
        spec = json.loads(body)
        told = spec["spec"]
        is_this = (
            spec["kind"] == "hashedrekord"
            and told["data"]["hash"] == {"algorithm": "sha256", "value": digest.hex()}
            and _bytes(told["signature"]["content"]) == bundle.made
            and _bytes(told["signature"]["publicKey"]["content"]).strip()
            == bundle.certificate.public_bytes(Encoding.PEM).strip()
        )
        entered = datetime.fromtimestamp(at, UTC)
    except (
        *(ValueError, KeyError, TypeError, AttributeError),
        *(OverflowError, OSError, RecursionError),  # a number, or depth, beyond reading
    ) as error:
        msg = "its entry in the log is not one that is read here"
        raise _Open(msg) from error
    if not promise:
        msg = "no log promises when it was entered"
        raise _Open(msg)
    if not is_this:
        msg = "its entry in the log is about another signature or file"
        raise _Bad(msg)
    log = _log(keys, "tlogs", number, entered)
    said = {
        "body": base64.b64encode(body).decode(),
        "integratedTime": at,
        "logID": number.hex(),
        "logIndex": index,
    }
    text = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    if not _is_signed(log, promise, text):
        msg = "the promise of the log does not fit its entry"
        raise _Bad(msg)
    return entered


def _log(keys: Keys, which: str, number: bytes, at: datetime) -> bytes:
    """Return the key of a log of the trust root that was in use then."""
    for log in keys.trust_root().get(which) or ():
        try:
            public = log["publicKey"]
            is_it = _bytes(log["logId"]["keyId"]) == number
            if is_it and _was_in_use(public.get("validFor"), at):
                return _bytes(public["rawBytes"])
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    msg = "the trust root that was handed in does not have the log that it names"
    if not keys.trust_root():
        msg = "no trust root was handed in"
    raise _Open(msg)


def _was_in_use(span: Mapping[str, str] | None, at: datetime) -> bool:
    if span is None:
        return True
    start, end = span.get("start"), span.get("end")
    return (start is None or datetime.fromisoformat(start) <= at) and (
        end is None or at <= datetime.fromisoformat(end)
    )


def _is_signed(key: bytes, made: bytes, text: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    public = load_der_public_key(key)
    if not isinstance(public, ec.EllipticCurvePublicKey):
        msg = "a log of the trust root signs with a key that is not checked here"
        raise _Open(msg)
    try:
        public.verify(made, text, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def _is_certified(certificate: Certificate, at: datetime, keys: Keys) -> None:
    """Raise unless an authority of the trust root issued it, and it held then."""
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    for authority in keys.trust_root().get("certificateAuthorities") or ():
        try:
            if not _was_in_use(authority.get("validFor"), at):
                continue
            chain = [
                certificate_of(_bytes(one["rawBytes"]))
                for one in authority["certChain"]["certificates"]
            ]
            purposes = certificate.extensions.get_extension_for_class(
                x509.ExtendedKeyUsage
            )
        except (ValueError, KeyError, TypeError, x509.ExtensionNotFound):
            continue
        if chain and _leads(certificate, chain):
            break
    else:
        msg = "no authority of the trust root issued its certificate"
        raise _Open(msg)
    if ExtendedKeyUsageOID.CODE_SIGNING not in purposes.value:
        msg = "its certificate is for another purpose than signing"
        raise _Open(msg)
    for one in (certificate, *chain):
        if not one.not_valid_before_utc <= at <= one.not_valid_after_utc:
            msg = "its certificate did not hold when it was entered in the log"
            raise _Bad(msg)
    _was_promised(certificate, chain[0], keys)


def _leads(certificate: Certificate, chain: list[Certificate]) -> bool:
    whole = [certificate, *chain]
    return all(is_link(whole[: n + 1], issuer) for n, issuer in enumerate(chain))


def _was_promised(certificate: Certificate, issuer: Certificate, keys: Keys) -> None:
    """Raise unless a log of the trust root promised to show the certificate."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    try:
        promises = certificate.extensions.get_extension_for_class(
            x509.PrecertificateSignedCertificateTimestamps
        ).value
    except x509.ExtensionNotFound as error:
        msg = "no log promised to show its certificate"
        raise _Open(msg) from error
    public = issuer.public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )
    precertificate = certificate.tbs_precertificate_bytes
    if not len(promises):
        msg = "no log promised to show its certificate"
        raise _Open(msg)
    for promise in promises:
        when = promise.timestamp.replace(tzinfo=UTC)
        log = _log(keys, "ctlogs", promise.log_id, when)
        # A `digitally-signed` struct of RFC 6962, 3.2.
        text = (
            struct.pack(">BBQH", 0, 0, round(when.timestamp() * 1000), 1)
            + hashlib.sha256(public).digest()
            + len(precertificate).to_bytes(3, "big")
            + precertificate
            + struct.pack(">H", len(promise.extension_bytes))
            + promise.extension_bytes
        )
        if not _is_signed(log, promise.signature, text):
            msg = "the promise to show its certificate does not fit it"
            raise _Bad(msg)
