# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Components are handed out in documents that other programs read."""

import json
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.model.bom import Bom
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from spdx_tools.spdx.model import RelationshipType
from spdx_tools.spdx.parser.parse_anything import parse_file

from ossay.memo import cyclonedx, sbom
from ossay.memo.sbom_checking import validate
from ossay.model.evidence import Gap, Item, Observation
from tests.memo.test_sbom import ROWS, evidence

EXPRESS = (
    *("pkg:npm/express@4.18.2", "npm", "express", "4.18.2", "runtime", "MIT"),
    *("yes", "", "package-lock.json"),
)
BODY = (
    *("pkg:npm/body-parser@1.20.1", "npm", "body-parser", "1.20.1", "runtime"),
    *("MIT OR LicenseRef-own", "no", EXPRESS[0], "package-lock.json"),
)
JEST = (
    *("pkg:npm/%40jest/core@29.0.0", "npm", "@jest/core", "29.0.0", "development"),
    *("", "yes", "", "package-lock.json\nsub/package-lock.json"),
)
LOOSE = (
    *("pkg:docker/debian", "docker", "debian", "", "unknown", "", "yes", ""),
    "Dockerfile",
)
COMPONENTS = (EXPRESS, BODY, JEST, LOOSE)

COMPLETE = (
    Observation(fact="components.incomplete_ecosystems", value=()),
    Observation(fact="components.unread_files", value=0),
)


def spdx(*rows: tuple[str, ...]) -> bytes:
    end, known = sbom.tail(ROWS, rows)
    return sbom.head(evidence(), known, "forms") + end


def cdx(*rows: tuple[str, ...], observed: tuple[Observation | Gap, ...] = ()) -> Any:
    return json.loads(cyclonedx.document(evidence(*observed), rows, "forms"))


class TestSpdx:
    def test_it_is_valid_with_components_in_it(self) -> None:
        assert validate(spdx(*COMPONENTS)) == ()

    def test_a_program_reads_what_depends_on_what(self, tmp_path: Path) -> None:
        path = tmp_path / "sbom.spdx.json"
        path.write_bytes(spdx(*COMPONENTS))

        read = parse_file(str(path))
        names = {package.spdx_id: package.name for package in read.packages}
        ways = {
            (
                names[r.spdx_element_id],
                r.relationship_type,
                names[r.related_spdx_element_id],
            )
            for r in read.relationships
            if r.spdx_element_id in names and r.related_spdx_element_id in names
        }

        assert ways == {
            ("forms", RelationshipType.DEPENDS_ON, "express"),
            ("express", RelationshipType.DEPENDS_ON, "body-parser"),
            ("@jest/core", RelationshipType.DEV_DEPENDENCY_OF, "forms"),
            ("forms", RelationshipType.DEPENDS_ON, "debian"),
        }

    def test_a_component_keeps_its_purl_and_what_it_states(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "sbom.spdx.json"
        path.write_bytes(spdx(*COMPONENTS))

        body = next(p for p in parse_file(str(path)).packages if p.name == BODY[2])

        assert body.external_references[0].locator == BODY[0]
        assert "LicenseRef-own" in str(body.license_declared)

    def test_a_licence_of_a_component_that_is_on_no_list_is_explained(self) -> None:
        told = json.loads(spdx(BODY))["hasExtractedLicensingInfos"]

        assert "LicenseRef-own" in {one["licenseId"] for one in told}

    def test_files_in_a_component_that_was_not_looked_into_are_a_fault(self) -> None:
        """Proves that looking relationships up finds what going through them did."""
        document = json.loads(spdx(EXPRESS))
        document["relationships"].append(
            {
                "spdxElementId": document["packages"][1]["SPDXID"],
                "relationshipType": "CONTAINS",
                "relatedSpdxElement": document["files"][0]["SPDXID"],
            }
        )

        [fault] = validate(json.dumps(document).encode())

        assert "must contain no elements if files_analyzed is False" in fault

    def test_without_components_it_is_what_it_was(self) -> None:
        assert [p["name"] for p in json.loads(spdx())["packages"]] == ["forms"]


class TestCycloneDx:
    @pytest.mark.parametrize("rows", [(), COMPONENTS])
    def test_it_is_valid(self, rows: tuple[tuple[str, ...], ...]) -> None:
        text = cyclonedx.document(evidence(*COMPLETE), rows, "forms").decode()

        assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None

    def test_a_library_reads_all_of_it(self) -> None:
        read = Bom.from_json(cdx(*COMPONENTS))  # type: ignore[attr-defined]

        assert {str(one.purl) for one in read.components} == {r[0] for r in COMPONENTS}

    def test_it_tells_what_brings_what(self) -> None:
        needs = {d["ref"]: d.get("dependsOn") for d in cdx(*COMPONENTS)["dependencies"]}

        assert needs["software"] == sorted([JEST[0], LOOSE[0], EXPRESS[0]])
        assert needs[EXPRESS[0]] == [BODY[0]]
        assert needs[BODY[0]] is None

    def test_what_development_alone_needs_is_excluded(self) -> None:
        scopes = {
            one["name"]: one.get("scope") for one in cdx(*COMPONENTS)["components"]
        }

        assert scopes == {
            "express": "required",
            "body-parser": "required",
            "@jest/core": "excluded",
            "debian": None,
        }

    @pytest.mark.parametrize(
        ("observed", "aggregate"),
        [
            (COMPLETE, "complete"),
            (
                (
                    Observation(
                        fact="components.incomplete_ecosystems",
                        value=("maven",),
                        items=(Item(subject="maven"),),
                    ),
                    COMPLETE[1],
                ),
                "incomplete",
            ),
            ((Gap(fact="components.unread_files", why="no tool"),), "unknown"),
        ],
    )
    def test_it_says_whether_it_is_complete(
        self, observed: tuple[Observation | Gap, ...], aggregate: str
    ) -> None:
        [told] = cdx(*COMPONENTS, observed=observed)["compositions"]

        assert told["aggregate"] == aggregate

    def test_the_same_evidence_gives_the_same_bytes(self) -> None:
        one, other = (
            cyclonedx.document(evidence(), COMPONENTS, "forms") for _ in range(2)
        )

        assert one == other
