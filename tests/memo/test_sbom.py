# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The SPDX document is valid, complete, and the same for the same evidence."""

import hashlib
import json
from datetime import UTC, datetime

import pytest
from spdx_tools.spdx.parser.parse_anything import parse_file

from ossay.memo import sbom
from ossay.model.digest import Digest, Filed
from ossay.model.evidence import Evidence, Observation, Tool
from tests.judge.cases import snapshot

Row = tuple[str, ...]


def evidence(licence: str = "MIT") -> Filed[Evidence]:
    value = Evidence(
        snapshot=snapshot(),
        observed=(Observation(fact="licensing.concluded_licence", value=licence),),
        annexes=(),
        tools=(Tool(name="ossay", version="1.0"),),
        collected_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    return Filed(digest=Digest("a" * 64), value=value)


def row(path: str, licences: str = "MIT", copyrights: str = "2020 Ada") -> Row:
    sha1 = hashlib.sha1(path.encode(), usedforsecurity=False).hexdigest()
    return (path, sha1, "yes", licences, copyrights, path)


ROWS = (
    row("a.py"),
    row("b c.py", "MIT\nGPL-2.0-only WITH Classpath-exception-2.0 OR ISC"),
    row("none.py", "", ""),
    row("own.py", "LicenseRef-own"),
)


@pytest.mark.parametrize("licence", ["MIT", "NONE", "LicenseRef-x AND MIT"])
def test_the_document_is_valid(licence: str) -> None:
    assert sbom.validate(sbom.sbom(evidence(licence), ROWS, "a")) == ()


def test_the_same_evidence_gives_the_same_bytes() -> None:
    assert sbom.sbom(evidence(), ROWS, "a") == sbom.sbom(evidence(), ROWS, "a")


def test_spdx_tools_reads_back_what_was_written(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "sbom.spdx.json"
    path.write_bytes(sbom.sbom(evidence(), ROWS, "a"))

    document = parse_file(str(path))

    assert [f.name for f in document.files] == [f"./{r[0]}" for r in ROWS]
    assert str(document.packages[0].license_concluded) == "MIT"
    assert document.creation_info.created == datetime(2026, 2, 1)  # noqa: DTZ001 - spdx-tools' are naive and UTC
    assert str(document.creation_info.creators[0]) == "Tool: ossay-1.0"


def test_the_verification_code_is_that_of_the_standard() -> None:
    document = json.loads(sbom.sbom(evidence(), ROWS, "a"))
    sums = "".join(sorted(r[1] for r in ROWS)).encode()

    code = document["packages"][0]["packageVerificationCode"]

    expected = hashlib.sha1(sums, usedforsecurity=False).hexdigest()
    assert code["packageVerificationCodeValue"] == expected


def test_a_file_that_could_not_be_read_has_no_record() -> None:
    unread = ("gone.py", "", "yes", "", "", "")

    document = json.loads(sbom.sbom(evidence(), (*ROWS, unread), "a"))

    assert len(document["files"]) == len(ROWS)


def test_a_relationship_that_leads_nowhere_is_still_found() -> None:
    content = sbom.sbom(evidence(), ROWS, "a")
    broken = content.replace(
        b'"relatedSpdxElement":"SPDXRef-Package"', b'"relatedSpdxElement":"SPDXRef-No"'
    )
    assert broken != content

    assert any("SPDXRef-No" in message for message in sbom.validate(broken))
    assert sbom.validate(content) == ()


def test_what_is_no_document_is_said() -> None:
    assert sbom.validate(b'{"spdxVersion": "SPDX-2.3"}')
