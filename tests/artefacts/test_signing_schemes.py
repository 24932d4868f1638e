# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Signatures of minisign, signify, CMS, JARs and Android: good, bad, or not told."""

import struct
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from ossay.artefacts import signature_on, unpack
from ossay.artefacts.signing import SignatureUnreadable
from ossay.artefacts.signing.certificates import fingerprint
from ossay.model.artefacts import Signature, Signed
from tests.artefacts import signers
from tests.artefacts.making import Files, tar_of, written, zip_of
from tests.artefacts.signers import NOW, Signer, handed_in, pem

OURS, STRANGER = signers.signer(), signers.signer("Somebody")
CURVED = signers.signer(elliptic=True)
EXPIRED = signers.signer(days=-1)
AUTHORITY = signers.signer("Authority", is_ca=True)
NO_AUTHORITY = signers.signer("No authority")
ISSUED = signers.signer(issuer=AUTHORITY, purpose=signers.FOR_CODE)
MISUSED = signers.signer(issuer=AUTHORITY, purpose=signers.FOR_WEB_SERVERS)
FORGED = signers.signer(issuer=NO_AUTHORITY)
BETWEEN = signers.signer("Between", issuer=AUTHORITY, is_ca=True)
BY_BETWEEN = signers.signer(issuer=BETWEEN)
WEB_AUTHORITY = signers.signer(
    "Web", issuer=AUTHORITY, is_ca=True, purpose=signers.FOR_WEB_SERVERS
)
BY_WEB = signers.signer(issuer=WEB_AUTHORITY)
BOUND_AUTHORITY = signers.signer(
    "Bound", issuer=AUTHORITY, is_ca=True, more=signers.FOR_SOME_NAMES
)
BY_BOUND = signers.signer(issuer=BOUND_AUTHORITY)
UNABLE_AUTHORITY = signers.signer(
    "Unable", issuer=AUTHORITY, is_ca=True, more=signers.TO_SIGN_FILES
)
BY_UNABLE = signers.signer(issuer=UNABLE_AUTHORITY)

KEY, NUMBER = Ed25519PrivateKey.generate(), b"\x01" * 8
OTHER_KEY = Ed25519PrivateKey.generate()

CONTENT = tar_of({"tool/a.py": b"a = 1\n"})
CHANGED = tar_of({"tool/a.py": b"a = 2\n"})


def checked(file: Path, keys: Path | None) -> Signature:
    return signature_on(file, unpack(file), NOW, keys=keys)


def beside(folder: Path, suffix: str, signature: bytes, content: bytes) -> Path:
    file = written(folder / "tool-1.0.tar", content)
    written(folder / f"tool-1.0.tar{suffix}", signature)
    return file


@pytest.mark.parametrize("hashed", [True, False], ids=["minisign", "signify"])
@pytest.mark.parametrize(
    ("content", "key", "state"),
    [
        (CONTENT, signers.minisign_key(KEY, NUMBER), Signed.GOOD),
        (CHANGED, signers.minisign_key(KEY, NUMBER), Signed.BAD),
        (CONTENT, signers.minisign_key(OTHER_KEY, NUMBER), Signed.BAD),
        (CONTENT, signers.minisign_key(OTHER_KEY, b"\x02" * 8), Signed.UNCHECKED),
    ],
    ids=["good", "changed", "another key under its number", "unknown key"],
)
def test_a_signature_of_minisign_counts_with_the_key_that_made_it(
    tmp_path: Path, content: bytes, key: bytes, state: Signed, *, hashed: bool
) -> None:
    made = signers.minisigned(KEY, NUMBER, CONTENT, hashed=hashed)
    file = beside(tmp_path, ".minisig" if hashed else ".sig", made, content)

    found = checked(file, handed_in(tmp_path, key))

    assert found.state is state
    assert (found.key == "0101010101010101") is (state is Signed.GOOD)


def test_a_trusted_comment_that_was_changed_makes_it_bad(tmp_path: Path) -> None:
    made = signers.minisigned(KEY, NUMBER, CONTENT).replace(b"timestamp:1", b"new:2")
    file = beside(tmp_path, ".minisig", made, CONTENT)

    found = checked(file, handed_in(tmp_path, signers.minisign_key(KEY, NUMBER)))

    assert found.state is Signed.BAD


@pytest.mark.parametrize("suffix", [".minisig", ".p7s"])
def test_junk_for_a_signature_is_refused(tmp_path: Path, suffix: str) -> None:
    junk = b"untrusted comment: x\njunk\n" if suffix == ".minisig" else b"0\x82junk"
    file = beside(tmp_path, suffix, junk, CONTENT)

    with pytest.raises(SignatureUnreadable, match="signature"):
        checked(file, handed_in(tmp_path, pem(OURS)))


CMS: dict[str, tuple[bytes, bytes, bytes, Signed]] = {
    "good": (signers.cms_over(CONTENT, OURS), CONTENT, pem(OURS), Signed.GOOD),
    "elliptic curve": (
        signers.cms_over(CONTENT, CURVED),
        CONTENT,
        pem(STRANGER, CURVED),
        Signed.GOOD,
    ),
    "changed": (signers.cms_over(CONTENT, OURS), CHANGED, pem(OURS), Signed.BAD),
    "wrong key": (
        signers.cms_over(CONTENT, STRANGER),
        CONTENT,
        pem(OURS),
        Signed.UNCHECKED,
    ),
    "expired": (
        signers.cms_over(CONTENT, EXPIRED),
        CONTENT,
        pem(EXPIRED),
        Signed.UNCHECKED,
    ),
    "issued by what was handed in": (
        signers.cms_over(CONTENT, ISSUED),
        CONTENT,
        pem(AUTHORITY),
        Signed.GOOD,
    ),
    "issued for web servers": (
        signers.cms_over(CONTENT, MISUSED),
        CONTENT,
        pem(AUTHORITY),
        Signed.UNCHECKED,
    ),
    "issued by an authority for web servers": (
        signers.cms_over(CONTENT, BY_WEB, WEB_AUTHORITY),
        CONTENT,
        pem(AUTHORITY),
        Signed.UNCHECKED,
    ),
    "issued by an authority for some names alone": (
        signers.cms_over(CONTENT, BY_BOUND, BOUND_AUTHORITY),
        CONTENT,
        pem(AUTHORITY),
        Signed.UNCHECKED,
    ),
    "issued by an authority that may sign no certificate": (
        signers.cms_over(CONTENT, BY_UNABLE, UNABLE_AUTHORITY),
        CONTENT,
        pem(AUTHORITY),
        Signed.UNCHECKED,
    ),
    "issued by an authority in between": (
        signers.cms_over(CONTENT, BY_BETWEEN, BETWEEN),
        CONTENT,
        pem(AUTHORITY),
        Signed.GOOD,
    ),
    "issued by what may not issue": (
        signers.cms_over(CONTENT, FORGED, NO_AUTHORITY),
        CONTENT,
        pem(NO_AUTHORITY),
        Signed.UNCHECKED,
    ),
    "a key that nobody checks": (
        signers.cms_over(CONTENT, CURVED).replace(signers.CURVE, signers.ODD_CURVE),
        CONTENT,
        pem(CURVED),
        Signed.UNCHECKED,
    ),
    "more certificates than are looked at": (
        signers.cms_over(CONTENT, OURS, *[signers.signer(elliptic=True)] * 60),
        CONTENT,
        pem(OURS),
        Signed.UNCHECKED,
    ),
    "nothing handed in": (
        signers.cms_over(CONTENT, OURS, AUTHORITY),
        CONTENT,
        b"",
        Signed.UNCHECKED,
    ),
}


@pytest.mark.parametrize(("made", "content", "keys", "state"), CMS.values(), ids=CMS)
def test_a_cms_signature_counts_with_a_certificate_that_was_handed_in(
    tmp_path: Path, made: bytes, content: bytes, keys: bytes, state: Signed
) -> None:
    file = beside(tmp_path, ".p7s", made, content)

    found = checked(file, handed_in(tmp_path, keys) if keys else None)

    assert found.state is state
    assert bool(found.key) is (state is Signed.GOOD)


def test_the_fingerprint_is_told_whether_or_not_the_key_is_known(
    tmp_path: Path,
) -> None:
    file = beside(tmp_path, ".p7s", signers.cms_over(CONTENT, OURS), CONTENT)

    found = checked(file, None)

    assert fingerprint(OURS[1]) in found.note
    assert "CN=Releases" in found.note


@pytest.mark.parametrize("known", [True, False], ids=["good", "unknown"])
def test_an_e_mail_address_of_a_signer_does_not_get_out(
    tmp_path: Path, *, known: bool
) -> None:
    by = signers.signer("Jo <jo.doe@example.org>")
    file = beside(tmp_path, ".p7s", signers.cms_over(CONTENT, by), CONTENT)

    found = checked(file, handed_in(tmp_path, pem(by if known else OURS)))

    assert found.state is (Signed.GOOD if known else Signed.UNCHECKED)
    assert "jo.doe" not in found.note
    assert "an e-mail address at example.org" in found.note


def test_a_signature_that_was_cut_anywhere_is_never_good(tmp_path: Path) -> None:
    """Proves that broken DER ends in a refusal, never in a traceback or a pass."""
    made = signers.cms_over(CONTENT, OURS)
    keys = handed_in(tmp_path, pem(OURS))
    for length in range(0, len(made), 41):
        file = beside(tmp_path, ".p7s", made[:length], CONTENT)

        with pytest.raises(SignatureUnreadable):
            checked(file, keys)


@pytest.mark.openssl
@pytest.mark.parametrize("attributes", [(), ("-noattr",)], ids=["with", "without"])
@pytest.mark.parametrize(
    ("content", "state"), [(CONTENT, Signed.GOOD), (CHANGED, Signed.BAD)]
)
def test_what_openssl_signs_is_checked(
    tmp_path: Path, attributes: tuple[str, ...], content: bytes, state: Signed
) -> None:
    made = {name: tmp_path / name for name in ("key.pem", "cert.pem", "tool.tar.p7s")}
    signed = written(tmp_path / "tool.tar", CONTENT)
    new = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x"]
    dates = ["-days", "36500"]
    _run("openssl", *new, *dates, "-keyout", made["key.pem"], "-out", made["cert.pem"])
    sign = ["cms", "-sign", "-binary", "-outform", "DER", *attributes]
    who = ["-signer", made["cert.pem"], "-inkey", made["key.pem"]]
    _run("openssl", *sign, *who, "-in", signed, "-out", made["tool.tar.p7s"])
    file = written(signed, content)
    found = signature_on(file, unpack(file), datetime.now(UTC), keys=made["cert.pem"])

    assert found.state is state


def _run(*command: object) -> None:
    subprocess.run([str(word) for word in command], check=True, capture_output=True)


CLASSES = {"a/A.class": b"A", "a/B.class": b"B"}
SIGNED = signers.jar_signed(CLASSES, OURS)


def _also_by(other: Signer) -> Files:
    told = SIGNED["META-INF/RELEASE.SF"]
    return {
        "META-INF/OTHER.SF": told,
        "META-INF/OTHER.RSA": signers.cms_over(told, other),
    }


JARS: dict[str, tuple[Files, Signed]] = {
    "good": (SIGNED, Signed.GOOD),
    "a class was changed": ({**SIGNED, "a/A.class": b"X"}, Signed.BAD),
    "a class was added": ({**SIGNED, "a/C.class": b"C"}, Signed.BAD),
    "a class was taken out": (
        {n: c for n, c in SIGNED.items() if n != "a/B.class"},
        Signed.BAD,
    ),
    "a manifest by another name was added": (
        {**SIGNED, "META-INF/Manifest.mf": b"Main-Class: a.Evil\r\n"},
        Signed.BAD,
    ),
    "files that only look like signatures were added": (
        {**SIGNED, "META-INF/SIG-EVIL": b"evil"},
        Signed.BAD,
    ),
    "a signature file that nobody signed was added": (
        {**SIGNED, "META-INF/EVIL.SF": b"evil"},
        Signed.BAD,
    ),
    "a stranger signed it too": (
        {**SIGNED, **_also_by(STRANGER)},
        Signed.UNCHECKED,
    ),
    "somebody whose certificate no longer holds signed it too": (
        {**SIGNED, **_also_by(EXPIRED)},
        Signed.UNCHECKED,
    ),
    "signed by two who were handed in": ({**SIGNED, **_also_by(CURVED)}, Signed.GOOD),
    "more blocks than are looked at": (
        {**SIGNED, **{f"META-INF/{n}.RSA": b"" for n in range(20)}},
        Signed.UNCHECKED,
    ),
    "its manifest was changed": (
        {
            **SIGNED,
            "META-INF/MANIFEST.MF": SIGNED["META-INF/MANIFEST.MF"] + b"Name: x\r\n",
        },
        Signed.BAD,
    ),
    "its signature file was changed": (
        {**SIGNED, "META-INF/RELEASE.SF": b"Signature-Version: 1.0\r\n"},
        Signed.BAD,
    ),
    "its signature file is gone": (
        {n: c for n, c in SIGNED.items() if not n.endswith(".SF")},
        Signed.BAD,
    ),
    "its block is junk": ({**SIGNED, "META-INF/RELEASE.RSA": b"junk"}, Signed.BAD),
    "its signature was stripped": (
        {n: c for n, c in SIGNED.items() if "RELEASE" not in n},
        Signed.NONE,
    ),
    "signed by a stranger": (
        signers.jar_signed(CLASSES, STRANGER),
        Signed.UNCHECKED,
    ),
    "signed with an expired certificate": (
        signers.jar_signed(CLASSES, EXPIRED),
        Signed.UNCHECKED,
    ),
    "stripped of a newer signature": (
        signers.jar_signed(CLASSES, OURS, more="X-Android-APK-Signed: 2, 3\r\n"),
        Signed.BAD,
    ),
    "signed with SHA-1": (
        signers.jar_signed(CLASSES, OURS, "SHA1"),
        Signed.UNCHECKED,
    ),
}


@pytest.mark.parametrize(
    ("place", "state"),
    [
        ("before it", Signed.UNCHECKED),
        ("between", Signed.UNCHECKED),
        ("as its comment", Signed.UNCHECKED),
    ],
)
def test_bytes_of_a_jar_that_belong_to_no_file_in_it_leave_it_open(
    tmp_path: Path, place: str, state: Signed
) -> None:
    """Proves that another archive around the signed one is not said to be signed."""
    whole, hidden = zip_of(SIGNED), zip_of({"a/A.class": b"evil"})
    end = whole.rindex(b"PK\x05\x06")
    (directory,) = struct.unpack_from("<I", whole, end + 16)
    if place == "before it":
        content = hidden + whole
    elif place == "between":
        moved = struct.pack("<I", directory + len(hidden))
        tail = whole[directory : end + 16] + moved + whole[end + 20 :]
        content = whole[:directory] + hidden + tail
    else:
        content = zip_of(SIGNED, comment=b"evil")
    jar = written(tmp_path / "tool.jar", content)

    assert checked(jar, handed_in(tmp_path, pem(OURS))).state is state


@pytest.mark.parametrize(("files", "state"), JARS.values(), ids=JARS)
def test_a_signed_jar_holds_what_was_signed_and_no_more(
    tmp_path: Path, files: Files, state: Signed
) -> None:
    jar = written(tmp_path / "tool.jar", zip_of(files))

    keys = handed_in(tmp_path, pem(OURS, EXPIRED, CURVED))

    assert checked(jar, keys).state is state


SIGNED_FILES = Path(__file__).parent / "signed"
"""
Made by jarsigner of OpenJDK 17.0.15 and by apksigner 31.0.2 (schemes 2 and 3), each
with the certificate beside it, which holds for a hundred years from 2026 on.
"""

LATER = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "signer"),
    [("rsa.jar", "rsa.pem"), ("rsa.apk", "rsa.pem"), ("ec.apk", "ec.pem")],
)
def test_what_the_tools_of_java_and_android_sign_is_checked(
    tmp_path: Path, name: str, signer: str
) -> None:
    file = SIGNED_FILES / name
    stranger = handed_in(tmp_path, pem(OURS))
    changed = written(tmp_path / name, file.read_bytes())
    with zipfile.ZipFile(changed, "a") as package:
        package.writestr("a/Added.class", b"added")

    good = signature_on(file, unpack(file), LATER, keys=SIGNED_FILES / signer)
    unknown = signature_on(file, unpack(file), LATER, keys=stranger)
    bad = signature_on(changed, unpack(changed), LATER, keys=SIGNED_FILES / signer)

    assert good.state is Signed.GOOD
    assert unknown.state is Signed.UNCHECKED
    assert bad.state in {Signed.BAD, Signed.NONE}


PACKAGE = {"AndroidManifest.xml": b"<x/>", "classes.dex": b"dex\n035"}


@pytest.mark.parametrize("scheme", [2, 3])
@pytest.mark.parametrize("by", [OURS, CURVED, EXPIRED], ids=["rsa", "ec", "expired"])
def test_an_android_package_is_good_with_its_makers_certificate(
    tmp_path: Path, scheme: int, by: Signer
) -> None:
    file = written(tmp_path / "x.apk", signers.android_signed(PACKAGE, by, scheme))

    good = checked(file, handed_in(tmp_path, pem(by)))
    stranger = checked(file, handed_in(tmp_path, pem(STRANGER)))

    assert (good.state, good.key) == (Signed.GOOD, fingerprint(by[1]))
    assert stranger.state is Signed.UNCHECKED
    assert fingerprint(by[1]) in stranger.note


def _with_pairs(whole: bytes, pairs: bytes) -> bytes:
    """Return an Android package with other pairs in its signing block."""
    end = whole.rindex(b"PK\x05\x06")
    (directory,) = struct.unpack_from("<I", whole, end + 16)
    (length,) = struct.unpack_from("<Q", whole, directory - 24)
    start = directory - length - 8
    size = struct.pack("<Q", len(pairs) + 24)
    block = size + pairs + size + b"APK Sig Block 42"
    tail = bytearray(whole[end:])
    tail[16:20] = struct.pack("<I", start + len(block))
    return whole[:start] + block + whole[directory:end] + bytes(tail)


def _pairs(whole: bytes) -> dict[int, bytes]:
    end = whole.rindex(b"PK\x05\x06")
    (directory,) = struct.unpack_from("<I", whole, end + 16)
    (length,) = struct.unpack_from("<Q", whole, directory - 24)
    at, found = directory - length, {}
    while at < directory - 24:
        size, kind = struct.unpack_from("<QI", whole, at)
        found[kind] = whole[at : at + 8 + size]
        at += 8 + size
    return found


@pytest.mark.parametrize("name", ["rsa.apk", "ec.apk"])
def test_an_android_package_that_lost_its_newer_signature_alone_is_bad(
    tmp_path: Path, name: str
) -> None:
    """Proves that a key that was put out of use cannot come back by a stripped one."""
    whole = (SIGNED_FILES / name).read_bytes()
    pairs = _pairs(whole)
    file = written(tmp_path / name, _with_pairs(whole, pairs[0x7109871A]))
    keys = SIGNED_FILES / name.replace("apk", "pem")

    found = signature_on(file, unpack(file), LATER, keys=keys)

    assert 0xF05368C0 in pairs
    assert found.state is Signed.BAD
    assert "newer" in found.note


def test_a_signing_block_that_has_a_scheme_twice_is_bad(tmp_path: Path) -> None:
    """Proves that a stranger's signature is not hidden before another one."""
    theirs = _pairs(signers.android_signed(PACKAGE, STRANGER))
    whole = signers.android_signed(PACKAGE, OURS)
    both = b"".join([*theirs.values(), *_pairs(whole).values()])
    file = written(tmp_path / "x.apk", _with_pairs(whole, both))

    assert checked(file, handed_in(tmp_path, pem(OURS))).state is Signed.BAD


def test_a_package_signed_with_a_key_that_nobody_checks_is_open(tmp_path: Path) -> None:
    whole = signers.android_signed(PACKAGE, CURVED)
    odd = whole.replace(signers.CURVE, signers.ODD_CURVE)
    file = written(tmp_path / "x.apk", odd)

    assert checked(file, handed_in(tmp_path, pem(CURVED))).state is Signed.UNCHECKED


def test_millions_of_empty_parts_in_a_signing_block_come_to_an_end(
    tmp_path: Path,
) -> None:
    """Proves that the parts of a block are not copied over for each of them."""
    parts = struct.pack("<I", 16_000_000) + bytes(16_000_000)
    data = struct.pack("<I", 0) + parts + struct.pack("<I", 0)
    made = struct.pack("<III", 8 + 4, 8, 0x0201) + struct.pack("<I", 0)
    one = struct.pack("<I", len(data)) + data + made + struct.pack("<I", 0)
    value = struct.pack("<II", len(one) + 4, len(one)) + one
    pair = struct.pack("<QI", len(value) + 4, 0x7109871A) + value
    whole = _with_pairs(signers.android_signed(PACKAGE, OURS), pair)
    file = written(tmp_path / "x.apk", whole)

    assert checked(file, handed_in(tmp_path, pem(OURS))).state is Signed.BAD


@pytest.mark.parametrize("what", [b"classes.dex", b"AndroidManifest", b"RSA?"])
def test_an_android_package_with_one_bit_changed_is_bad(
    tmp_path: Path, what: bytes
) -> None:
    content = bytearray(signers.android_signed(PACKAGE, OURS))
    certificate = OURS[1].public_bytes(Encoding.DER)
    at = content.index(what if what != b"RSA?" else certificate)
    content[at + (len(certificate) - 1 if what == b"RSA?" else 0)] ^= 1
    # The zip file's own checksums would end it before.
    plain = unpack(written(tmp_path / "y.apk", signers.android_signed(PACKAGE, OURS)))
    file = written(tmp_path / "x.apk", bytes(content))

    found = signature_on(file, plain, NOW, keys=handed_in(tmp_path, pem(OURS)))

    assert found.state is Signed.BAD


def test_an_android_package_that_lost_its_block_is_not_signed(tmp_path: Path) -> None:
    file = written(tmp_path / "x.apk", zip_of(PACKAGE))

    assert checked(file, handed_in(tmp_path, pem(OURS))).state is Signed.NONE


@pytest.mark.parametrize("cut", range(0, 200, 17))
def test_a_signing_block_that_is_damaged_is_never_good(
    tmp_path: Path, cut: int
) -> None:
    whole = signers.android_signed(PACKAGE, OURS)
    magic = whole.index(b"APK Sig Block 42")
    start = magic + 8 - int.from_bytes(whole[magic - 8 : magic], "little")
    content = bytearray(whole)
    content[start + cut] ^= 0xFF
    file = written(tmp_path / "x.apk", bytes(content))

    assert checked(file, handed_in(tmp_path, pem(OURS))).state is not Signed.GOOD
