# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The file of keys that somebody handed in: of OpenPGP, minisign, or X.509."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ossay.model.errors import OssayError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_LARGEST_BYTES = 10_000_000
"""A detached signature has some hundred bytes, a keyring some hundred thousand."""

_PEM = re.compile(
    rb"-----BEGIN CERTIFICATE-----.{1,100000}?-----END CERTIFICATE-----", re.DOTALL
)
_ED = b"Ed"
"""How a key of minisign or signify begins (Ed25519)."""


class SignatureUnreadable(OssayError):
    """A file that was handed in is no signature, or holds no key."""

    status = 2


def content_of(path: Path) -> bytes:
    """Return what a small file holds."""
    if path.stat().st_size > _LARGEST_BYTES:
        msg = f"cannot read {str(path)!r}: it is too large for a signature or a key"
        raise SignatureUnreadable(f"{msg}; hand in the right file")
    return path.read_bytes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Keys that whoever asks trusts to sign this; none is fetched."""

    content: bytes = b""

    @classmethod
    def in_file(cls, path: Path | None) -> Keys:
        """Read a file of keys; raise `SignatureUnreadable` where it holds none."""
        if path is None:
            return cls()
        keys = cls(content=content_of(path))
        if not (
            keys.of_openpgp()
            or keys.of_minisign()
            or keys.certificates()
            or keys.trust_root()
        ):
            msg = (
                f"cannot read {str(path)!r}: it holds no key of OpenPGP, minisign or "
                "signify, no X.509 certificate and no trust root of Sigstore; hand in "
                "the right file"
            )
            raise SignatureUnreadable(msg)
        return keys

    def of_openpgp(self) -> list[Any]:
        """Return its OpenPGP certificates."""
        import pysequoia

        if not self.content or self.of_minisign() or self.trust_root():
            return []
        try:
            return list(pysequoia.Cert.split_bytes(self.content))
        except (TypeError, ValueError, RuntimeError):
            return []

    def of_minisign(self) -> dict[bytes, bytes]:
        """Return its keys of minisign or signify, by the number each has."""
        found = {}
        for line in self.content.splitlines():
            try:
                read = base64.b64decode(line, validate=True)
            except (binascii.Error, ValueError):
                continue
            if len(read) == 42 and read.startswith(_ED):
                found[read[2:10]] = read[10:]
        return found

    def trust_root(self) -> dict[str, Any]:
        """Return a trust root of Sigstore (`trusted_root.json`), where it is one."""
        if not self.content.lstrip().startswith(b"{"):
            return {}
        try:
            read = json.loads(self.content)
        except (ValueError, RecursionError):
            return {}
        if isinstance(read, dict) and isinstance(
            read.get("certificateAuthorities"), list
        ):
            return read
        return {}

    def certificates(self) -> list[Certificate]:
        """Return its X.509 certificates, in PEM or one in DER."""
        from cryptography import x509

        try:
            if self.content.startswith(b"\x30"):
                return [x509.load_der_x509_certificate(self.content)]
            return [
                x509.load_pem_x509_certificate(block)
                for block in _PEM.findall(self.content)
            ]
        except ValueError:
            return []
