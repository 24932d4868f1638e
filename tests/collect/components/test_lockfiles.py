# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Lockfiles tell what is brought along, at which version and by which way."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from ossay.collect import Asking
from ossay.collect.components import TOOLS, lockfiles
from ossay.model.components import Scope
from ossay.model.evidence import Observation
from tests.collect.components.cases import (
    GO,
    PACKAGE,
    PACKAGE_LOCK,
    POM,
    TRIVY,
    YARN,
    Trivy,
    answers,
    completeness,
    listed,
    of,
    one,
    purls,
    real,
)
from tests.collect.trees import DictTree, given


@real
def test_what_npm_locked_is_told_with_scope_licence_and_the_way_to_it() -> None:
    found = listed({"package.json": PACKAGE, "package-lock.json": PACKAGE_LOCK})

    assert purls(found) == [
        "pkg:npm/%40scope/deep@2.1.0",
        "pkg:npm/left@1.2.0",
        "pkg:npm/linter@3.0.0",
    ]
    deep = one(found, "pkg:npm/%40scope/deep@2.1.0")
    assert (deep.name, deep.version, deep.ecosystem) == ("@scope/deep", "2.1.0", "npm")
    assert (deep.scope, deep.direct) == (Scope.RUNTIME, False)
    assert deep.path == ("pkg:npm/left@1.2.0",)
    assert deep.licence == "ISC OR MIT"
    left, linter = one(found, "pkg:npm/left@1.2.0"), one(found, "pkg:npm/linter@3.0.0")
    assert (left.direct, left.path, left.found_in) == (True, (), ("package-lock.json",))
    assert (linter.scope, linter.licence) == (Scope.DEVELOPMENT, "")
    assert completeness(found) == {"npm": "lockfile"}
    assert found.left_out == ()


PNPM = """lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      left: {specifier: ^1.0.0, version: 1.2.0}
    devDependencies:
      linter: {specifier: ^3.0.0, version: 3.0.0}
packages:
  left@1.2.0: {resolution: {integrity: sha512-x}}
  linter@3.0.0: {resolution: {integrity: sha512-x}}
  deep@2.1.0: {resolution: {integrity: sha512-x}}
snapshots:
  left@1.2.0: {dependencies: {deep: 2.1.0}}
  linter@3.0.0: {}
  deep@2.1.0: {}
"""
COMPOSER = json.dumps(
    {
        "packages": [
            {
                "name": "a/left",
                "version": "v1.2.0",
                "require": {"php": ">=8", "a/deep": "^2"},
                "license": ["MIT", "GPL-2.0-only"],
            },
            {"name": "a/deep", "version": "2.1.0", "license": ["BSD-3-Clause"]},
        ],
        "packages-dev": [{"name": "a/linter", "version": "3.0.0", "license": ["MIT"]}],
    }
)
GEMS = """GEM
  remote: https://gems.example/
  specs:
    deep (2.1.0)
    left (1.2.0)
      deep (~> 2.0)

PLATFORMS
  ruby

DEPENDENCIES
  left

BUNDLED WITH
   2.5.0
"""
UV = """version = 1
requires-python = ">=3.11"

[[package]]
name = "portal"
version = "1.0.0"
source = { virtual = "." }
dependencies = [{ name = "left" }]

[package.dev-dependencies]
dev = [{ name = "linter" }]

[[package]]
name = "left"
version = "1.2.0"
source = { registry = "https://registry.example/simple" }
dependencies = [{ name = "deep" }]

[[package]]
name = "deep"
version = "2.1.0"
source = { registry = "https://registry.example/simple" }

[[package]]
name = "linter"
version = "3.0.0"
source = { registry = "https://registry.example/simple" }
"""
POETRY = """[[package]]
name = "left"
version = "1.2.0"
description = ""
optional = false
python-versions = "*"
files = []

[package.dependencies]
deep = ">=2"

[[package]]
name = "deep"
version = "2.1.0"
description = ""
optional = false
python-versions = "*"
files = []

[metadata]
lock-version = "2.0"
python-versions = "*"
content-hash = "x"
"""
CARGO = """version = 3

[[package]]
name = "portal"
version = "1.0.0"
dependencies = ["left"]

[[package]]
name = "left"
version = "1.2.0"
source = "registry+https://registry.example/index"
dependencies = ["deep"]

[[package]]
name = "deep"
version = "2.1.0"
source = "registry+https://registry.example/index"
"""
CARGO_TOML = (
    '[package]\nname = "portal"\nversion = "1.0.0"\n[dependencies]\nleft = "1"\n'
)
GRADLE = """# This is a Gradle generated file for dependency locking.
org.deep:deep:2.1.0=runtimeClasspath
org.left:left:1.2.0=compileClasspath,runtimeClasspath
empty=annotationProcessor
"""
NUGET = json.dumps(
    {
        "version": 1,
        "dependencies": {
            "net8.0": {
                "Left": {
                    "type": "Direct",
                    "requested": "[1.2.0, )",
                    "resolved": "1.2.0",
                    "dependencies": {"Deep": "2.1.0"},
                },
                "Deep": {"type": "Transitive", "resolved": "2.1.0"},
            }
        },
    }
)


@real
@pytest.mark.parametrize(
    ("files", "expected", "told"),
    [
        (
            {"package.json": PACKAGE, "yarn.lock": YARN},
            {"npm/left@1.2.0", "npm/deep@2.1.0", "npm/linter@3.0.0"},
            {"npm": "lockfile"},
        ),
        (
            {"package.json": PACKAGE, "pnpm-lock.yaml": PNPM},
            {"npm/left@1.2.0", "npm/deep@2.1.0", "npm/linter@3.0.0"},
            {"npm": "lockfile"},
        ),
        (
            {
                "composer.json": '{"require": {"a/left": "^1"}}',
                "composer.lock": COMPOSER,
            },
            {
                "composer/a/left@v1.2.0",
                "composer/a/deep@2.1.0",
                "composer/a/linter@3.0.0",
            },
            {"composer": "lockfile"},
        ),
        (
            {"Gemfile": "gem 'left'\n", "Gemfile.lock": GEMS},
            {"gem/left@1.2.0", "gem/deep@2.1.0"},
            {"gem": "lockfile"},
        ),
        (
            {
                "pyproject.toml": '[project]\nname="portal"\ndependencies=["left"]\n',
                "uv.lock": UV,
            },
            {"pypi/left@1.2.0", "pypi/deep@2.1.0", "pypi/linter@3.0.0"},
            {"pypi": "lockfile"},
        ),
        (
            {
                "pyproject.toml": '[tool.poetry.dependencies]\nleft = "1"\n',
                "poetry.lock": POETRY,
            },
            {"pypi/left@1.2.0", "pypi/deep@2.1.0"},
            {"pypi": "lockfile"},
        ),
        (
            {"Cargo.toml": CARGO_TOML, "Cargo.lock": CARGO},
            {"cargo/left@1.2.0", "cargo/deep@2.1.0"},
            {"cargo": "lockfile"},
        ),
        (
            {"go.mod": GO, "go.sum": ""},
            {
                "golang/example.org/left@v1.2.0",
                "golang/example.org/deep@v2.1.0%2Bincompatible",
            },
            {"golang": "lockfile"},
        ),
        (
            {"pom.xml": POM},
            {"maven/org.left/left@1.2.0", "maven/org.open/open"},
            {"maven": "versions unresolved"},
        ),
        (
            {
                "build.gradle": "implementation 'org.left:left'",
                "gradle.lockfile": GRADLE,
            },
            {"maven/org.left/left@1.2.0", "maven/org.deep/deep@2.1.0"},
            {"maven": "lockfile"},
        ),
        (
            {
                "a.csproj": '<Project><PackageReference Include="Left"/></Project>',
                "packages.lock.json": NUGET,
            },
            {"nuget/Left@1.2.0", "nuget/Deep@2.1.0"},
            {"nuget": "lockfile"},
        ),
    ],
    ids=[
        *("yarn", "pnpm", "composer", "bundler", "uv", "poetry", "cargo", "go"),
        *("maven", "gradle", "nuget"),
    ],
)
def test_lockfiles_of_every_ecosystem_are_read(
    files: Mapping[str, str], expected: set[str], told: dict[str, str]
) -> None:
    found = listed(files)

    assert set(purls(found)) == {f"pkg:{each}" for each in expected}
    assert completeness(found) == told
    assert found.left_out == ()


@real
def test_what_pipenv_has_for_development_is_listed_as_such() -> None:
    lock = {
        "_meta": {},
        "default": {"left": {"version": "==1.2.0"}},
        "develop": {"linter": {"version": "==3.0.0"}, "own": {"path": "."}},
    }
    found = listed({"Pipfile": "[packages]\n", "Pipfile.lock": json.dumps(lock)})

    assert {c.purl: c.scope.value for c in found.components} == {
        "pkg:pypi/left@1.2.0": "runtime",
        "pkg:pypi/linter@3.0.0": "development",
        "pkg:pypi/own": "development",
    }


@real
def test_what_a_composer_package_may_be_had_under_is_a_choice() -> None:
    found = listed({"composer.lock": COMPOSER})

    assert one(found, "pkg:composer/a/left@v1.2.0").licence == "GPL-2.0-only OR MIT"
    linter = one(found, "pkg:composer/a/linter@3.0.0")
    assert linter.scope is Scope.DEVELOPMENT


@real
def test_a_lockfile_in_which_nothing_can_be_read_is_left_out_and_no_zero() -> None:
    whole = of({"package-lock.json": "{ garbage", "go.mod": "module x\n"})

    said, _ = answers(whole)

    total = said["total"]
    assert isinstance(total, Observation)
    assert total.value == 0
    assert "package-lock.json" in total.missed
    unread = said["unread_files"]
    assert isinstance(unread, Observation)
    assert [i.subject for i in unread.items] == ["package-lock.json"]


@real
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("package-lock.json", '{"lockfileVersion": 3, "packages": {"": {}}}'),
        ("composer.lock", '{"packages": [], "packages-dev": []}'),
        ("yarn.lock", "# yarn lockfile v1\n\n\n"),
        ("go.mod", "module example.org/portal\n\ngo 1.22\n"),
    ],
)
def test_a_lockfile_that_locks_nothing_is_read_whole(name: str, content: str) -> None:
    found = listed({name: content})

    assert (found.components, found.left_out) == ((), ())


def test_a_lockfile_that_is_a_link_or_too_large_makes_counts_lower_bounds() -> None:
    tree = DictTree(
        {"go.mod": GO, "a/package-lock.json": b" " * 20_000_001},
        symlinks={"yarn.lock": "/etc/passwd"},
        unreadable={"b/Cargo.lock": "it is missing"},
    )
    whole = replace(given(tree), toolbox=Asking(TRIVY, TOOLS))

    said, _ = answers(whole)

    total, unread = said["total"], said["unread_files"]
    assert isinstance(total, Observation)
    assert isinstance(unread, Observation)
    assert total.value == 2
    assert total.missed
    assert {i.subject for i in unread.items} == {
        *("yarn.lock", "a/package-lock.json", "b/Cargo.lock")
    }


CIRCLE = """<project><modelVersion>4.0.0</modelVersion>
<parent><groupId>o</groupId><artifactId>{other}</artifactId><version>1</version>
<relativePath>../{other}/pom.xml</relativePath></parent>
<artifactId>{name}</artifactId>
<modules><module>../{other}</module></modules>
<dependencies><dependency><groupId>org.left</groupId><artifactId>left</artifactId><version>${{v}}</version></dependency></dependencies>
<properties><v>${{w}}</v><w>${{v}}</w></properties></project>
"""
ENTITIES = """<!DOCTYPE project [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<project><modelVersion>4.0.0</modelVersion><groupId>o</groupId><artifactId>p</artifactId>
<version>1</version><dependencies><dependency><groupId>org.left</groupId>
<artifactId>left</artifactId><version>&x;</version></dependency></dependencies></project>
"""
LIES = json.dumps(
    {
        "lockfileVersion": 3,
        "packages": {
            "node_modules/a": {"version": "latest"},
            "node_modules/b": {"version": "file:../../../etc"},
            "node_modules/c": {"version": "1.0.0 || 2.0.0"},
            "node_modules/../../d": {"version": "1.0.0"},
        },
    }
)


CIRCLES = {
    "a/pom.xml": CIRCLE.format(name="a", other="b"),
    "b/pom.xml": CIRCLE.format(name="b", other="a"),
}


@real
def test_project_files_without_end_do_not_hide_the_other_lockfiles() -> None:
    found = listed({**CIRCLES, "go.mod": GO})

    assert len(found.components) == 2
    assert [i.subject for i in found.left_out] == ["a/pom.xml", "b/pom.xml"]
    assert all("GB of memory" in i.note for i in found.left_out)


ELSEWHERE = """{"lockfileVersion": 3, "packages": {"": {"name": "portal"},
"node_modules/left": {"version": "1.0.0", "resolved": "http://127.0.0.1:9/left.tgz"}}}
"""
TWICE = """{"lockfileVersion": 3, "packages": {"": {"name": "portal"},
"node_modules/left": {"version": "1.0.0"}, "node_modules/left": {"version": "2.0.0"}}}
"""


@real
def test_a_package_that_is_fetched_from_elsewhere_is_listed_by_its_name() -> None:
    assert purls(listed({"package-lock.json": ELSEWHERE})) == ["pkg:npm/left@1.0.0"]


@real
def test_a_lockfile_that_says_two_things_of_one_package_is_left_out_and_named() -> None:
    found = listed({"package-lock.json": TWICE})

    assert found.components == ()
    assert [i.subject for i in found.left_out] == ["package-lock.json"]


@real
def test_entities_of_a_project_file_read_no_other_file() -> None:
    found = listed({"pom.xml": ENTITIES})

    assert "root" not in str(found)
    assert not any(c.version for c in found.components)


@real
def test_a_version_that_is_a_wish_is_no_version() -> None:
    found = listed({"package-lock.json": LIES})

    assert [c.version for c in found.components if c.name in "abc"] == ["", "", ""]
    assert completeness(found) == {"npm": "versions unresolved"}
    assert {p for p in purls(found) if "@" in p} == {
        str(c.purl) for c in found.components if c.version
    }


@real
def test_nothing_that_the_candidate_brings_hides_a_component() -> None:
    hiding = {
        "trivy.yaml": "scan:\n  skip-files: ['**']\npkg:\n  types: [os]\n",
        ".trivyignore": "MIT\n",
        ".trivyignore.yaml": "licenses:\n  - id: MIT\n",
        "package-lock.json": PACKAGE_LOCK,
    }

    said = TRIVY.ask("trivy", "components", DictTree(hiding), hiding)

    packages = json.loads(said.text)["Results"][0]["Packages"]
    assert {p["Name"] for p in packages} == {"left", "@scope/deep", "linter"}


@real
def test_packages_of_the_candidate_itself_are_not_components() -> None:
    root = '{"name": "root", "private": true, "workspaces": ["packages/*"]}'
    yarn = '# yarn lockfile v1\n\n\nleft@^1.0.0:\n  version "1.2.0"\n'
    found = listed(
        {
            "package.json": root,
            "packages/a/package.json": '{"name": "@o/a", "version": "1.0.0", '
            '"dependencies": {"left": "^1.0.0", "@o/b": "1.0.0"}}',
            "packages/b/package.json": '{"name": "@o/b", "version": "1.0.0"}',
            "packages/c/package.json": '{"name": "@o/c", "private": true}',
            "yarn.lock": yarn,
        }
    )

    assert purls(found) == ["pkg:npm/left@1.2.0"]


def test_lockfiles_of_borrowed_code_are_passed_by() -> None:
    trivy = Trivy()

    listed(
        {"node_modules/a/package-lock.json": PACKAGE_LOCK, "go.mod": GO}, toolbox=trivy
    )

    assert trivy.asked == [("go.mod",)]


def test_a_name_that_stands_for_another_package_is_not_taken_for_one() -> None:
    yarn = (
        '"narrow@npm:left@^1.0.0":\n  version "1.2.0"\n'
        '\n"@own/x@npm:@other/y@^1", "@own/x@npm:@other/y@^2":\n  version "2.0.0"\n'
        '\nplain@^1.0.0, "plain@npm:forked@1.0.0":\n  version "1.0.0"\n'
        '\n"berry@npm:^3.0.0":\n  version: 3.0.0\n'
        "\nleft@^1.0.0:\n  version 1.2.0\n"
    )

    assert lockfiles.aliases_in(yarn.encode()) == {
        "narrow": "left",
        "@own/x": "@other/y",
    }


@real
def test_a_package_that_yarn_calls_by_another_name_is_listed_by_its_own() -> None:
    manifest = (
        '{"name": "p", "version": "1.0.0", "dependencies": {"narrow": "npm:left@^1"}}'
    )
    yarn = '# yarn lockfile v1\n\n\n"narrow@npm:left@^1":\n  version "1.2.0"\n'

    found = listed({"package.json": manifest, "yarn.lock": yarn})

    assert purls(found) == ["pkg:npm/left@1.2.0"]


@pytest.mark.parametrize("turned", [False, True])
def test_of_ways_as_long_the_first_by_name_counts_in_whatever_order_they_are_told(
    turned: bool,
) -> None:
    def package(name: str, *needs: str, how: str = "indirect") -> dict[str, object]:
        return {
            "ID": f"{name}@1.0.0",
            "Name": name,
            "Version": "1.0.0",
            "Identifier": {"PURL": f"pkg:npm/{name}@1.0.0"},
            "Relationship": how,
            "DependsOn": [f"{need}@1.0.0" for need in needs],
        }

    needs = ["b", "a"] if turned else ["a", "b"]
    packages = [package("top", *needs, how="direct"), package("a", "deep")]
    packages += [package("b", "deep"), package("deep")]
    result = {"Class": "lang-pkgs", "Type": "pnpm", "Target": "pnpm-lock.yaml"}
    answer = {"Results": [result | {"Packages": packages}]}

    found = listed({"pnpm-lock.yaml": PNPM}, toolbox=Trivy(answer))

    way = ("pkg:npm/top@1.0.0", "pkg:npm/a@1.0.0")
    assert one(found, "pkg:npm/deep@1.0.0").path == way
