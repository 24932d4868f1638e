# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
Ed25519 keys in files (RFC 8032, RFC 8410), and what is signed with them.

Files are PEM, as OpenSSL writes and reads them. A private key is read by its owner
alone; a public one is called by the SHA-256 of its 32 bytes.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ossay.model.errors import OssayError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

PUBLIC_SUFFIX = ".pub"

_LARGEST_FILE = 10_000
"""Bytes; a key in PEM has 120."""

_OTHERS = 0o077


class KeyRefused(OssayError):
    """A file holds no key that can be used, or one that others can read."""

    status = 2


def make_keys(private: Path) -> Path:
    """
    Make a pair of keys; return the file of the public one, beside the *private* one.

    Neither is written over a file that is there.
    """
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    public = private.with_name(private.name + PUBLIC_SUFFIX)
    for path in (private, public):
        if path.exists():
            msg = f"cannot make a key in {str(path)!r}: there is a file already"
            raise KeyRefused(msg)
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(
        form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()
    )
    shown = key.public_key().public_bytes(
        form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo
    )
    _write(private, secret, 0o600)
    _write(public, shown, 0o644)
    return public


def read_private(path: Path) -> Ed25519PrivateKey:
    """Return the private key in the file *path*, which nobody else may read."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    content = _content(path)
    if path.stat().st_mode & _OTHERS:
        msg = f"cannot sign with {str(path)!r}: others may read it; chmod 600 it first"
        raise KeyRefused(msg)
    try:
        key = serialization.load_pem_private_key(content, password=None)
    except (TypeError, ValueError) as error:
        raise KeyRefused(_no_key(path, "private")) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyRefused(_no_key(path, "private"))
    return key


def read_public(path: Path) -> bytes:
    """Return the 32 bytes of the public key in the file *path*."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = serialization.load_pem_public_key(_content(path))
    except ValueError as error:
        raise KeyRefused(_no_key(path, "public")) from error
    if not isinstance(key, Ed25519PublicKey):
        raise KeyRefused(_no_key(path, "public"))
    return _raw(key)


def public_of(key: Ed25519PrivateKey) -> bytes:
    """Return the 32 bytes of the public key that belongs to *key*."""
    return _raw(key.public_key())


def is_signed(content: bytes, signature: bytes, public: bytes) -> bool:
    """Tell whether *signature* of *content* was made with the key of *public*."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _raw(key: Ed25519PublicKey) -> bytes:
    from cryptography.hazmat.primitives import serialization as form

    return key.public_bytes(form.Encoding.Raw, form.PublicFormat.Raw)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST_FILE)
    except OSError as error:
        msg = f"cannot read the key {str(path)!r}: {error.strerror or error}"
        raise KeyRefused(msg) from error


def _no_key(path: Path, kind: str) -> str:
    return (
        f"cannot use {str(path)!r}: it holds no {kind} Ed25519 key in PEM without a "
        "password; 'ossay factpack keygen' makes a pair"
    )


def _write(path: Path, content: bytes, mode: int) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except OSError as error:
        msg = f"cannot write the key {str(path)!r}: {error.strerror or error}"
        raise KeyRefused(msg) from error
