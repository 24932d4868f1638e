# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A publiccode.yml is held against what its standard makes mandatory."""

import pytest

from ossay.collect._gathering import gather
from ossay.collect.documentation import COLLECTOR
from ossay.model.evidence import Answered, Gap, Inapplicable, Item, Observation
from tests.collect.trees import DictTree, given

VALID = """\
publiccodeYmlVersion: "0.4"
name: Medusa
url: https://example.org/medusa.git
platforms: [web]
developmentStatus: stable
softwareType: standalone/web
description:
  en:
    shortDescription: A register of births
    longDescription: >
      This is a register of births, of marriages and of deaths for a city. It is
      used by the registrar, who enters what people declare, and by people, who
      can ask for a certificate.
    features: [Certificates]
legal:
  license: EUPL-1.2
maintenance:
  type: community
  contacts:
    - name: Ada Example
      email: ada@example.org
localisation:
  localisationReady: true
  availableLanguages: [en, sl-IT-nedis]
"""


def valid(tree: DictTree) -> Answered:
    said, _ = gather(COLLECTOR, given(tree))
    return next(a for a in said if a.fact == "documentation.publiccode_yml_valid")


def faults(content: str) -> list[tuple[int, str]]:
    said = valid(DictTree({"publiccode.yml": content}))
    assert isinstance(said, Observation)
    assert said.value is not bool(said.items)
    return [(item.line, item.note) for item in said.items]


def test_a_complete_file_is_valid() -> None:
    assert faults(VALID) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("name: Medusa\n", "", (1, "name is missing")),
        ("name: Medusa", "name: ''", (2, "name is missing")),
        ("https://example.org/medusa.git", "medusa", (3, "url is no address (URL)")),
        ("[web]", "[]", (4, "platforms is missing")),
        (
            "Status: stable",
            "Status: production",
            (
                5,
                "developmentStatus is none of: "
                "concept, development, beta, stable, obsolete",
            ),
        ),
        ("  en:\n", "  english:\n", (8, "description/english is no language (BCP 47)")),
        (
            "    shortDescription: A register of births\n",
            "",
            (8, "description/en/shortDescription is missing"),
        ),
        (
            "A register of births\n",
            "x" * 151 + "\n",
            (
                9,
                "description/en/shortDescription has 151 characters, not 1 to 150",
            ),
        ),
        (
            "    features: [Certificates]\n",
            "",
            (7, "description has no features in any language"),
        ),
        ("  license: EUPL-1.2\n", "  x: y\n", (15, "legal/license is missing")),
        (
            "type: community",
            "type: contract",
            (17, "maintenance/contractors is missing"),
        ),
        (
            "  contacts:\n",
            "  contractors: [{name: X}]\n  contacts:\n",
            (
                19,
                "maintenance/contractors must not be there unless type is contract",
            ),
        ),
        (
            "    - name: Ada Example\n      email",
            "    - email",
            (20, "maintenance/contacts/0/name is missing"),
        ),
        (
            "Ready: true",
            "Ready: soon",
            (23, "localisation/localisationReady must be true or false"),
        ),
        (
            "[en, sl-IT-nedis]",
            "[en, english]",
            (24, "localisation/availableLanguages/1 is no language (BCP 47)"),
        ),
        (
            "legal:\n",
            "organisation: {}\nlegal:\n",
            (15, "organisation/uri is missing"),
        ),
    ],
)
def test_what_is_missing_or_wrong_is_named_with_its_line(
    old: str, new: str, fault: tuple[int, str]
) -> None:
    assert old in VALID

    assert fault in faults(VALID.replace(old, new, 1))


@pytest.mark.parametrize("spelt", ["yes", "No", "on"])
def test_the_booleans_of_older_yaml_are_accepted(spelt: str) -> None:
    assert faults(VALID.replace("Ready: true", f"Ready: {spelt}")) == []


@pytest.mark.parametrize("content", ["", "[]", "text", "publiccodeYmlVersion"])
def test_a_file_that_holds_no_keys_is_not_valid(content: str) -> None:
    assert faults(content) == [(1, "the file holds no keys")]


def test_a_file_that_is_no_yaml_is_not_valid() -> None:
    ((line, note),) = faults("name: [")

    assert (line, note[:17]) == (0, "it is no valid YA")


def test_what_the_file_says_is_not_repeated() -> None:
    hostile = VALID.replace("Status: stable", "Status: someone@example.org")

    assert not any("@" in note for _, note in faults(hostile))


def test_without_the_file_the_question_does_not_arise() -> None:
    assert isinstance(valid(DictTree({"README.md": ""})), Inapplicable)


def test_a_file_that_is_missing_from_the_clone_is_a_gap() -> None:
    said = valid(DictTree({}, unreadable={"publiccode.yml": "it is missing"}))

    assert isinstance(said, Gap)
    assert said.items == (Item(subject="publiccode.yml", note="it is missing"),)
