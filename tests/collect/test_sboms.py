# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""SBOMs that a repository holds, held against its files and NTIA's elements."""

import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from ossay.collect import gather
from ossay.collect.sboms import COLLECTOR, MOST, elements
from ossay.collect.sboms.reading import may_be_sbom
from ossay.memo import cyclonedx, sbom
from ossay.model.collector import Given
from ossay.model.evidence import Answered, Gap, Inapplicable, Observation
from tests.collect.components.cases import PACKAGE, PACKAGE_LOCK, Trivy, of
from tests.collect.trees import DictTree
from tests.memo.test_components_out import COMPONENTS
from tests.memo.test_sbom import ROWS, evidence

FROZEN = "left==1.2.0\n    # via portal\ndeep==2.1.0\n    # via left\n"
"""Requirements that name all that they bring along; ossay reads them itself."""

COMPARED = (
    *("not_in_sbom", "sbom_other_versions", "sbom_other_licences"),
    "sbom_not_found",
)


def answers(whole: Given) -> dict[str, Answered]:
    said, _ = gather(COLLECTOR, whole)
    return {a.fact.removeprefix("components."): a for a in said}


def told(files: Mapping[str, str | bytes], **changes: Any) -> dict[str, Answered]:
    return answers(of(files, **({"toolbox": None} | changes)))


def value(answer: Answered) -> object:
    assert isinstance(answer, Observation), answer
    return answer.value


def subjects(answer: Answered) -> list[str]:
    assert not isinstance(answer, Inapplicable)
    return [item.subject for item in answer.items]


def cdx(*components: dict[str, Any], **more: Any) -> str:
    document = {"bomFormat": "CycloneDX", "specVersion": "1.6"}
    return json.dumps(document | {"components": list(components)} | more)


def component(name: str, version: str, **more: Any) -> dict[str, Any]:
    made = {"type": "library", "name": name, "version": version}
    return made | {"purl": f"pkg:pypi/{name}@{version}"} | more


def spdx(*packages: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a document about the first of *packages*, which depends on the others."""
    ids = [f"SPDXRef-{number}" for number in range(len(packages))]
    relations = [("SPDXRef-DOCUMENT", "DESCRIBES", ids[0])]
    relations += [(ids[0], "DEPENDS_ON", other) for other in ids[1:]]
    made = {
        "spdxVersion": "SPDX-2.3",
        "SPDXID": "SPDXRef-DOCUMENT",
        "dataLicense": "CC0-1.0",
        "name": "portal",
        "documentNamespace": "https://portal.example/1",
        "creationInfo": {
            "created": "2026-01-02T03:04:05Z",
            "creators": ["Organization: Portal"],
        },
        "packages": [
            {"SPDXID": i, "downloadLocation": "NOASSERTION"} | package
            for i, package in zip(ids, packages, strict=True)
        ],
        "relationships": [
            {"spdxElementId": a, "relationshipType": k, "relatedSpdxElement": b}
            for a, k, b in relations
        ],
    }
    return made | more


def package(name: str, version: str, **more: Any) -> dict[str, Any]:
    purl = f"pkg:pypi/{name}@{version}"
    reference = {
        "referenceCategory": "PACKAGE-MANAGER",
        "referenceType": "purl",
        "referenceLocator": purl,
    }
    made = {"name": name, "versionInfo": version, "externalRefs": [reference]}
    return made | {"supplier": f"Organization: {name}"} | more


LEFT, DEEP = component("left", "1.2.0"), component("deep", "2.1.0")

IN_XML = """<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1">
  <metadata><timestamp>2026-01-02T03:04:05Z</timestamp>
    <component type="application"><name>portal</name></component></metadata>
  <components>
    <component type="library"><name>left</name><version>1.2.0</version>
      <purl>pkg:pypi/left@1.2.0</purl>
      <components>
        <component type="library"><name>deep</name><version>2.1.0</version>
          <purl>pkg:pypi/deep@2.1.0</purl></component>
      </components>
    </component>
  </components>
</bom>"""
IN_YAML = """spdxVersion: SPDX-2.3
documentDescribes: [SPDXRef-0]
packages:
  - {SPDXID: SPDXRef-0, name: portal}
  - {SPDXID: SPDXRef-1, name: left, versionInfo: 1.2.0}
  - {SPDXID: SPDXRef-2, name: deep, versionInfo: 2.1.0}
"""
IN_TAGS = """SPDXVersion: SPDX-2.3
# what stands here is for people
SPDXID: SPDXRef-DOCUMENT
DocumentComment: <text>It goes on
PackageName: not one</text>
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-0

PackageName: portal
SPDXID: SPDXRef-0
PackageName: left
SPDXID: SPDXRef-1
PackageVersion: 1.2.0
ExternalRef: PACKAGE-MANAGER purl pkg:pypi/left@1.2.0
FileName: ./left.py
SPDXID: SPDXRef-2
PackageName: deep
SPDXID: SPDXRef-3
PackageVersion: 2.1.0
"""
WHOLE = package("portal", "1")
IN_JSON = spdx(WHOLE, package("left", "1.2.0"), package("deep", "2.1.0"))

SAME = [
    ("bom.json", cdx(LEFT, DEEP), "CycloneDX 1.6"),
    ("bom.json", cdx(LEFT | {"components": [DEEP]}), "CycloneDX 1.6"),
    ("bom.xml", IN_XML, "CycloneDX 1.6"),
    ("portal.spdx.json", json.dumps(IN_JSON), "SPDX 2.3"),
    ("sbom.json", json.dumps({"sbom": IN_JSON}), "SPDX 2.3"),
    ("portal.spdx.yaml", IN_YAML, "SPDX 2.3"),
    ("portal.spdx", IN_TAGS, "SPDX 2.3"),
]


@pytest.mark.parametrize(("path", "content", "form"), SAME)
def test_the_same_list_is_read_out_of_every_form(
    path: str, content: str, form: str
) -> None:
    found = told({path: content, "requirements.txt": FROZEN})

    assert value(found["sbom"]) is True
    assert value(found["sbom_forms"]) == (form,)
    assert value(found["sbom_lists"]) == 2
    assert [value(found[name]) for name in COMPARED] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("bom.json", True),
        ("release/portal-1.0-sbom.spdx.json", True),
        ("portal.cdx.xml", True),
        ("portal.spdx", True),
        ("sbom_backend.json", True),
        ("bomb.json", False),
        ("spdx.py", False),
        ("pom.xml", False),
        ("sbom/readme.json", False),
    ],
)
def test_files_are_looked_into_by_what_they_are_called(path: str, is_one: bool) -> None:
    assert may_be_sbom(path) is is_one


def test_without_an_sbom_its_details_do_not_arise() -> None:
    found = told({"README.md": "x", "requirements.txt": FROZEN})

    assert value(found.pop("sbom")) is False
    assert all(isinstance(answer, Inapplicable) for answer in found.values())


@pytest.mark.parametrize(
    "content", ['{"parts": []}', "[]", '"x"', '{"bomFormat": "other"}']
)
def test_what_is_only_called_like_one_is_none(content: str) -> None:
    assert value(told({"bom.json": content})["sbom"]) is False


@pytest.mark.parametrize("path", ["vendor/bom.json", "tests/bom.json"])
def test_the_sbom_of_other_software_or_of_a_test_is_not_the_projects(path: str) -> None:
    assert value(told({path: cdx(LEFT)})["sbom"]) is False


class TestComparing:
    def test_what_is_missing_from_the_sbom_is_named(self) -> None:
        found = told({"bom.json": cdx(LEFT), "requirements.txt": FROZEN})

        assert subjects(found["not_in_sbom"]) == ["pkg:pypi/deep@2.1.0"]

    def test_another_version_is_not_a_missing_component(self) -> None:
        old = component("left", "1.0.0")

        found = told({"bom.json": cdx(old, DEEP), "requirements.txt": FROZEN})

        assert value(found["not_in_sbom"]) == 0
        assert subjects(found["sbom_other_versions"]) == ["pkg:pypi/left@1.2.0"]

    def test_what_no_file_names_is_told_where_the_files_tell_all(self) -> None:
        more = component("ghost", "1")

        found = told({"bom.json": cdx(LEFT, DEEP, more), "requirements.txt": FROZEN})

        assert subjects(found["sbom_not_found"]) == ["pkg:pypi/ghost@1"]

    def test_what_no_file_could_tell_is_not_counted_as_not_found(self) -> None:
        other = {"type": "library", "name": "curl", "purl": "pkg:deb/debian/curl@8"}

        found = told({"bom.json": cdx(LEFT, DEEP, other), "requirements.txt": FROZEN})

        assert value(found["sbom_not_found"]) == 0
        assert getattr(found["sbom_not_found"], "missed", "").startswith("1 of those")

    def test_manifests_alone_leave_what_may_be_missing_open(self) -> None:
        found = told({"bom.json": cdx(LEFT, DEEP), "requirements.txt": "left==1.2.0\n"})

        assert getattr(found["not_in_sbom"], "missed", "") != ""

    def test_a_component_without_purl_is_known_by_its_name(self) -> None:
        bare = {"type": "library", "name": "Left", "version": "1.2.0"}

        found = told({"bom.json": cdx(bare, DEEP), "requirements.txt": FROZEN})

        assert value(found["not_in_sbom"]) == 0

    def test_several_sboms_are_one_list(self) -> None:
        files = {"a.cdx.json": cdx(LEFT), "b.cdx.json": cdx(DEEP)}

        found = told(files | {"requirements.txt": FROZEN})

        assert value(found["sbom_lists"]) == 2
        assert value(found["not_in_sbom"]) == 0

    def test_a_list_without_versions_has_not_those_of_the_files(self) -> None:
        bare = {"type": "library", "name": "left", "purl": "pkg:pypi/left"}

        found = told({"bom.json": cdx(bare, DEEP), "requirements.txt": FROZEN})

        answer = found["sbom_other_versions"]
        assert (
            getattr(answer, "missed", "") == "of 1 of those listed no version is told"
        )

    def test_where_no_licence_could_be_compared_that_is_said(self) -> None:
        listed = component("left", "1.2.0", licenses=[{"license": {"id": "MIT"}}])

        found = told({"bom.json": cdx(listed, DEEP), "requirements.txt": FROZEN})

        answer = found["sbom_other_licences"]
        assert getattr(answer, "missed", "").startswith("of no component the list")

    @pytest.mark.engine
    @pytest.mark.parametrize(
        ("told", "differ"),
        [
            ([{"license": {"id": "MIT"}}], 0),
            ([{"expression": "ISC OR MIT"}], 1),
            ([{"license": {"id": "Apache-2.0"}}], 1),
            ([{"license": {"name": "see LICENSE"}}], 0),
            ([{"license": {"id": "Apache-2.0"}}, {"license": {"id": "ISC"}}], 0),
            ([], 0),
        ],
    )
    def test_another_licence_is_named_where_both_tell_one(
        self, told: list[dict[str, Any]], differ: int
    ) -> None:
        listed: list[dict[str, Any]] = [
            {"name": "left", "purl": "pkg:npm/left@1.2.0", "licenses": told},
            {"name": "deep", "purl": "pkg:npm/%40scope/deep@2.1.0"},
        ]
        files = {"package.json": PACKAGE, "package-lock.json": PACKAGE_LOCK}

        found = answers(of({"bom.json": cdx(*listed)} | files))["sbom_other_licences"]

        assert value(found) == differ
        assert subjects(found) == ["pkg:npm/left@1.2.0"] * differ

    @pytest.mark.engine
    def test_what_only_developers_need_may_be_left_out(self) -> None:
        listed: list[dict[str, Any]] = [
            {"name": "left", "purl": "pkg:npm/left@1.2.0"},
            {"name": "deep", "group": "@scope", "purl": "pkg:npm/%40scope/deep@2.1.0"},
        ]
        files = {"package.json": PACKAGE, "package-lock.json": PACKAGE_LOCK}

        found = answers(of({"bom.json": cdx(*listed)} | files))

        assert [value(found[name]) for name in COMPARED] == [0, 0, 0, 0]

    def test_a_silent_tool_leaves_what_is_compared_open_and_no_more(self) -> None:
        silent = Trivy(why="trivy gave no answer")
        files = {"bom.json": cdx(LEFT), "package-lock.json": PACKAGE_LOCK}

        found = told(files, toolbox=silent)

        assert {n for n, a in found.items() if isinstance(a, Gap)} == set(COMPARED)
        assert value(found["sbom_lists"]) == 1


class TestElements:
    COMPLETE = spdx(WHOLE, package("left", "1.2.0"))
    NOTHING: tuple[str, ...] = ()

    @pytest.mark.parametrize(
        ("change", "lacks"),
        [
            ({}, ""),
            ({"supplier": "NOASSERTION"}, "the supplier of 1"),
            ({"versionInfo": None}, "the version of 1"),
        ],
    )
    def test_the_checker_tells_what_a_package_of_spdx_lacks(
        self, change: dict[str, Any], lacks: str
    ) -> None:
        document = spdx(WHOLE, package("left", "1.2.0") | change)

        found = told({"x.spdx.json": json.dumps(document)})["sbom_ntia_minimum"]

        assert value(found) is (not lacks)
        assert lacks in str(getattr(found, "items", ""))

    FULL = LEFT | {"supplier": {"name": "Left"}}
    AROUND = {  # noqa: RUF012 - the tests take it as it is
        "metadata": {
            "timestamp": "2026-01-02T03:04:05Z",
            "authors": [{"name": "Portal"}],
        },
        "dependencies": [{"ref": "a", "dependsOn": ["b"]}],
    }

    @pytest.mark.parametrize(
        ("without", "lacks"),
        [
            ("", ""),
            ("supplier", "the supplier of 1"),
            ("version", "the version of 1"),
            ("purl", "the identifier of 1"),
            ("name", "the name of 1"),
            ("dependencies", "what depends on what"),
            ("metadata", "who made it, when it was made"),
            ("components", "components"),
        ],
    )
    def test_the_same_is_looked_for_in_cyclonedx(
        self, without: str, lacks: str
    ) -> None:
        document = json.loads(cdx(self.FULL, **self.AROUND))
        document.pop(without, None)
        document.get("components", [{}])[0].pop(without, None)

        found = told({"bom.json": json.dumps(document)})["sbom_ntia_minimum"]

        assert value(found) is (not lacks)
        assert lacks in str(getattr(found, "items", ""))

    def test_a_document_that_is_not_spdx_is_not_judged_by_its_elements(self) -> None:
        broken = spdx(WHOLE) | {"creationInfo": {"created": "last week"}}

        found = told({"x.spdx.json": json.dumps(broken)})["sbom_ntia_minimum"]

        assert isinstance(found, Gap)
        assert "not as its standard asks" in found.items[0].note

    def test_the_checker_says_nothing_by_itself(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        apart = spdx(WHOLE, package("left", "1.2.0"), relationships=[])

        with caplog.at_level(logging.DEBUG):
            told({"x.spdx.json": json.dumps(apart)})

        assert caplog.records == []

    def test_one_that_lacks_something_settles_it_whatever_the_others_are(self) -> None:
        files = {"a.cdx.json": cdx(LEFT), "b.cdx.json": "no json"}

        found = told(files)["sbom_ntia_minimum"]

        assert value(found) is False


class TestHostile:
    """None of these is a pass, and none ends the collector."""

    @pytest.mark.parametrize(
        "content",
        [
            "{",
            "",
            "[" * 100_000,
            '{"a":' * 5_000 + "1" + "}" * 5_000,
            b"\xff\xfe\x00",
        ],
    )
    def test_what_cannot_be_read_may_be_an_sbom(self, content: str | bytes) -> None:
        found = told({"bom.json": content})

        assert all(isinstance(answer, Gap) for answer in found.values())

    def test_entities_that_multiply_are_refused(self) -> None:
        bomb = '<!DOCTYPE bom [<!ENTITY a "aaaa">]>' + IN_XML.split("?>")[1]

        found = told({"bom.xml": bomb})

        assert isinstance(found["sbom"], Gap)

    @pytest.mark.parametrize(
        ("tags", "says"),
        [
            (IN_TAGS.replace("</text>", ""), "the text that begins in line 4 has no"),
            (IN_TAGS + "PackageVersion: 3\n", "line 19 says again what"),
            (IN_TAGS + "and so on\n", "line 19 is neither a tag"),
            (IN_TAGS + "Relationship: one\n", "line 19 is no relationship"),
            (IN_TAGS + "ExternalRef: purl\n", "line 19 is no reference"),
            (IN_TAGS.encode() + b"\xff", "no UTF-8"),
            (IN_TAGS.encode() + b"#" * 8_000_000, "8,000,000 at most are read"),
        ],
    )
    def test_tags_that_cannot_be_meant_are_not_read(
        self, tags: str | bytes, says: str
    ) -> None:
        found = told({"portal.spdx": tags})["sbom"]

        assert isinstance(found, Gap)
        assert says in found.items[0].note

    def test_a_link_is_not_followed(self) -> None:
        tree = DictTree({}, symlinks={"bom.json": "../../etc/passwd"})

        found = answers(replace(of({}), tree=tree, toolbox=None))

        assert isinstance(found["sbom"], Gap)

    @pytest.mark.parametrize("odd", [None, 7, "x", [], {}, [7], [None], [["x"]]])
    @pytest.mark.parametrize(
        "field", ["packages", "relationships", "creationInfo", "documentDescribes"]
    )
    def test_odd_values_in_spdx_are_no_list_of_components(
        self, field: str, odd: object
    ) -> None:
        document = spdx(WHOLE, package("left", "1.2.0")) | {field: odd}

        found = told({"x.spdx.json": json.dumps(document)})

        assert not any("the collector" in getattr(a, "why", "") for a in found.values())

    @pytest.mark.parametrize("odd", [None, 7, "x", [], {}, [7], [None], [["x"]]])
    @pytest.mark.parametrize(
        "field", ["components", "metadata", "dependencies", "specVersion"]
    )
    def test_odd_values_in_cyclonedx_are_no_list_of_components(
        self, field: str, odd: object
    ) -> None:
        document = json.loads(cdx(LEFT | {"type": odd})) | {field: odd}

        found = told({"bom.json": json.dumps(document)})

        assert not any("the collector" in getattr(a, "why", "") for a in found.values())

    def test_licences_without_end_are_not_parsed(self) -> None:
        endless = {"licenseDeclared": "(" * 300_000 + "MIT" + ")" * 300_000}
        document = spdx(WHOLE, package("left", "1.2.0") | endless)

        found = told({"x.spdx.json": json.dumps(document)})

        assert value(found["sbom_ntia_minimum"]) is True

    def test_more_packages_than_anybody_has_are_not_checked(self) -> None:
        many = [{"name": "x"}] * (elements.MOST + 1)
        document = spdx(WHOLE, package("left", "1.2.0")) | {"packages": many}

        found = told({"x.spdx.json": json.dumps(document)})["sbom_ntia_minimum"]

        assert isinstance(found, Gap)

    def test_more_sboms_than_anybody_keeps_leave_the_rest_unread(self) -> None:
        files = {f"{n:02}.cdx.json": cdx(LEFT) for n in range(MOST + 1)}

        found = told(files)

        assert getattr(found["sbom_lists"], "missed", "") != ""
        assert all(isinstance(found[name], Gap) for name in COMPARED)

    def test_a_purl_that_is_none_names_nothing(self) -> None:
        odd = [LEFT | {"purl": p} for p in ("javascript:alert(1)", "pkg:" + "a" * 9999)]

        found = told({"bom.json": cdx(*odd, DEEP), "requirements.txt": FROZEN})

        assert value(found["sbom_not_found"]) == 0
        assert value(found["not_in_sbom"]) == 0


class TestForms:
    @pytest.mark.parametrize(
        ("path", "content", "form"),
        [
            (
                "sbom.spdx.json",
                '{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", '
                '"@graph": [{"type": "CreationInfo", "specVersion": "3.0.1"}]}',
                "SPDX 3.0.1",
            ),
            (
                "portal.spdx.rdf",
                '<rdf:RDF xmlns="http://spdx.org/rdf/terms#">SPDX-2.2</rdf:RDF>',
                "SPDX 2.2",
            ),
            (
                "portal.spdx.rdf.xml",
                '<RDF xmlns="http://spdx.org/rdf/terms#">SPDX-2.1</RDF>',
                "SPDX 2.1",
            ),
        ],
    )
    def test_a_form_that_is_not_read_is_known_and_its_content_is_not(
        self, path: str, content: str, form: str
    ) -> None:
        found = told({path: content})

        assert value(found.pop("sbom")) is True
        assert value(found.pop("sbom_forms")) == (form,)
        assert all(isinstance(answer, Gap) for answer in found.values())


class TestOwnDocuments:
    """What ossay hands out, it reads back."""

    def test_of_spdx(self) -> None:
        end, known = sbom.tail(ROWS, COMPONENTS)
        written = sbom.head(evidence(), known, "forms") + end

        found = told({"forms.spdx.json": written})

        assert value(found["sbom_lists"]) == len(COMPONENTS)
        assert value(found["sbom_forms"]) == ("SPDX 2.3",)

    def test_of_cyclonedx(self) -> None:
        written = cyclonedx.document(evidence(), COMPONENTS, "forms")

        found = told({"forms.cdx.json": written})

        assert value(found["sbom_lists"]) == len(COMPONENTS)
        assert value(found["sbom_forms"]) == ("CycloneDX 1.6",)
