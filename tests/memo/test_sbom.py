# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The SPDX document says what is in the snapshot, validly, and always the same."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from spdx_tools.spdx.model import File, RelationshipType
from spdx_tools.spdx.parser.parse_anything import parse_file

from ossay import __version__
from ossay.memo.sbom import head, tail
from ossay.memo.sbom_checking import validate
from ossay.model.digest import Digest, Filed
from ossay.model.evidence import Evidence, Gap, Observation
from ossay.model.snapshot import Chosen, Snapshot

DIGEST = Digest("ab" * 32)
COMMIT = "c0ffee" + "0" * 34

Row = tuple[str, str, str, str, str, str, str]


def row(
    path: str,
    *,
    licences: str = "",
    copyrights: str = "",
    readable: bool = True,
    text: str = "",
) -> Row:
    sha1 = hashlib.sha1(path.encode(), usedforsecurity=False).hexdigest()
    return (path, sha1 if readable else "", "yes", licences, copyrights, path, text)


def evidence(
    *observed: Observation | Gap,
    url: str = "https://example.org/city/forms.git",
    ref: str = "refs/tags/v2.1",
    path: str = "",
    committed_at: datetime = datetime(2026, 3, 1, 12, 30, tzinfo=UTC),
) -> Filed[Evidence]:
    snapshot = Snapshot(
        repository_url=url,
        path=path,
        ref=ref,
        chosen=Chosen.LATEST_RELEASE,
        commit=COMMIT,
        tree="d" * 40,
        refs_digest=Digest("0" * 64),
        shallow=False,
        committed_at=committed_at,
        taken_at=datetime(2026, 11, 1, tzinfo=UTC),
    )
    value = Evidence(
        snapshot=snapshot,
        observed=observed,
        annexes=(),
        tools=(),
        collected_at=datetime(2026, 11, 1, tzinfo=UTC),
    )
    return Filed(digest=DIGEST, value=value)


def sbom(about: Filed[Evidence], files: Iterable[tuple[str, ...]], name: str) -> bytes:
    """Return a whole document."""
    end, known = tail(files)
    return head(about, known, name) + end


SAID = (
    Observation(fact="licensing.declared_licence", value="EUPL-1.2 OR MIT"),
    Observation(fact="licensing.concluded_licence", value="GPL-3.0"),
)
NOTICE = "Copyright (C) 2020 José Müller <jose@example.org>\n© City of Example"
ROWS = (
    row("src/a.py", licences="MIT", copyrights=NOTICE),
    row("src/b.py", licences="MIT OR GPL-2.0-only WITH Classpath-exception-2.0\nISC"),
    row("src/c.py", licences="LicenseRef-City"),
    row("LICENSES/LicenseRef-City.txt", text="Do as the city does."),
    row("names/\u202eodd \\xff 'quoted' \".txt"),
    row("lost.bin", readable=False),
)


def test_it_is_valid_spdx_that_other_tools_read_back(tmp_path: Path) -> None:
    document = sbom(evidence(*SAID), ROWS, "Forms of the city")

    (tmp_path / "sbom.spdx.json").write_bytes(document)
    parsed = parse_file(str(tmp_path / "sbom.spdx.json"))

    assert validate(document) == ()
    assert [f.name for f in parsed.files] == [f"./{r[0]}" for r in ROWS if r[1]]
    assert parsed.files[0].copyright_text == NOTICE
    assert parsed.packages[0].name == "Forms of the city"


def test_the_same_evidence_gives_the_same_bytes() -> None:
    assert sbom(evidence(*SAID), ROWS, "x") == sbom(evidence(*SAID), ROWS, "x")


def test_it_says_when_by_what_and_from_which_evidence_it_was_made() -> None:
    east = timezone(timedelta(hours=5, minutes=30))
    late = datetime(2026, 3, 1, 2, 0, 9, 123456, tzinfo=east)

    made = _read(sbom(evidence(committed_at=late), ROWS, "a b/ü"))

    assert made["creationInfo"]["created"] == "2026-02-28T20:30:09Z"
    assert made["creationInfo"]["creators"] == [f"Tool: ossay-{__version__}"]
    assert made["documentNamespace"] == (
        f"https://spdx.org/spdxdocs/a%20b%2F%C3%BC-{DIGEST}"
    )
    assert made["dataLicense"] == "CC0-1.0"


def test_the_package_is_what_the_evidence_concluded() -> None:
    package = _package(sbom(evidence(*SAID), ROWS, "x"))

    assert package["licenseDeclared"] == "EUPL-1.2 OR MIT"
    assert package["licenseConcluded"] == "GPL-3.0"
    assert package["versionInfo"] == "v2.1"
    assert package["licenseInfoFromFiles"] == [
        "GPL-2.0-only WITH Classpath-exception-2.0",
        "ISC",
        "LicenseRef-City",
        "MIT",
    ]


def test_a_gap_asserts_nothing_and_a_known_absence_is_said() -> None:
    gap = Gap(fact="licensing.concluded_licence", why="two licences stand beside")
    none = Observation(fact="licensing.declared_licence", value="NONE")

    document = sbom(evidence(gap, none), ROWS, "x")

    assert validate(document) == ()
    assert _package(document)["licenseConcluded"] == "NOASSERTION"
    assert _package(document)["licenseDeclared"] == "NONE"


@pytest.mark.parametrize(
    ("url", "path", "location"),
    [
        (
            "https://example.org/city/forms.git",
            "",
            f"git+https://example.org/city/forms.git@{COMMIT}",
        ),
        (
            "https://example.org/x",
            "web app",
            f"git+https://example.org/x@{COMMIT}#web%20app",
        ),
        ("/home/anna/forms", "", "NOASSERTION"),
        ("https://127.0.0.1:8443/x.git", "", "NOASSERTION"),
    ],
)
def test_it_says_where_the_commit_is_to_be_had(
    url: str, path: str, location: str
) -> None:
    document = sbom(evidence(url=url, path=path), ROWS, "x")

    assert validate(document) == ()
    assert _package(document)["downloadLocation"] == location


def test_the_verification_code_is_that_of_the_standard() -> None:
    sha1s = sorted(r[1] for r in ROWS if r[1])
    expected = hashlib.sha1("".join(sha1s).encode(), usedforsecurity=False)

    code = _package(sbom(evidence(), ROWS, "x"))["packageVerificationCode"]

    assert code["packageVerificationCodeValue"] == expected.hexdigest()
    assert code["packageVerificationCodeExcludedFiles"] == ["./lost.bin"]


def test_without_files_the_package_says_that_none_were_looked_at() -> None:
    document = sbom(evidence(*SAID), (), "x")

    assert validate(document) == ()
    assert _package(document)["filesAnalyzed"] is False
    assert "packageVerificationCode" not in _package(document)


def test_a_licence_on_no_list_brings_its_text() -> None:
    made = _read(sbom(evidence(), ROWS, "x"))

    assert made["hasExtractedLicensingInfos"] == [
        {"licenseId": "LicenseRef-City", "extractedText": "Do as the city does."}
    ]


@pytest.mark.parametrize(
    "tag",
    [
        "Nonsense",
        "MIT OR Nonsense",
        "Apache-2.0+",
        "mit and isc",
        "MIT WITH Nonsense",
        "Classpath-exception-2.0",
        "GPL-2.0-only WITH MIT",
        "DocumentRef-x:LicenseRef-y",
        "LicenseRef-no_such-text",
        "GPL-2.0-with-bison-exception",
        "Лицензия",
        "AGPL-3.0 AND (LicenseRef-City OR ISC)",
    ],
)
def test_whatever_files_are_tagged_with_the_document_explains(tag: str) -> None:
    document = sbom(evidence(), [row("a", licences=tag)], "x")

    assert validate(document) == ()
    assert "licenseInfoInFiles" in _read(document)["files"][0]


@pytest.mark.parametrize(
    "combined", ["{}", "MIT AND {}", "{} WITH Bison-exception-2.2"]
)
@pytest.mark.parametrize("name", ["LicenseRef-scancode-rsalv2", "LicenseRef-City"])
def test_a_reference_is_explained_whoever_else_knows_it(
    name: str, combined: str
) -> None:
    document = sbom(evidence(), [row("a", licences=combined.format(name))], "x")

    [one] = _read(document)["hasExtractedLicensingInfos"]
    assert name in one["licenseId"]
    assert one["licenseId"] in json.dumps(_read(document)["files"])
    assert validate(document) == ()


@pytest.mark.parametrize(
    ("concluded", "left_open", "said"),
    [
        ("ISC AND MIT", "", "ISC AND MIT"),
        ("MIT", "a passage was not read", None),
        ("", "", None),
    ],
)
def test_nothing_is_concluded_of_a_file_that_holds_something_open(
    concluded: str, left_open: str, said: str | None
) -> None:
    told = ("own", "", "", "", "", concluded, "project", left_open)

    document = sbom(evidence(), [(*row("a"), *told)], "x")

    assert validate(document) == ()
    assert _read(document)["files"][0].get("licenseConcluded") == said


def test_a_dangling_relationship_is_found() -> None:
    made = _read(sbom(evidence(), ROWS, "x"))
    made["relationships"][-1]["relatedSpdxElement"] = "SPDXRef-File-nowhere"

    messages = validate(json.dumps(made).encode())

    assert any("SPDXRef-File-nowhere" in message for message in messages)


@pytest.mark.parametrize("field", ["licenseConcluded", "licenseInfoInFiles"])
def test_a_licence_that_is_none_is_found_in_whichever_file_it_stands(
    field: str,
) -> None:
    made = _read(sbom(evidence(), ROWS, "x"))
    for number, record in enumerate(made["files"]):
        said = "MIT AND" if number == 3 else "MIT"
        record[field] = said if field == "licenseConcluded" else [said]

    messages = validate(json.dumps(made).encode())

    assert any("MIT AND" in message for message in messages)


def test_a_changed_document_is_looked_at_anew() -> None:
    made = _read(sbom(evidence(), ROWS, "x"))
    before = validate(json.dumps(made).encode())
    lost = made["files"].pop()

    after = validate(json.dumps(made).encode())

    assert before == ()
    assert any(lost["SPDXID"] in message for message in after)


def test_what_is_no_spdx_at_all_is_said_to_be_none() -> None:
    assert validate(b'{"name": "x"}') != ()


def test_a_licence_that_nobody_explains_is_told_of_each_file_that_states_it() -> None:
    made = _read(sbom(evidence(), ROWS, "x"))
    for record in made["files"][:2]:
        record["licenseInfoInFiles"] = ["Unheard-Of-1.0"]

    messages = [m for m in validate(json.dumps(made).encode()) if "Unheard-Of" in m]

    assert len(messages) == 2


def test_validating_leaves_the_library_as_it_was() -> None:
    from spdx_tools.common.spdx_licensing import spdx_licensing
    from spdx_tools.spdx.validation import spdx_id_validators

    before = spdx_id_validators.is_spdx_id_present_in_document
    own = dict(vars(spdx_licensing))

    validate(sbom(evidence(), ROWS, "x"))

    assert spdx_id_validators.is_spdx_id_present_in_document is before
    assert vars(spdx_licensing).keys() == own.keys()


def test_every_file_is_contained_once_in_the_described_package(tmp_path: Path) -> None:
    many = [row(f"src/{n}.c", licences="MIT") for n in range(300)]
    (tmp_path / "sbom.spdx.json").write_bytes(sbom(evidence(), many, "x"))

    parsed = parse_file(str(tmp_path / "sbom.spdx.json"))

    contained = [
        r.related_spdx_element_id
        for r in parsed.relationships
        if r.relationship_type is RelationshipType.CONTAINS
    ]
    assert contained == _ids(parsed.files)
    assert len(set(contained)) == 300


def _ids(files: Iterable[File]) -> list[str]:
    return [file.spdx_id for file in files]


def _read(document: bytes) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(document)
    return read


def _package(document: bytes) -> dict[str, Any]:
    (package,) = _read(document)["packages"]
    found: dict[str, Any] = package
    return found
