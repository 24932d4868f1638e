# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What people say of flaws: read in three forms, and it counts who says it."""

import json
from dataclasses import replace
from typing import Any

import pytest

from ossay.collect.vulnerabilities.claims import claims
from ossay.collect.vulnerabilities.vex import NoVex, statements
from ossay.model.evidence import Observation
from ossay.model.vex import Speaker, Statement, Status
from tests.advisories.packs import affects, record
from tests.collect.trees import DictTree
from tests.collect.vulnerabilities.conftest import Office, component

LEFT = component("pkg:npm/left@1.0.0")
HERE = "https://github.com/Some/software.git"

OPENVEX = {
    "@context": "https://openvex.dev/ns/v0.2.0",
    "@id": "https://example.org/vex-1",
    "author": "An office",
    "timestamp": "2026-01-01T00:00:00Z",
    "version": 1,
    "statements": [
        {
            "vulnerability": {"name": "CVE-2026-0001", "aliases": ["GHSA-1"]},
            "products": [
                {
                    "@id": "pkg:github/some/software@1.0",
                    "subcomponents": [{"@id": "pkg:npm/left@1.0.0"}],
                }
            ],
            "status": "not_affected",
            "justification": "vulnerable_code_not_in_execute_path",
            "impact_statement": "left is never turned",
        }
    ],
}

CYCLONEDX = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "metadata": {
        "component": {"bom-ref": "app", "purl": "pkg:github/some/software@1.0"}
    },
    "components": [{"bom-ref": "l", "purl": "pkg:npm/left@1.0.0"}],
    "vulnerabilities": [
        {
            "id": "CVE-2026-0001",
            "references": [{"id": "GHSA-1"}],
            "analysis": {
                "state": "not_affected",
                "justification": "vulnerable_code_not_in_execute_path",
                "detail": "left is never turned",
            },
            "affects": [{"ref": "l"}],
        },
        {"id": "CVE-2026-0002", "affects": [{"ref": "l"}]},
    ],
}

CSAF = {
    "document": {"csaf_version": "2.0", "category": "csaf_vex"},
    "product_tree": {
        "branches": [
            {
                "category": "vendor",
                "branches": [
                    {
                        "product": {
                            "product_id": "APP",
                            "product_identification_helper": {
                                "purl": "pkg:github/some/software@1.0"
                            },
                        }
                    }
                ],
            }
        ],
        "full_product_names": [
            {
                "product_id": "LEFT",
                "product_identification_helper": {"purl": "pkg:npm/left@1.0.0"},
            }
        ],
        "relationships": [
            {
                "category": "default_component_of",
                "full_product_name": {"product_id": "APP:LEFT"},
                "product_reference": "LEFT",
                "relates_to_product_reference": "APP",
            }
        ],
    },
    "vulnerabilities": [
        {
            "cve": "CVE-2026-0001",
            "ids": [{"system_name": "GitHub", "text": "GHSA-1"}],
            "product_status": {"known_not_affected": ["APP:LEFT"]},
            "flags": [
                {
                    "label": "vulnerable_code_not_in_execute_path",
                    "product_ids": ["APP:LEFT"],
                }
            ],
            "threats": [{"category": "impact", "details": "left is never turned"}],
        }
    ],
}


def read(document: Any, speaker: Speaker = Speaker.BUYER) -> tuple[Statement, ...]:
    return statements(json.dumps(document).encode(), speaker, "said.json")


@pytest.mark.parametrize("document", [OPENVEX, CYCLONEDX, CSAF])
def test_three_forms_say_the_same(document: Any) -> None:
    assert read(document) == (
        Statement(
            speaker=Speaker.BUYER,
            status=Status.NOT_AFFECTED,
            names=("CVE-2026-0001", "GHSA-1"),
            product="pkg:github/some/software@1.0",
            components=("pkg:npm/left@1.0.0",),
            why="vulnerable_code_not_in_execute_path: left is never turned",
            where="said.json",
        ),
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"@context": "https://openvex.dev/ns"}',
        b'{"@context": "https://openvex.dev/ns", "statements": [7]}',
        json.dumps(OPENVEX).replace('"not_affected"', '"harmless"').encode(),
        json.dumps(CYCLONEDX).replace('"not_affected"', '"harmless"').encode(),
        b'{"bomFormat": "CycloneDX", "vulnerabilities": "none"}',
    ],
)
def test_a_document_that_cannot_be_meant_counts_for_nothing(content: bytes) -> None:
    with pytest.raises(NoVex):
        statements(content, Speaker.BUYER, "said.json")


def told(office: Office, document: Any, speaker: Speaker) -> tuple[dict[str, int], str]:
    office.knows(
        "npm",
        record("GHSA-1", affects("npm", "left", {"introduced": "0"})),
        record("GHSA-2", affects("npm", "left", {"introduced": "0"})),
    )
    said = read(document, speaker)
    answered = office.says(LEFT, said=said, repository_url=HERE)
    rows = office.rows(LEFT, said=said, repository_url=HERE)
    counts = {
        name: one.value
        for name in ("known", "set_aside", "contested")
        if isinstance(one := answered[name], Observation) and isinstance(one.value, int)
    }
    assert len(rows) == 2, "a finding is never deleted"
    return counts, next(r["disposition"] for r in rows if r["advisory"] == "GHSA-1")


@pytest.mark.parametrize("document", [OPENVEX, CYCLONEDX, CSAF])
def test_the_buyer_sets_a_flaw_aside_and_it_stays_listed(
    office: Office, document: Any
) -> None:
    counts, disposition = told(office, document, Speaker.BUYER)

    assert counts == {"known": 1, "set_aside": 1, "contested": 0}
    assert disposition.startswith("set aside by the buyer, not affected: vulnerable")


@pytest.mark.parametrize("speaker", [Speaker.SUPPLIER, Speaker.REPOSITORY])
def test_what_others_say_is_shown_and_changes_no_count(
    office: Office, speaker: Speaker
) -> None:
    counts, disposition = told(office, OPENVEX, speaker)

    assert counts == {"known": 2, "set_aside": 0, "contested": 1}
    assert disposition.startswith(f"open; the {speaker.value} says not affected")


def test_a_repository_that_denies_everything_changes_no_count(office: Office) -> None:
    everything = {
        **OPENVEX,
        "statements": [
            {
                "vulnerability": name,
                "products": ["pkg:github/some/software"],
                "status": "not_affected",
            }
            for name in ("GHSA-1", "GHSA-2")
        ],
    }

    counts, _ = told(office, everything, Speaker.REPOSITORY)

    assert counts == {"known": 2, "set_aside": 0, "contested": 2}


def _about(product: str, *components: str, name: str = "GHSA-1") -> Statement:
    return Statement(
        speaker=Speaker.BUYER,
        status=Status.NOT_AFFECTED,
        names=(name,),
        product=product,
        components=components,
    )


@pytest.mark.parametrize(
    ("said", "applies"),
    [
        (_about("pkg:npm/left@1.0.0"), True),
        (_about("pkg:npm/left"), True),
        (_about("pkg:npm/left@1.0.1"), False),
        (_about("pkg:npm/lef"), False),
        (_about(""), False),
        (_about("pkg:github/some/software"), True),
        (_about("pkg:github/some/software@1.0"), True),
        (_about("https://github.com/some/software"), True),
        (_about("pkg:github/another/software"), False),
        (_about("pkg:github/another/software", "pkg:npm/left@1.0.0"), False),
        (_about("pkg:github/some/software", "pkg:npm/right@1.0.0"), False),
        (_about("pkg:npm/left@1.0.0", name="GHSA-9"), False),
    ],
)
def test_a_word_counts_only_for_what_it_is_about(
    office: Office, said: Statement, applies: bool
) -> None:
    office.knows("npm", record("GHSA-1", affects("npm", "left", {"introduced": "0"})))

    (row,) = office.rows(LEFT, said=[said], repository_url=HERE)

    assert row["disposition"].startswith("set aside") is applies


def test_the_buyers_last_word_counts_before_that_of_others(office: Office) -> None:
    office.knows("npm", record("GHSA-1", affects("npm", "left", {"introduced": "0"})))
    denied, admitted = (
        Statement(
            speaker=speaker, status=status, names=("GHSA-1",), product="pkg:npm/left"
        )
        for speaker, status in (
            (Speaker.SUPPLIER, Status.NOT_AFFECTED),
            (Speaker.BUYER, Status.AFFECTED),
        )
    )
    aside = _about("pkg:npm/left")

    def stands(*said: Statement) -> str:
        return office.rows(LEFT, said=said)[0]["disposition"]

    assert stands(denied, admitted) == "open; the buyer says affected"
    assert stands(admitted, denied) == "open; the buyer says affected"
    assert stands(admitted, aside).startswith("set aside by the buyer")
    assert stands(aside, admitted) == "open; the buyer says affected"


def test_a_repositorys_own_documents_are_claims_wherever_they_lie() -> None:
    said = json.dumps(OPENVEX)
    tree = DictTree(
        {
            "a.openvex.json": said,
            ".vex/b.json": said,
            "docs/product-vex-2026.json": said,
            "convex.json": said,
            "vex.json": "{}",
            "security/vex.json": said.replace('"not_affected"', '"harmless"'),
        },
        unreadable={"c.vex.json": "it is missing"},
    )

    found = list(claims(tree))

    assert [one.where for one in found] == [
        ".vex/b.json",
        "a.openvex.json",
        "docs/product-vex-2026.json",
    ]
    assert {one.speaker for one in found} == {Speaker.REPOSITORY}


@pytest.mark.parametrize("named", ["pkg:npm/@a/b@1.0.0", "pkg:npm/%40a/b"])
def test_a_scoped_package_is_the_same_in_either_spelling(
    office: Office, named: str
) -> None:
    scoped = replace(component("pkg:npm/%40a/b@1.0.0"), name="@a/b")
    office.knows("npm", record("GHSA-1", affects("npm", "@a/b", {"introduced": "0"})))

    (row,) = office.rows(scoped, said=[_about(named)])

    assert row["disposition"].startswith("set aside by the buyer")
