# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A signature counts when a key that was handed in made it over this very file."""

from pathlib import Path

import pysequoia
import pytest

from ossay.artefacts import signature_on, unpack
from ossay.artefacts.signing import SignatureUnreadable
from ossay.model.artefacts import Signature, Signed
from tests.artefacts.making import tar_of, written, zip_of
from tests.artefacts.signers import NOW

FILES = {"tool/a.py": b"a = 1\n"}

SIGNER = pysequoia.Tsk.generate("Releases <releases@example.org>")
STRANGER = pysequoia.Tsk.generate("Somebody <somebody@example.org>")


def checked(
    file: Path, *, signature: Path | None = None, keys: Path | None = None
) -> Signature:
    return signature_on(file, unpack(file), NOW, signature=signature, keys=keys)


def keys_of(folder: Path, *holders: pysequoia.Tsk) -> Path:
    path = folder / "keys.asc"
    path.write_bytes(b"".join(bytes(h.extract_certificate()) for h in holders))
    return path


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """A file with a signature beside it."""
    path = written(tmp_path / "tool-1.0.tar", tar_of(FILES))
    mode = pysequoia.SignatureMode.DETACHED
    made = pysequoia.sign(SIGNER.signer(), path.read_bytes(), mode=mode)
    path.with_name(f"{path.name}.asc").write_bytes(made)
    return path


def test_a_signature_by_a_trusted_key_is_good(tmp_path: Path, released: Path) -> None:
    found = checked(released, keys=keys_of(tmp_path, STRANGER, SIGNER))

    assert found.state is Signed.GOOD
    assert found.key == SIGNER.extract_certificate().fingerprint


def test_a_file_that_was_changed_since_has_a_bad_one(
    tmp_path: Path, released: Path
) -> None:
    released.write_bytes(tar_of({"tool/a.py": b"a = 2\n"}))

    found = checked(released, keys=keys_of(tmp_path, SIGNER))

    assert found.state is Signed.BAD
    assert found.key == ""


def test_a_signature_by_a_key_nobody_handed_in_is_not_checked(
    tmp_path: Path, released: Path
) -> None:
    found = checked(released, keys=keys_of(tmp_path, STRANGER))

    assert found.state is Signed.UNCHECKED
    assert "not among those handed in" in found.note


def test_without_keys_a_signature_is_there_and_not_checked(released: Path) -> None:
    assert checked(released).state is Signed.UNCHECKED


def test_without_a_signature_that_is_said(tmp_path: Path) -> None:
    plain = written(tmp_path / "tool.zip", zip_of(FILES))

    assert checked(plain).state is Signed.NONE


@pytest.mark.parametrize("suffix", [".intoto.jsonl"])
def test_a_signature_of_another_kind_is_named_and_not_checked(
    tmp_path: Path, suffix: str
) -> None:
    plain = written(tmp_path / "tool.zip", zip_of(FILES))
    plain.with_name(f"tool.zip{suffix}").write_bytes(b"{}")

    assert checked(plain).state is Signed.UNCHECKED


def test_a_signature_of_alpine_is_named_and_not_checked(tmp_path: Path) -> None:
    package = {".SIGN.RSA.key.pub": b"s", ".PKGINFO": b"pkgname = tool\n"}

    found = checked(written(tmp_path / "tool.apk", tar_of(package)))

    assert found.state is Signed.UNCHECKED
    assert "Alpine" in found.note


@pytest.mark.parametrize("junk", ["signature", "keys"])
def test_junk_for_a_signature_or_a_key_is_refused(
    tmp_path: Path, released: Path, junk: str
) -> None:
    given = {"keys": keys_of(tmp_path, SIGNER)}
    given[junk] = tmp_path / "junk"
    given[junk].write_bytes(b"junk")

    with pytest.raises(SignatureUnreadable, match="junk"):
        checked(released, **given)
