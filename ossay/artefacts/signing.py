# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Who signed a released file, as far as the keys at hand tell (OpenPGP, RFC 9580)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from ossay.model.errors import OssayError

_LARGEST_BYTES = 10_000_000
"""A detached signature has some hundred bytes, a keyring some hundred thousand."""

_BESIDE = (".asc", ".sig", ".sign")
"""What is added to a file's name for its OpenPGP signature."""

_OF_OTHER_KINDS = {
    ".sigstore.json": "a Sigstore bundle",
    ".sigstore": "a Sigstore bundle",
    ".minisig": "a minisign signature",
    ".p7s": "a CMS signature",
}


class SignatureUnreadable(OssayError):
    """A file that was handed in is no OpenPGP signature or no certificate."""

    status = 2


class Signed(StrEnum):
    """What is known of the signature on a released file."""

    GOOD = "good"
    BAD = "bad"
    UNCHECKED = "not checked"
    NONE = "none found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """
    What was found.

    Attributes:
        note: One sentence for a reader.
        key: Fingerprint of the certificate that a good signature is of, else "".
    """

    state: Signed
    note: str
    key: str = ""


def signature_on(
    file: Path, signature: Path | None = None, keys: Path | None = None
) -> Signature:
    """
    Check the signature on *file*, detached: *signature*, or what stands beside it.

    *keys* is a file of OpenPGP certificates that whoever asks trusts to sign this;
    none is fetched, and none is taken from where the file came from.
    """
    found = signature or _beside(file)
    if found is None:
        return _other_kind(file)
    if keys is None:
        note = f"{found.name} stands beside it; hand in the signer's key to check it"
        return Signature(state=Signed.UNCHECKED, note=note)
    return _checked(file, found, keys)


def _beside(file: Path) -> Path | None:
    names = (file.with_name(file.name + suffix) for suffix in _BESIDE)
    return next((path for path in names if path.is_file()), None)


def _other_kind(file: Path) -> Signature:
    for suffix, kind in _OF_OTHER_KINDS.items():
        if file.with_name(file.name + suffix).is_file():
            note = f"{kind} stands beside it, which is not checked here"
            return Signature(state=Signed.UNCHECKED, note=note)
    return Signature(state=Signed.NONE, note="no signature was handed in with it")


def _checked(file: Path, signature: Path, keys: Path) -> Signature:
    import pysequoia

    try:
        read = pysequoia.Sig.from_bytes(_content(signature))
    except (TypeError, ValueError, RuntimeError) as error:
        raise SignatureUnreadable(
            _unreadable(signature, "OpenPGP signature")
        ) from error
    try:
        trusted = pysequoia.Cert.split_bytes(_content(keys))
    except (TypeError, ValueError, RuntimeError) as error:
        raise SignatureUnreadable(_unreadable(keys, "OpenPGP key")) from error
    signers = {
        name.lower() for name in (read.issuer_fingerprint, read.issuer_key_id) if name
    }
    if not any(_is_by(certificate, signers) for certificate in trusted):
        note = "the key that it was signed with is not among those handed in"
        return Signature(state=Signed.UNCHECKED, note=note)
    try:
        done = pysequoia.verify(
            file=str(file), store=lambda _ids: trusted, signature=read
        )
    except RuntimeError:
        note = "the signature does not fit the file, or its key no longer holds"
        return Signature(state=Signed.BAD, note=note)
    key = done.valid_sigs[0].certificate
    return Signature(state=Signed.GOOD, note=f"signed with the key {key}", key=key)


def _is_by(certificate: Any, signers: set[str]) -> bool:
    """Tell whether a key of *certificate*, or a subkey, has a name of *signers*."""
    from pysequoia.packet import PacketPile, Tag

    keys = (Tag.PublicKey, Tag.PublicSubkey)
    names = (
        packet.fingerprint.lower()
        for packet in PacketPile.from_bytes(bytes(certificate))
        if packet.tag in keys
    )
    # The key id of version 4 is the end of the fingerprint (RFC 9580, 5.5.4.2).
    return any(name in signers or name[-16:] in signers for name in names)


def _content(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST_BYTES:
        raise SignatureUnreadable(_unreadable(path, "signature or key"))
    return path.read_bytes()


def _unreadable(path: Path, what: str) -> str:
    return f"cannot read {str(path)!r}: it is no {what}; hand in the right file"
