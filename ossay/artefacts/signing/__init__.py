# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Who signed a released file, as far as the keys at hand tell."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from pathlib import Path

from ossay.artefacts.forms import Form
from ossay.artefacts.signing import android, cms, jar, minisign, openpgp, sigstore
from ossay.artefacts.signing.keys import Keys, SignatureUnreadable, content_of
from ossay.artefacts.signing.sigstore import Expected
from ossay.artefacts.unpacking import Artefact
from ossay.model.artefacts import Signature, Signed

__all__ = ["Expected", "SignatureUnreadable", "signature_on"]

_BESIDE = (
    *(".asc", ".sig", ".sign", ".minisig", ".p7s"),
    *(".sigstore.json", ".sigstore", ".bundle"),
)
"""What is added to a file's name for its signature."""

_NOT_CHECKED = {
    ".intoto.jsonl": "a statement of its provenance",
}

_OF_ALPINE = re.compile(r"\.SIGN\.[^/]+")


def signature_on(
    file: Path,
    artefact: Artefact,
    now: datetime,
    *,
    signature: Path | None = None,
    keys: Path | None = None,
    expected: Expected | None = None,
) -> Signature:
    """
    Check the signature on *file*: *signature*, what stands beside it, or is inside.

    *keys* is a file of keys that whoever asks trusts to sign this; none is fetched,
    and none is taken from where the file came from. *expected* is who is to sign it,
    where a bundle of Sigstore tells. *artefact* is *file*, unpacked.
    """
    trusted = Keys.in_file(keys)
    if found := signature or _beside(file):
        return _detached(file, found, trusted, expected, now)
    if artefact.form is Form.ANDROID:
        inside = android.check(file, trusted.certificates())
        if inside is not None:
            return inside
    if artefact.form in {Form.JAR, Form.ANDROID} and jar.is_signed(artefact):
        return jar.check(file, artefact, trusted.certificates(), now)
    return _not_checked(file, artefact)


def _beside(file: Path) -> Path | None:
    names = (file.with_name(file.name + suffix) for suffix in _BESIDE)
    return next((path for path in names if path.is_file()), None)


def _detached(
    file: Path, signature: Path, keys: Keys, expected: Expected | None, now: datetime
) -> Signature:
    if file.is_dir():
        note = "a folder has no signature beside it that is checked here"
        return Signature(state=Signed.UNCHECKED, note=note)
    begins = content_of(signature)
    if begins.startswith(minisign.BEGINS):
        return minisign.check(file, signature, keys)
    if begins.lstrip().startswith(b"{"):
        return sigstore.check(file, signature, keys, expected)
    if signature.suffix in {".p7s", ".p7", ".p7b", ".cms"} or _is_cms(begins):

        def digest(name: str) -> bytes:
            with file.open("rb") as opened:
                return hashlib.file_digest(opened, name).digest()

        return cms.check(begins, digest, keys.certificates(), now)
    return openpgp.check(file, signature, keys)


def _is_cms(begins: bytes) -> bool:
    return begins.startswith((b"-----BEGIN PKCS7", b"-----BEGIN CMS"))


def _not_checked(file: Path, artefact: Artefact) -> Signature:
    for suffix, kind in _NOT_CHECKED.items():
        if file.with_name(file.name + suffix).is_file():
            note = f"{kind} stands beside it, which is not checked here"
            return Signature(state=Signed.UNCHECKED, note=note)
    if any(_OF_ALPINE.fullmatch(path) for path in artefact.paths()):
        note = "it carries a signature of Alpine, which is not checked here"
        return Signature(state=Signed.UNCHECKED, note=note)
    return Signature(state=Signed.NONE, note="no signature was handed in with it")
