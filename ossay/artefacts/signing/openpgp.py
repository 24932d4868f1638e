# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Detached signatures of OpenPGP (RFC 9580), held against the keys at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ossay.artefacts.signing.keys import Keys, SignatureUnreadable, content_of
from ossay.model.artefacts import Signature, Signed


def check(file: Path, signature: Path, keys: Keys) -> Signature:
    """Check a detached signature on *file*."""
    import pysequoia

    try:
        read = pysequoia.Sig.from_bytes(content_of(signature))
    except (TypeError, ValueError, RuntimeError) as error:
        msg = f"cannot read {str(signature)!r}: it is no OpenPGP signature"
        raise SignatureUnreadable(f"{msg}; hand in the right file") from error
    trusted = keys.of_openpgp()
    signers = {
        name.lower() for name in (read.issuer_fingerprint, read.issuer_key_id) if name
    }
    by = f"it names the key {read.issuer_fingerprint or read.issuer_key_id}"
    if not trusted:
        note = f"{by}; hand in the signer's OpenPGP key to check it"
        return Signature(state=Signed.UNCHECKED, note=note)
    if not any(_is_by(certificate, signers) for certificate in trusted):
        note = f"{by}, which is not among those handed in"
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
