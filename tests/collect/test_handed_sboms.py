# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""SBOMs that were handed in: whose they are, what they are about, what they tell."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ossay.codec import digest_of_bytes
from ossay.collect import gather
from ossay.collect.handed_sboms import COLLECTOR
from ossay.collect.sboms.handed import LARGEST, NoSbom, read_handed
from ossay.memo import cyclonedx, sbom
from ossay.model.collector import Given
from ossay.model.components import Completeness
from ossay.model.evidence import Answered, Gap, Inapplicable, Observation
from ossay.model.sboms import HandedSbom, SbomAtHand
from tests.collect.components.cases import PACKAGE_LOCK, Trivy, of
from tests.collect.test_sboms import (
    FROZEN,
    IN_JSON,
    IN_TAGS,
    IN_XML,
    IN_YAML,
    cdx,
    component,
    package,
    spdx,
)
from tests.collect.trees import SNAPSHOT
from tests.memo.test_components_out import COMPONENTS
from tests.memo.test_sbom import ROWS, evidence

LEFT, DEEP = component("left", "1.2.0"), component("deep", "2.1.0")
HERE = {"requirements.txt": FROZEN}
COMPARED = (
    *("not_in_handed_sbom", "handed_sbom_other_versions"),
    *("handed_sbom_other_licences", "handed_sbom_not_found"),
)


def about(name: str = "software", version: str = "1.0", **more: Any) -> dict[str, Any]:
    """Return what a CycloneDX document says that it is about."""
    made = {"type": "application", "name": name, "version": version}
    return {"metadata": {"component": made | more}}


THIS = about()


def at_hand(content: str | bytes, **changes: str) -> SbomAtHand:
    raw = content.encode() if isinstance(content, str) else content
    handed = HandedSbom(
        part=changes.get("part", "whole"),
        name=changes.get("name", "bom.json"),
        digest=digest_of_bytes(raw),
        handed_by=changes.get("by", "officer-7"),
        handed_on=date(2026, 3, 2),
    )
    commit = changes.get("commit", SNAPSHOT.commit)
    return SbomAtHand(handed=handed, commit=commit, content=raw)


def given(
    *sboms: SbomAtHand, files: Mapping[str, str | bytes] = HERE, **changes: Any
) -> Given:
    return of(files, **({"toolbox": None} | changes), sboms=sboms)


def answers(whole: Given) -> dict[str, Answered]:
    said, _ = gather(COLLECTOR, whole)
    return {a.fact.removeprefix("components."): a for a in said}


def told(*contents: str | bytes, **changes: Any) -> dict[str, Answered]:
    return answers(given(*map(at_hand, contents), **changes))


def value(answer: Answered) -> object:
    assert isinstance(answer, Observation), answer
    return answer.value


def why(answer: Answered) -> str:
    assert isinstance(answer, Gap), answer
    return answer.why


def subjects(answer: Answered) -> list[str]:
    assert isinstance(answer, Observation)
    return [item.subject for item in answer.items]


def test_without_one_its_details_do_not_arise() -> None:
    found = told()

    assert value(found.pop("handed_sbom")) is False
    assert all(isinstance(answer, Inapplicable) for answer in found.values())


def test_it_is_shown_how_it_came_in_and_never_from_which_folder() -> None:
    document = cdx(LEFT, DEEP, **THIS)

    answer = told(document)["handed_sbom"]

    assert isinstance(answer, Observation)
    [item] = answer.items
    assert item.subject == "handed-in:bom.json"
    assert item.note == (
        "CycloneDX 1.6; handed in by officer-7 on 2026-03-02, SHA-256 "
        f"{digest_of_bytes(document.encode())}"
    )


def test_it_is_held_against_the_files() -> None:
    other = component("deep", "2.0.0")

    found = told(cdx(component("ghost", "1"), other, **THIS))

    assert subjects(found["not_in_handed_sbom"]) == ["pkg:pypi/left@1.2.0"]
    assert subjects(found["handed_sbom_other_versions"]) == ["pkg:pypi/deep@2.1.0"]
    assert subjects(found["handed_sbom_not_found"]) == ["pkg:pypi/ghost@1"]
    assert value(found["handed_sbom_lists"]) == 2
    assert value(found["handed_sbom_ntia_minimum"]) is False


@pytest.mark.parametrize(
    "content",
    [
        cdx(LEFT, DEEP, **THIS),
        IN_XML.replace("portal", "software"),
        json.dumps(IN_JSON).replace("portal", "software"),
        IN_YAML.replace("portal", "software"),
        IN_TAGS.replace("portal", "software"),
    ],
    ids=["cyclonedx", "xml", "spdx", "yaml", "tags"],
)
def test_every_form_is_known_by_its_content(content: str) -> None:
    found = answers(given(at_hand(content, name="list of the supplier")))

    assert [value(found[name]) for name in COMPARED] == [0, 0, 0, 0]


class TestSubject:
    """Only what is known to be about the version assessed counts."""

    @pytest.mark.parametrize(
        "said",
        [
            about("Software"),
            about("other", purl="pkg:github/example/software@1"),
            about("whole"),
            about("Software", group="org.example"),
            about("x", purl="pkg:pypi/portal@1.0"),
            about("the-maven-one"),
            about(
                "any",
                externalReferences=[
                    {"type": "vcs", "url": "git@example.org:software.git"}
                ],
            ),
        ],
    )
    def test_it_is_confirmed_by_an_address_or_a_name(
        self, said: dict[str, Any]
    ) -> None:
        files = HERE | {
            "pyproject.toml": '[project]\nname = "portal"\n',
            "pom.xml": "<project><artifactId>the-maven-one</artifactId></project>",
        }
        if "github" in json.dumps(said):
            url = "https://github.com/example/software.git"
        else:
            url = SNAPSHOT.repository_url
        at = replace(SNAPSHOT, repository_url=url)

        found = told(cdx(LEFT, DEEP, **said), files=files, snapshot=at)

        assert value(found["handed_sbom"]) is True

    @pytest.mark.parametrize(
        ("said", "calls_it"),
        [
            (about("library"), "it says that it is about 'library'"),
            ({}, "it does not say what it is about"),
            (about("."), "it does not say what it is about"),
            (about("/src"), "it does not say what it is about"),
            (
                about(
                    externalReferences=[
                        {"type": "vcs", "url": "https://example.org/fork.git"}
                    ]
                ),
                "it says that it is about 'software', of 'example.org/fork'",
            ),
        ],
    )
    def test_of_another_software_all_is_open_and_why_is_said(
        self, said: dict[str, Any], calls_it: str
    ) -> None:
        found = told(cdx(LEFT, DEEP, **said))

        assert {why(answer) for answer in found.values()} == {
            f"the SBOM 'bom.json' that was handed in does not count here: {calls_it}, "
            "and nothing confirms that this is the software assessed"
        }

    @pytest.mark.parametrize(("name", "counts"), [(".", True), ("fork", False)])
    def test_without_a_name_it_is_known_by_what_it_is_made_of(
        self, name: str, counts: bool
    ) -> None:
        names = [f"part{number}" for number in range(12)]
        frozen = "".join(f"{n}==1.0 \\\n  --hash=sha256:{'a' * 64}\n" for n in names)
        document = cdx(*(component(n, "1.0") for n in names), **about(name))

        found = told(document, files={"requirements.txt": frozen})

        assert isinstance(found["handed_sbom"], Observation) is counts

    @pytest.mark.parametrize(
        ("stated", "commit", "says"),
        [
            ("1.0", "", ""),
            ("v1.0.0", "other", ""),
            ("", "", ""),
            ("0.0.0", "", ""),
            ("sha256:00", "", ""),
            (SNAPSHOT.commit, "other", ""),
            (SNAPSHOT.commit[:10], "other", ""),
            ("2.0", "", "it says that it is about version '2.0', not about the one"),
            ("1.0-rc1", "", "it says that it is about version '1.0-rc1', not about"),
            ("a" * 40, "", f"it says that it is about version '{'a' * 40}', not"),
            ("", "other", "it states no version and came in for commit other, not"),
        ],
    )
    def test_of_another_version_all_is_open_and_why_is_said(
        self, stated: str, commit: str, says: str
    ) -> None:
        one = at_hand(
            cdx(LEFT, DEEP, **about(version=stated)), commit=commit or SNAPSHOT.commit
        )

        found = answers(given(one))["handed_sbom"]

        assert isinstance(found, Gap) is bool(says)
        assert says in getattr(found, "why", "")

    def test_of_spdx_the_package_described_tells(self) -> None:
        location = {"downloadLocation": "git+https://example.org/software.git@v1.0#x"}
        mine = spdx(package("any", "1.0", **location), package("left", "1.2.0"))
        other = spdx(package("any", "1.0"), package("left", "1.2.0"))

        assert value(told(json.dumps(mine))["handed_sbom"]) is True
        assert isinstance(told(json.dumps(other))["handed_sbom"], Gap)

    def test_a_folder_of_this_machine_may_be_called_anything(self) -> None:
        at = replace(SNAPSHOT, repository_url="/builds/software")
        reference = {"type": "vcs", "url": "https://example.org/software.git"}
        document = cdx(LEFT, **about("any", externalReferences=[reference]))

        assert value(told(document, snapshot=at)["handed_sbom"]) is True

    def test_one_that_does_not_count_leaves_what_is_compared_open(self) -> None:
        found = told(cdx(LEFT, DEEP, **THIS), cdx(LEFT, **about("library")))

        assert value(found["handed_sbom"]) is True
        assert len(getattr(found["handed_sbom"], "items", ())) == 2
        assert all(isinstance(found[name], Gap) for name in COMPARED)

    def test_a_silent_tool_leaves_what_is_compared_open_and_no_more(self) -> None:
        silent = Trivy(why="trivy gave no answer")

        found = told(
            cdx(LEFT, **THIS),
            files={"package-lock.json": PACKAGE_LOCK},
            toolbox=silent,
        )

        gaps = {n for n, a in found.items() if isinstance(a, Gap)}
        assert gaps == {*COMPARED, "handed_sbom_vulnerabilities"}


class TestOwnDocuments:
    """What ossay hands out, it reads back, and nothing differs."""

    @staticmethod
    def files() -> dict[str, str | bytes]:
        return {
            **HERE,
            "Dockerfile": "FROM debian:12\n",
            ".github/workflows/a.yml": "on: push\njobs:\n  a:\n    steps:\n"
            "      - uses: actions/checkout@v4.1.0\n",
        }

    @pytest.mark.parametrize("form", ["cyclonedx", "spdx"])
    def test_a_round_trip_differs_in_nothing(self, form: str) -> None:
        from ossay.collect import components

        whole = given(files=self.files())
        found = components.components_of(whole)
        rows = components.table_of(found).rows
        if form == "cyclonedx":
            written = cyclonedx.document(evidence(), rows, "whole")
        else:
            end, known = sbom.tail(ROWS, rows)
            written = sbom.head(evidence(), known, "whole") + end
        at = evidence().value.snapshot

        one = at_hand(written, commit=at.commit)
        back = answers(given(one, files=self.files(), snapshot=at))

        complete = {
            t.ecosystem
            for t in found.ecosystems
            if t.completeness is Completeness.LOCKFILE
        }
        assert complete == {"pypi"}
        assert value(back["handed_sbom_lists"]) == len(rows) == 4
        assert [value(back[name]) for name in COMPARED] == [0, 0, 0, 0]

    def test_licences_and_scopes_come_back_as_they_went(self) -> None:
        written = cyclonedx.document(evidence(), COMPONENTS, "whole")

        assert len(read_handed("x", written).listed) == len(COMPONENTS)


DEEPLY = "[" * 5_000 + "]" * 5_000
LAUGHS = '<!DOCTYPE bom [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
ANCHORS = "a: &a [x,x]\nb: &b [*a,*a]\n" + "".join(
    f"{chr(99 + n)}: &{chr(99 + n)} [{','.join([f'*{chr(98 + n)}'] * 20)}]\n"
    for n in range(8)
)


class TestRefused:
    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"", "it is empty"),
            (b"\xef\xbb\xbf \n", "it is empty"),
            (b"{}", "it is neither SPDX nor CycloneDX"),
            (b"x" + b"\n" * 4_000_000, "2,000,000 at most are read"),
            (b"hello", "it is neither SPDX nor CycloneDX"),
            (b"<html/>", "it is neither SPDX nor CycloneDX"),
            (b"PK\x03\x04\x00", "it is no valid YAML"),
            (cdx(LEFT)[:-9].encode(), "it is no valid JSON"),
            (IN_XML[:-9].encode(), "it is no valid XML"),
            (IN_TAGS.partition("</text>")[0].encode(), "has no end"),
            (b" " * (LARGEST + 1), "it is larger than 8,000,000 bytes"),
            (f'{{"bomFormat": {DEEPLY}}}'.encode(), "nested more than 100 levels"),
            (b'{"a":' * 100_000, "nested more than 100 levels"),
            (
                cdx(LEFT).replace('"1.6"', '"1.6", "x": NaN').encode(),
                "it is no valid JSON (NaN is no number)",
            ),
            (
                cdx(LEFT).replace('"1.6"', "1" * 5_000).encode(),
                "it is no valid JSON (Exceeds the limit",
            ),
            (
                cdx(LEFT).replace('"version"', '"purl": "x", "version"').encode(),
                "it has the key 'purl' twice in one place",
            ),
            (
                IN_YAML.replace("{SPDXID", "{name: x, SPDXID", 1).encode(),
                "it has the key 'name' twice in one place",
            ),
            (
                IN_XML.replace("<version>", "<version>1</version><version>").encode(),
                "it has the element 'version' twice in one place",
            ),
            (
                (IN_TAGS + "PackageVersion: 3\n").encode(),
                "says again what was said before",
            ),
            (
                (LAUGHS + IN_XML.partition("?>")[2]).encode(),
                "it declares a document type of its own",
            ),
            (ANCHORS.encode(), "it stands for more than 1,000,000 values"),
            (
                b'{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"}',
                "SPDX 3 is not read",
            ),
            (b'<RDF xmlns="http://spdx.org/rdf/terms#"/>', "not as RDF"),
            (
                cdx(LEFT).replace("1.6", "2.0").encode(),
                "it calls itself 'CycloneDX 2.0'; SPDX 2.0 to 2.3 and CycloneDX 1.0",
            ),
            (
                json.dumps(IN_JSON | {"spdxVersion": "SPDX-2.9"}).encode(),
                "it calls itself 'SPDX 2.9'",
            ),
            (
                cdx(vulnerabilities=[{"id": "CVE-1"}]).encode(),
                "it tells of vulnerabilities and lists no component (VEX)",
            ),
        ],
    )
    def test_what_cannot_be_meant_is_refused_with_one_sentence(
        self, content: bytes, says: str
    ) -> None:
        with pytest.raises(NoSbom) as refused:
            read_handed("bom", content)

        assert says in str(refused.value)
        assert "\n" not in str(refused.value)

    def test_what_a_later_ossay_refuses_is_a_gap(self) -> None:
        found = told("{}")

        assert "it is neither SPDX nor CycloneDX" in why(found["handed_sbom"])
        assert all(isinstance(answer, Gap) for answer in found.values())
