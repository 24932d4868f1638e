# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Keys, certificates and signed files of every kind, made for one test."""

import base64
import hashlib
import json
import struct
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    pkcs7,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.artefacts.making import zip_of

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
Signer = tuple[Key, x509.Certificate]


def signer(
    name: str = "Releases",
    *,
    issuer: Signer | None = None,
    days: int = 30,
    is_ca: bool = False,
    purpose: x509.ObjectIdentifier | None = None,
    elliptic: bool = False,
    more: x509.ExtensionType | None = None,
) -> Signer:
    """
    Return a key and a certificate, of its own or of *issuer*.

    *more* is an extension that has to be understood.
    """
    key: Key = (
        ec.generate_private_key(ec.SECP256R1())
        if elliptic
        else rsa.generate_private_key(65537, 2048)
    )
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    by_key, by = (key, called) if issuer is None else (issuer[0], issuer[1].subject)
    made = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=60))
        .not_valid_after(NOW + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), True)
    )
    if purpose is not None:
        made = made.add_extension(x509.ExtendedKeyUsage([purpose]), False)
    if more is not None:
        made = made.add_extension(more, True)
    return key, made.sign(by_key, hashes.SHA256())


CURVE = bytes.fromhex("06082a8648ce3d030107")
ODD_CURVE = bytes.fromhex("06082a8648ce3d030106")
"""P-256 by its number, and a curve that nobody checks."""

FOR_SOME_NAMES = x509.NameConstraints([x509.DNSName("example.org")], None)
TO_SIGN_FILES = x509.KeyUsage(
    digital_signature=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
FOR_WEB_SERVERS = ExtendedKeyUsageOID.SERVER_AUTH
FOR_CODE = ExtendedKeyUsageOID.CODE_SIGNING


def pem(*signers: Signer) -> bytes:
    """Return certificates as they are handed in."""
    return b"".join(c.public_bytes(Encoding.PEM) for _, c in signers)


def cms_over(content: bytes, by: Signer, *others: Signer) -> bytes:
    """Return a detached signature, with the certificates of *others* beside."""
    made = pkcs7.PKCS7SignatureBuilder().set_data(content)
    made = made.add_signer(by[1], by[0], hashes.SHA256())
    for _, certificate in others:
        made = made.add_certificate(certificate)
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    return made.sign(Encoding.DER, options)


def minisigned(
    key: Ed25519PrivateKey, number: bytes, content: bytes, *, hashed: bool = True
) -> bytes:
    """Return a signature of minisign (or of signify, where nothing is *hashed*)."""
    signed = hashlib.blake2b(content).digest() if hashed else content
    made = key.sign(signed)
    head = base64.b64encode((b"ED" if hashed else b"Ed") + number + made)
    lines = [b"untrusted comment: signature", head]
    if hashed:
        over = base64.b64encode(key.sign(made + b"timestamp:1"))
        lines += [b"trusted comment: timestamp:1", over]
    return b"\n".join(lines) + b"\n"


def minisign_key(key: Ed25519PrivateKey, number: bytes) -> bytes:
    """Return a public key as minisign and signify write it."""
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return b"untrusted comment: key\n" + base64.b64encode(b"Ed" + number + public)


def _digest(content: bytes, name: str = "sha256") -> str:
    return base64.b64encode(hashlib.new(name, content).digest()).decode()


def jar_signed(
    files: Mapping[str, bytes], by: Signer, hash_name: str = "SHA-256", more: str = ""
) -> dict[str, bytes]:
    """Return the files of a signed JAR (JAR file specification)."""
    name = hash_name.replace("-", "").lower()
    manifest = "Manifest-Version: 1.0\r\n\r\n" + "".join(
        f"Name: {path}\r\n{hash_name}-Digest: {_digest(content, name)}\r\n\r\n"
        for path, content in files.items()
    )
    told = (
        f"Signature-Version: 1.0\r\n{more}"
        f"{hash_name}-Digest-Manifest: {_digest(manifest.encode(), name)}\r\n\r\n"
    ).encode()
    return {
        "META-INF/MANIFEST.MF": manifest.encode(),
        "META-INF/RELEASE.SF": told,
        "META-INF/RELEASE.RSA": cms_over(told, by),
        **files,
    }


def _prefixed(*contents: bytes) -> bytes:
    return b"".join(struct.pack("<I", len(one)) + one for one in contents)


def android_signed(files: Mapping[str, bytes], by: Signer, scheme: int = 2) -> bytes:
    """Return an Android package, signed with scheme 2 or 3."""
    plain = zip_of(files)
    end = plain.rindex(b"PK\x05\x06")
    (directory,) = struct.unpack_from("<I", plain, end + 16)
    chunks = [
        hashlib.sha256(b"\xa5" + struct.pack("<I", len(part)) + part).digest()
        for part in (plain[:directory], plain[directory:end], plain[end:])
    ]
    whole = hashlib.sha256(b"\x5a" + struct.pack("<I", 3) + b"".join(chunks)).digest()
    key, certificate = by
    kind = 0x0103 if isinstance(key, rsa.RSAPrivateKey) else 0x0201
    versions = struct.pack("<II", 24, 2**31 - 1) if scheme == 3 else b""
    data = (
        _prefixed(
            _prefixed(struct.pack("<I", kind) + _prefixed(whole)),
            _prefixed(certificate.public_bytes(Encoding.DER)),
        )
        + versions
        + _prefixed(b"")
    )
    if isinstance(key, rsa.RSAPrivateKey):
        made = key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    else:
        made = key.sign(data, ec.ECDSA(hashes.SHA256()))
    public = key.public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )
    one = (
        _prefixed(data)
        + versions
        + _prefixed(_prefixed(struct.pack("<I", kind) + _prefixed(made)), public)
    )
    value = _prefixed(_prefixed(one))
    numbered = struct.pack("<I", 0x7109871A if scheme == 2 else 0xF05368C0) + value
    pairs = struct.pack("<Q", len(numbered)) + numbered
    size = struct.pack("<Q", len(pairs) + 24)
    block = size + pairs + size + b"APK Sig Block 42"
    tail = bytearray(plain[end:])
    tail[16:20] = struct.pack("<I", directory + len(block))
    return plain[:directory] + block + plain[directory:end] + bytes(tail)


def handed_in(folder: Path, content: bytes) -> Path:
    """Write a file of keys."""
    path = folder / "keys"
    path.write_bytes(content)
    return path


def _number(public: bytes) -> bytes:
    return hashlib.sha256(public).digest()


def _spki(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _log(key: ec.EllipticCurvePrivateKey) -> dict[str, object]:
    public = _spki(key)
    return {
        "publicKey": {"rawBytes": _text(public)},
        "logId": {"keyId": _text(_number(public))},
    }


_WORKFLOW = x509.UniformResourceIdentifier("https://example.org/release")


def sigstore_bundle(
    content: bytes,
    *,
    entered: datetime = NOW,
    purpose: x509.ObjectIdentifier = FOR_CODE,
    is_promised: bool = True,
    is_empty: bool = False,
    name: x509.GeneralName = _WORKFLOW,
    vouched: tuple[str, bytes] = ("1.3.6.1.4.1.57264.1.1", b"https://example.org"),
) -> tuple[dict[str, object], dict[str, object]]:
    """
    Return a bundle over *content* by who is called *name*, and the root.

    The certificate holds ten minutes, from `NOW` on. Its list of promises may be
    there and *is_empty*; *vouched* is the extension that tells who vouched.
    """
    logs = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    authority = signer("Authority", is_ca=True, elliptic=True)
    key = ec.generate_private_key(ec.SECP256R1())
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(authority[1].subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(minutes=1))
        .not_valid_after(NOW + timedelta(minutes=9))
        .add_extension(x509.ExtendedKeyUsage([purpose]), False)
        .add_extension(
            x509.SubjectAlternativeName([name]),
            True,
        )
        .add_extension(
            x509.UnrecognizedExtension(x509.ObjectIdentifier(vouched[0]), vouched[1]),
            False,
        )
    )
    issuer = (
        authority[1]
        .public_key()
        .public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    )
    if is_promised:
        before = made.sign(authority[0], hashes.SHA256()).tbs_certificate_bytes
        moment = struct.pack(">Q", round(NOW.timestamp() * 1000))
        said = (
            b"\0\0"
            + moment
            + b"\0\1"
            + _number(issuer)
            + len(before).to_bytes(3, "big")
            + before
            + b"\0\0"
        )
        by_log = logs[0].sign(said, ec.ECDSA(hashes.SHA256()))
        promise = (
            b"\0" + _number(_spki(logs[0])) + moment + b"\0\0" + b"\4\3"
            + struct.pack(">H", len(by_log)) + by_log
        )  # fmt: skip
        listed = b"" if is_empty else struct.pack(">H", len(promise)) + promise
        value = struct.pack(">H", len(listed)) + listed
        made = made.add_extension(
            x509.UnrecognizedExtension(
                x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2"),
                b"\x04"
                + (
                    bytes([len(value)])
                    if len(value) < 128
                    else b"\x81" + bytes([len(value)])
                )
                + value,
            ),
            False,
        )
    certificate = made.sign(authority[0], hashes.SHA256())
    signed = key.sign(content, ec.ECDSA(hashes.SHA256()))
    body = json.dumps(
        {
            "apiVersion": "0.0.1",
            "kind": "hashedrekord",
            "spec": {
                "data": {
                    "hash": {
                        "algorithm": "sha256",
                        "value": hashlib.sha256(content).hexdigest(),
                    }
                },
                "signature": {
                    "content": _text(signed),
                    "publicKey": {
                        "content": _text(certificate.public_bytes(Encoding.PEM))
                    },
                },
            },
        }
    ).encode()
    at, number = int(entered.timestamp()), _number(_spki(logs[1]))
    promised = json.dumps(
        {
            "body": _text(body),
            "integratedTime": at,
            "logID": number.hex(),
            "logIndex": 7,
        },
        sort_keys=True,
        separators=(",", ":"),
    ).encode()
    entry = {
        "logIndex": "7",
        "logId": {"keyId": _text(number)},
        "integratedTime": str(at),
        "inclusionPromise": {
            "signedEntryTimestamp": _text(
                logs[1].sign(promised, ec.ECDSA(hashes.SHA256()))
            )
        },
        "canonicalizedBody": _text(body),
    }
    raw = {"rawBytes": _text(certificate.public_bytes(Encoding.DER))}
    bundle: dict[str, object] = {
        "verificationMaterial": {"certificate": raw, "tlogEntries": [entry]},
        "messageSignature": {"signature": _text(signed)},
    }
    above = {"rawBytes": _text(authority[1].public_bytes(Encoding.DER))}
    root: dict[str, object] = {
        "certificateAuthorities": [{"certChain": {"certificates": [above]}}],
        "tlogs": [_log(logs[1])],
        "ctlogs": [_log(logs[0])],
    }
    return bundle, root
