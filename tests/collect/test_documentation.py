# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What is said to newcomers, users and contributors, in many languages."""

from typing import Any

import pytest

from ossay.collect.documentation import COLLECTOR, collect
from ossay.model.collector import Given
from ossay.model.evidence import Gap, Inapplicable, Item
from tests.collect.trees import DictTree
from tests.judge.cases import snapshot

GOOD_PUBLICCODE = b"""
publiccodeYmlVersion: "0"
name: Births
url: https://example.org/births.git
platforms: [web]
developmentStatus: stable
softwareType: standalone/web
description:
  en:
    shortDescription: A register of births
    longDescription: It registers births.
    features: [registration]
legal: {license: EUPL-1.2}
maintenance: {type: internal, contacts: [{name: Office}]}
localisation: {localisationReady: true, availableLanguages: [en]}
"""


def answers(files: dict[str, bytes], **more: Any) -> dict[str, Any]:
    given = Given(snapshot=snapshot(), tree=DictTree(files, **more), history=None)
    said = list(collect(given))
    assert {a.fact for a in said} == {f.name for f in COLLECTOR.facts}
    return {a.fact.removeprefix("documentation."): a for a in said}


def values(files: dict[str, bytes]) -> dict[str, Any]:
    return {name: getattr(a, "value", None) for name, a in answers(files).items()}


def test_an_empty_tree_has_known_absences_and_no_gaps() -> None:
    said = answers({"main.c": b""})

    assert not any(isinstance(a, Gap) for a in said.values())
    assert said["readme"].value is False
    assert said["install_guide"].value is False
    assert isinstance(said["readme_languages"], Inapplicable)
    assert isinstance(said["publiccode_yml_valid"], Inapplicable)


@pytest.mark.parametrize(
    "name", ["README", "README.md", "readme.rst", "LISEZMOI.md", "LIESMICH.txt",
             "LEEME.md", "LEIAME.md", "README.pt-BR.md", "ПРОЧТИ.md", "docs/README.md"]
)  # fmt: skip
def test_a_readme_is_found_by_its_name_in_many_languages(name: str) -> None:
    assert values({name: b"text"})["readme"] is True


@pytest.mark.parametrize("name", ["readme_generator.py", "src/lib/README.md"])
def test_other_files_are_no_readme_of_the_whole(name: str) -> None:
    assert values({name: b"text"})["readme"] is False


@pytest.mark.parametrize(
    ("heading", "topic"),
    [
        ("# Installation", "install_guide"),
        ("## Instalación", "install_guide"),
        ("## Instalação", "install_guide"),
        ("## 安装", "install_guide"),
        ("## التثبيت", "install_guide"),
        ("## Установка", "install_guide"),
        ("Usage\n=====", "user_guide"),
        ("## Utilisation", "user_guide"),
        ("## Contributing", "contributing"),
        ("## Wie man beiträgt / Mitwirken", "contributing"),
    ],
)
def test_sections_of_a_readme_count_in_many_languages(heading: str, topic: str) -> None:
    said = answers({"README.md": f"# A\n\n{heading}\n\nSome text.\n".encode()})

    assert said[topic].value is True
    assert said[topic].items[0].line == 3


@pytest.mark.parametrize(
    ("path", "topic"),
    [
        ("INSTALL", "install_guide"),
        ("docs/installation.rst", "install_guide"),
        ("docs/user-guide.md", "user_guide"),
        ("CONTRIBUTING.md", "contributing"),
        (".github/CONTRIBUTING.md", "contributing"),
        ("CODE_OF_CONDUCT.md", "code_of_conduct"),
        ("CHANGELOG.md", "change_log"),
        ("NEWS", "change_log"),
        ("GOVERNANCE.md", "governance"),
    ],
)
def test_documents_are_found_by_their_names(path: str, topic: str) -> None:
    said = answers({path: b"text"})

    assert said[topic].value is True
    assert said[topic].items == (Item(subject=path),)


def test_documentation_on_another_site_counts_and_is_named() -> None:
    readme = b"# A\n\nSee the [documentation](https://docs.example.org/a).\n"

    said = answers({"README.md": readme})["user_guide"]

    assert said.value is True
    assert said.items[0].note == "points to https://docs.example.org/a"


def test_headings_in_a_language_without_words_are_a_gap_that_names_it() -> None:
    amharic = "# ልደት\n\nይህ ፕሮግራም የልደት መዝገብ ነው። ሰዎች ይጠቀሙበታል።\n"

    said = answers({"README.md": amharic.encode()})["install_guide"]

    assert isinstance(said, Gap)
    assert "cannot be judged" in said.why
    assert "README.md" in said.why


def test_a_readme_that_cannot_be_read_leaves_gaps() -> None:
    said = answers({"README.md": b"text"}, unreadable={"README.md": "missing"})

    assert said["readme"].value is True
    assert isinstance(said["readme_bytes"], Gap)
    assert isinstance(said["install_guide"], Gap)


def test_the_languages_of_readmes_are_told_by_name_and_by_words() -> None:
    files = {
        "README.md": b"# A\n\nThis is the software that the office uses for births.\n",
        "README.fr.md": b"# A\n\nVoici le logiciel.\n",
    }

    assert values(files)["readme_languages"] == ("en", "fr")


def test_a_whole_publiccode_yml_is_valid() -> None:
    said = values({"publiccode.yml": GOOD_PUBLICCODE})

    assert said["publiccode_yml"] is True
    assert said["publiccode_yml_valid"] is True


def test_what_a_publiccode_yml_lacks_is_named() -> None:
    lacking = GOOD_PUBLICCODE.replace(b"legal: {license: EUPL-1.2}\n", b"")

    said = answers({"publiccode.yml": lacking})["publiccode_yml_valid"]

    assert said.value is False
    assert said.items == (Item(subject="publiccode.yml", note="lacks legal.license"),)


@pytest.mark.parametrize("content", [b"a: [", b"a: &a [*a, *a]\n", b"\xff\xfe\x00"])
def test_a_publiccode_yml_that_cannot_be_read_is_a_gap(content: bytes) -> None:
    said = answers({"publiccode.yml": content})["publiccode_yml_valid"]

    assert isinstance(said, Gap)
