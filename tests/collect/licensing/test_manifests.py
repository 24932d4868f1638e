# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What package manifests declare, in the words of each kind."""

import json

import pytest

from ossay.collect.licensing.manifests import Declaration, declarations
from tests.collect.trees import DictTree

POM = """<?xml version="1.0"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <licenses>
    <license>
      <name>The Apache Software License, Version 2.0</name>
      <url>https://www.apache.org/licenses/LICENSE-2.0.txt</url>
    </license>
  </licenses>
  <dependencies><dependency><licenses/></dependency></dependencies>
</project>
"""
CLASSIFIER = "License :: OSI Approved :: MIT License"


@pytest.mark.parametrize(
    ("path", "content", "licence"),
    [
        ("package.json", '{"license": "EUPL-1.2"}', "EUPL-1.2"),
        ("package.json", '{"license": "(MIT OR Apache-2.0)"}', "Apache-2.0 OR MIT"),
        ("package.json", '{"license": {"type": "MIT", "url": "x"}}', "MIT"),
        (
            "package.json",
            '{"licenses": [{"type": "MIT"}, {"type": "ISC"}]}',
            "ISC OR MIT",
        ),
        ("package.json", '{"license": "UNLICENSED", "private": true}', "NONE"),
        ("composer.json", '{"license": ["LGPL-2.1-only", "MIT"]}', None),
        ("composer.json", '{"license": "proprietary"}', "NONE"),
        ("codemeta.json", '{"license": "https://spdx.org/licenses/MIT"}', "MIT"),
        (
            "codemeta.json",
            '{"license": {"@id": "https://spdx.org/licenses/MIT"}}',
            "MIT",
        ),
        ("pyproject.toml", '[project]\nlicense = "MIT AND ISC"\n', "ISC AND MIT"),
        ("pyproject.toml", '[project]\nlicense = {text = "MIT License"}\n', "MIT"),
        ("pyproject.toml", f'[project]\nclassifiers = ["{CLASSIFIER}"]\n', "MIT"),
        ("pyproject.toml", '[tool.poetry]\nlicense = "EUPL-1.2"\n', "EUPL-1.2"),
        ("setup.cfg", "[metadata]\nlicense = MIT\n", "MIT"),
        ("setup.cfg", f"[metadata]\nclassifiers =\n    {CLASSIFIER}\n", "MIT"),
        ("setup.py", "setup(name='x',\n      license='MIT',\n)\n", "MIT"),
        ("setup.py", 'setup(name="x", license = "MIT License")\n', "MIT"),
        ("setup.py", f"setup(classifiers=[\n  '{CLASSIFIER}',\n])\n", "MIT"),
        ("Cargo.toml", '[package]\nlicense = "MIT/Apache-2.0"\n', "Apache-2.0 OR MIT"),
        ("Cargo.toml", '[workspace.package]\nlicense = "MIT"\n', "MIT"),
        ("pom.xml", POM, "Apache-2.0"),
        ("x.gemspec", 'Gem.new do |s|\n  s.license = "MIT"\nend\n', "MIT"),
        ("x.gemspec", "  spec.licenses = ['MIT', 'Ruby'].freeze\n", "MIT OR Ruby"),
        ("publiccode.yml", "legal:\n  license: AGPL-3.0-or-later\n", None),
        ("CITATION.cff", "license:\n  - MIT\n  - ISC\n", "ISC OR MIT"),
    ],
)
def test_a_manifest_declares_a_licence(
    path: str, content: str, licence: str | None
) -> None:
    (found,) = declarations(DictTree({path: content}))

    assert found.licence == (licence or found.licence)
    assert found.licence is not None


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("package.json", '{"name": "x"}'),
        ("package.json", '{"license": "SEE LICENSE IN LICENCE.txt"}'),
        ("package.json", '{"license": 3}'),
        ("package.json", "[]"),
        ("pyproject.toml", '[project]\nlicense = {file = "LICENSE"}\n'),
        ("setup.cfg", "[metadata]\nname = x\n"),
        ("Cargo.toml", '[package]\nlicense-file = "LICENSE"\n'),
        ("pom.xml", "<project/>"),
        ("x.gemspec", "s.name = 'x'\n# s.license = 'MIT'\n"),
        ("setup.py", "__license__ = 'MIT'\nsetup(license=__license__)\n"),
        ("setup.py", "#  license='MIT',\nsetup(license_files=['MIT'])\n"),
        ("publiccode.yml", "name: x\n"),
        ("CITATION.cff", ""),
    ],
)
def test_a_manifest_may_be_silent(path: str, content: str) -> None:
    (found,) = declarations(DictTree({path: content}))

    assert found.is_silent


@pytest.mark.parametrize(
    "said", ["BSD", "Proprietary", "MIT with the city's rider", "Nonsense-1.0"]
)
def test_words_that_spdx_does_not_know_are_kept_as_words(said: str) -> None:
    (found,) = declarations(DictTree({"package.json": json.dumps({"license": said})}))

    assert found.said == said
    assert found.licence is None


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("package.json", "{"),
        ("package.json", "[" * 100_000),
        ("pyproject.toml", "x = "),
        ("setup.cfg", "no section\n"),
        ("pom.xml", '<!DOCTYPE p [<!ENTITY a "b">]><project>&a;</project>'),
        ("publiccode.yml", "a: &a [x, x]\nb: &b [*a, *a]\nc: *nowhere\n"),
    ],
)
def test_a_manifest_that_cannot_be_read_says_why(path: str, content: str) -> None:
    (found,) = declarations(DictTree({path: content}))

    assert found.why_not
    assert not found.is_silent


def test_a_manifest_that_is_not_there_says_why() -> None:
    (found,) = declarations(DictTree({}, unreadable={"package.json": "it is missing"}))

    assert found.why_not == "it is missing"


def test_it_says_on_which_line() -> None:
    content = '{\n  "name": "MIT",\n  "keywords": ["MIT"],\n  "license": "MIT"\n}\n'

    (found,) = declarations(DictTree({"package.json": content}))

    assert found.line == 4


def test_manifests_of_others_are_passed_over() -> None:
    foreign = (
        "node_modules/x/package.json",
        "vendor/y/composer.json",
        "third_party/z/Cargo.toml",
        "tests/fixtures/package.json",
        "examples/a/package.json",
        ".hidden/package.json",
    )

    found = declarations(DictTree(dict.fromkeys(foreign, "{}")))

    assert list(found) == []


def test_the_nearest_come_first() -> None:
    paths = ["b/c/package.json", "package.json", "a/pom.xml", "a/package.json"]
    tree = DictTree(dict.fromkeys(paths, '{"license": "MIT"}'))

    found = [(d.path, d.steps) for d in declarations(tree)]

    assert found == [
        ("package.json", 0),
        ("a/package.json", 1),
        ("a/pom.xml", 1),
        ("b/c/package.json", 2),
    ]


def test_of_a_part_its_own_come_before_those_around_it() -> None:
    paths = ["package.json", "a/package.json", "b/package.json", "a/in/package.json"]
    tree = DictTree(dict.fromkeys(paths, '{"license": "MIT"}'))

    found = [(d.path, d.steps) for d in declarations(tree, "a")]

    assert found == [
        ("a/package.json", 0),
        ("package.json", -1),
        ("a/in/package.json", 1),
    ]


def test_a_long_statement_is_cut() -> None:
    content = json.dumps({"license": "x" * 100_000})

    (found,) = declarations(DictTree({"package.json": content}))

    assert isinstance(found, Declaration)
    assert len(found.said) == 200


def test_more_than_a_project_has_is_not_read() -> None:
    content = json.dumps({"license": "MIT", "x": "y" * 400_000})
    many = {f"p{n}/package.json": content for n in range(20)}

    found = list(declarations(DictTree({"package.json": content * 2, **many})))

    assert found[0].why_not
    assert found[1].licence == "MIT"
    assert found[-1].why_not
