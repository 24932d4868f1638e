# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
A bundle of Sigstore counts offline, with a trust root that was handed in.

The wheel, its bundle and the trust root are those that Sigstore's own tests have: made
by a workflow on a forge, and entered in the public log.
"""

import base64
import copy
import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.x509 import RFC822Name

from ossay.artefacts import Expected, signature_on, unpack
from ossay.artefacts.signing import SignatureUnreadable
from ossay.model.artefacts import Signature, Signed
from tests.artefacts.making import written, zip_of
from tests.artefacts.signers import (
    CURVE,
    FOR_WEB_SERVERS,
    NOW,
    ODD_CURVE,
    sigstore_bundle,
)

HERE = Path(__file__).parent / "sigstore"
WHEEL = HERE / "rfc8785-0.1.2-py3-none-any.whl"
BUNDLE = json.loads((HERE / f"{WHEEL.name}.sigstore.json").read_bytes())
ROOT = json.loads((HERE / "trusted_root.json").read_bytes())

WHO = Expected(
    identity="https://github.com/trailofbits/rfc8785.py/.github/workflows/"
    "release.yml@refs/tags/v0.1.2",
    issuer="https://token.actions.githubusercontent.com",
)


VOUCHED = "1.3.6.1.4.1.57264.1.8"


def checked(
    folder: Path,
    *,
    bundle: Any = BUNDLE,
    root: Any = ROOT,
    expected: Expected | None = WHO,
) -> Signature:
    file = folder / WHEEL.name
    if not file.exists():
        shutil.copy(WHEEL, file)
    written(folder / f"{WHEEL.name}.sigstore.json", json.dumps(bundle).encode())
    keys = None
    if root is not None:
        keys = written(folder / "trusted_root.json", json.dumps(root).encode())
    return signature_on(file, unpack(file), NOW, keys=keys, expected=expected)


def test_it_is_good_with_the_trust_root_and_the_signer_that_is_expected(
    tmp_path: Path,
) -> None:
    found = checked(tmp_path)

    assert found.state is Signed.GOOD
    assert len(found.key) == 64
    assert WHO.identity in found.note


@pytest.mark.parametrize(
    "expected",
    [
        None,
        Expected(identity="https://example.org/other", issuer=WHO.issuer),
        Expected(identity=WHO.identity, issuer="https://example.org"),
    ],
    ids=["nobody", "another signer", "another issuer"],
)
def test_it_is_open_unless_the_signer_is_who_is_expected(
    tmp_path: Path, expected: Expected | None
) -> None:
    found = checked(tmp_path, expected=expected)

    assert found.state is Signed.UNCHECKED
    assert WHO.identity in found.note


def test_without_a_trust_root_the_signer_is_named_and_not_confirmed(
    tmp_path: Path,
) -> None:
    found = checked(tmp_path, root=None)

    assert found.state is Signed.UNCHECKED
    assert f"signed by {WHO.identity}" in found.note
    assert "not confirmed: no trust root was handed in" in found.note


def test_another_file_makes_it_bad(tmp_path: Path) -> None:
    written(tmp_path / WHEEL.name, zip_of({"rfc8785/__init__.py": b"evil"}))

    assert checked(tmp_path).state is Signed.BAD


def _entry(bundle: Any) -> Any:
    return bundle["verificationMaterial"]["tlogEntries"][0]


def _later(bundle: Any) -> None:
    _entry(bundle)["integratedTime"] = str(int(_entry(bundle)["integratedTime"]) + 1)


def _another_body(bundle: Any) -> None:
    body = json.loads(base64.b64decode(_entry(bundle)["canonicalizedBody"]))
    body["spec"]["data"]["hash"]["value"] = "0" * 64
    _entry(bundle)["canonicalizedBody"] = base64.b64encode(
        json.dumps(body).encode()
    ).decode()


def _another_signature(bundle: Any) -> None:
    made = bytearray(base64.b64decode(bundle["messageSignature"]["signature"]))
    made[-1] ^= 1
    bundle["messageSignature"]["signature"] = base64.b64encode(made).decode()


def _no_promise(bundle: Any) -> None:
    del _entry(bundle)["inclusionPromise"]


def _no_entry(bundle: Any) -> None:
    bundle["verificationMaterial"]["tlogEntries"] = []


def _another_log(bundle: Any) -> None:
    _entry(bundle)["logId"]["keyId"] = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (_later, Signed.BAD),
        (_another_body, Signed.BAD),
        (_another_signature, Signed.BAD),
        (_no_promise, Signed.UNCHECKED),
        (_no_entry, Signed.UNCHECKED),
        (_another_log, Signed.UNCHECKED),
    ],
)
def test_a_bundle_that_was_changed_is_never_good(
    tmp_path: Path, change: Callable[[Any], None], state: Signed
) -> None:
    bundle = copy.deepcopy(BUNDLE)
    change(bundle)

    assert checked(tmp_path, bundle=bundle).state is state


def _beyond_time(bundle: Any) -> None:
    _entry(bundle)["integratedTime"] = str(2**62)


def _without_end(bundle: Any) -> None:
    nested = base64.b64encode(b"[" * 100_000).decode()
    _entry(bundle)["canonicalizedBody"] = nested


def _odd_key(bundle: Any) -> None:
    chain = bundle["verificationMaterial"]["x509CertificateChain"]
    raw = chain["certificates"][0]
    content = base64.b64decode(raw["rawBytes"])
    raw["rawBytes"] = base64.b64encode(content.replace(CURVE, ODD_CURVE)).decode()


@pytest.mark.parametrize("change", [_beyond_time, _without_end, _odd_key])
def test_a_bundle_that_cannot_be_read_to_its_end_is_open(
    tmp_path: Path, change: Callable[[Any], None]
) -> None:
    """Proves that numbers, depths and keys beyond reading end in no traceback."""
    bundle = copy.deepcopy(BUNDLE)
    change(bundle)

    assert checked(tmp_path, bundle=bundle).state is Signed.UNCHECKED


def _without(which: str) -> Any:
    return {**ROOT, which: []}


def _ended(which: str) -> Any:
    root = copy.deepcopy(ROOT)
    for one in root[which]:
        holder = one if which == "certificateAuthorities" else one["publicKey"]
        holder["validFor"] = {
            "start": "2020-01-01T00:00:00Z",
            "end": "2020-02-01T00:00:00Z",
        }
    return root


@pytest.mark.parametrize("which", ["certificateAuthorities", "tlogs", "ctlogs"])
@pytest.mark.parametrize("change", [_without, _ended], ids=["without", "ended"])
def test_a_trust_root_that_lacks_something_leaves_it_open(
    tmp_path: Path, which: str, change: Callable[[str], Any]
) -> None:
    """Proves that authority, log and log of certificates are each asked for."""
    assert checked(tmp_path, root=change(which)).state is Signed.UNCHECKED


def test_logs_under_one_another_s_name_make_it_bad(tmp_path: Path) -> None:
    root = copy.deepcopy(ROOT)
    first, *others = root["ctlogs"]
    for one in others:
        one["publicKey"]["rawBytes"] = first["publicKey"]["rawBytes"]

    assert checked(tmp_path, root=root).state is Signed.BAD


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({}, Signed.GOOD),
        ({"entered": NOW + timedelta(minutes=10)}, Signed.BAD),
        ({"entered": NOW - timedelta(minutes=10)}, Signed.BAD),
        ({"purpose": FOR_WEB_SERVERS}, Signed.UNCHECKED),
        ({"is_promised": False}, Signed.UNCHECKED),
        ({"is_empty": True}, Signed.UNCHECKED),
        ({"vouched": (VOUCHED, b"\x0c\x13https://example.org")}, Signed.GOOD),
        ({"vouched": (VOUCHED, b"\x0c")}, Signed.UNCHECKED),
        ({"vouched": (VOUCHED, b"\x0c\x80" + b"x" * 128)}, Signed.UNCHECKED),
    ],
    ids=[
        *("good", "after it ended", "before it began", "web server", "not promised"),
        *(
            "no promise in the list",
            "vouched",
            "vouched by a cut text",
            "by a long one",
        ),
    ],
)
def test_a_certificate_has_to_hold_when_the_log_entered_it_and_be_meant_for_this(
    tmp_path: Path, given: dict[str, Any], state: Signed
) -> None:
    made, root = sigstore_bundle(WHEEL.read_bytes(), **given)
    who = Expected(identity="https://example.org/release", issuer="https://example.org")

    assert checked(tmp_path, bundle=made, root=root, expected=who).state is state


@pytest.mark.parametrize("who", ["jo.doe@example.org", "somebody@example.org"])
def test_the_e_mail_address_of_a_signer_is_compared_and_does_not_get_out(
    tmp_path: Path, who: str
) -> None:
    name = RFC822Name("jo.doe@example.org")
    made, root = sigstore_bundle(WHEEL.read_bytes(), name=name)
    expected = Expected(identity=who, issuer="https://example.org")

    found = checked(tmp_path, bundle=made, root=root, expected=expected)

    is_them = who == name.value
    assert found.state is (Signed.GOOD if is_them else Signed.UNCHECKED)
    assert "jo.doe" not in found.note
    assert "an e-mail address at example.org" in found.note


def test_a_statement_of_provenance_is_named_and_not_checked(tmp_path: Path) -> None:
    found = checked(tmp_path, bundle={**BUNDLE, "dsseEnvelope": {}})

    assert found.state is Signed.UNCHECKED
    assert "provenance" in found.note


@pytest.mark.parametrize(
    "bundle", [{}, {"verificationMaterial": 7}, {"messageSignature": []}]
)
def test_what_is_no_bundle_is_refused(tmp_path: Path, bundle: Any) -> None:
    with pytest.raises(SignatureUnreadable, match="no Sigstore bundle"):
        checked(tmp_path, bundle=bundle)
