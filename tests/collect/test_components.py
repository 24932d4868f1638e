# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a repository brings with it, out of files as package managers write them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from ossay.collect import Asking, gather
from ossay.collect.components import COLLECTOR, Components, components_of, lockfiles
from ossay.model.collector import Given, Table
from ossay.model.components import Component, Scope
from ossay.model.digest import Digest
from ossay.model.evidence import Answered, Gap, Observation, Tool
from ossay.model.toolbox import Said, ToolSilent
from ossay.model.tree import Tree
from ossay.sandbox.toolbox import Tools
from tests.collect.trees import DictTree, MemoryFacts, given

real = pytest.mark.engine  # which needs a confinement to run
TRIVY = Tools()

DIGEST = "sha256:" + "ab" * 32


class Trivy:
    """A toolbox whose trivy says what it is told to."""

    def __init__(self, answer: object = None, why: str = "") -> None:
        self._answer = {"Results": []} if answer is None else answer
        self._why = why
        self.asked: list[tuple[str, ...]] = []

    def tool(self, name: str) -> Tool:
        return Tool(name=name, version="1.0.0")

    def version(self, name: str) -> Digest:
        return Digest("e" * 64)

    def ask(self, name: str, question: str, tree: Tree, paths: Iterable[str]) -> Said:
        self.asked.append(tuple(paths))
        if self._why:
            raise ToolSilent(self._why)
        return Said(text=json.dumps(self._answer).encode())

    def is_settled(self) -> bool:
        return True


def of(files: Mapping[str, str | bytes], **changes: object) -> Given:
    """Return what the collector is given for *files*, the real trivy by default."""
    begun = replace(given(DictTree(files)), toolbox=Asking(TRIVY, ["trivy"]))
    return replace(begun, **changes)  # type: ignore[arg-type]


def listed(files: Mapping[str, str | bytes], **changes: object) -> Components:
    return components_of(of(files, **changes))


def one(found: Components, purl: str) -> Component:
    return next(c for c in found.components if c.purl == purl)


def purls(found: Components) -> list[str]:
    return [str(c.purl) for c in found.components]


def completeness(found: Components) -> dict[str, str]:
    return {told.ecosystem: told.completeness.value for told in found.ecosystems}


def answers(whole: Given) -> tuple[dict[str, Answered], list[Table]]:
    said, tables = gather(COLLECTOR, whole)
    return {a.fact.removeprefix("components."): a for a in said}, list(tables)


PACKAGE = json.dumps(
    {
        "name": "portal",
        "version": "1.0.0",
        "dependencies": {"left": "^1.0.0"},
        "devDependencies": {"linter": "^3.0.0"},
    }
)
PACKAGE_LOCK = json.dumps(
    {
        "name": "portal",
        "version": "1.0.0",
        "lockfileVersion": 3,
        "packages": {
            "": {
                "name": "portal",
                "version": "1.0.0",
                "dependencies": {"left": "^1.0.0"},
                "devDependencies": {"linter": "^3.0.0"},
            },
            "node_modules/left": {
                "version": "1.2.0",
                "resolved": "https://other.example/left-1.2.0.tgz",
                "license": "MIT",
                "dependencies": {"@scope/deep": "^2.0.0"},
            },
            "node_modules/@scope/deep": {"version": "2.1.0", "license": "(MIT OR ISC)"},
            "node_modules/linter": {
                "version": "3.0.0",
                "dev": True,
                "license": "see LICENSE",
            },
        },
    }
)


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


YARN = """# yarn lockfile v1


left@^1.0.0:
  version "1.2.0"
  resolved "https://registry.example/left.tgz"
  dependencies:
    deep "^2.0.0"

deep@^2.0.0:
  version "2.1.0"

linter@^3.0.0:
  version "3.0.0"
"""
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
GO = """module example.org/portal

go 1.22

require example.org/Left v1.2.0

require example.org/deep v2.1.0+incompatible // indirect
"""
POM = """<project><modelVersion>4.0.0</modelVersion>
<groupId>org.portal</groupId><artifactId>portal</artifactId><version>1.0.0</version>
<dependencies>
<dependency><groupId>org.left</groupId><artifactId>left</artifactId><version>1.2.0</version></dependency>
<dependency><groupId>org.open</groupId><artifactId>open</artifactId></dependency>
</dependencies></project>
"""
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
    whole = replace(given(tree), toolbox=Asking(TRIVY, ["trivy"]))

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


REQUIREMENTS = """# what we need
-r base.txt
--index-url https://registry.example/simple
Left==1.2.0 ; python_version > "3.8"
open_ended>=2  # wish
other @ https://example.org/other.whl
star==1.*
./local
"""


def test_requirements_name_versions_and_wishes() -> None:
    found = listed({"requirements.txt": REQUIREMENTS}, toolbox=None)

    assert purls(found) == [
        *("pkg:pypi/left@1.2.0", "pkg:pypi/open-ended", "pkg:pypi/other"),
        "pkg:pypi/star",
    ]
    assert completeness(found) == {"pypi": "versions unresolved"}


def test_exact_requirements_tell_all_only_where_they_are_compiled() -> None:
    by_hand = listed({"requirements.txt": "left==1.2.0\n"}, toolbox=None)
    compiled = listed(
        {"requirements.txt": "left==1.2.0 --hash=sha256:ab\n    # via portal\n"},
        toolbox=None,
    )

    assert completeness(by_hand) == {"pypi": "manifest only"}
    assert completeness(compiled) == {"pypi": "lockfile"}
    assert purls(compiled) == ["pkg:pypi/left@1.2.0"]
    assert compiled.components[0].direct is None


def test_what_is_for_tests_and_examples_is_not_needed_to_run() -> None:
    found = listed(
        {
            "requirements-dev.txt": "a==1.0\n",
            "examples/shop/requirements.txt": "b==1.0\n",
            "requirements.txt": "c==1.0\n",
            ".github/scripts/requirements.txt": "d==1.0\n",
            ".devcontainer/Dockerfile": "FROM e:1",
            "test-integration.Dockerfile": "FROM f:1",
        },
        toolbox=None,
    )

    assert {c.name: c.scope.value for c in found.components} == {
        **dict.fromkeys(("a", "b", "d", "e", "f"), "development"),
        "c": "unknown",
    }


def test_what_one_file_has_for_tests_and_another_may_need_to_run_may_run() -> None:
    found = listed(
        {"requirements-dev.txt": "a==1.0\n", "requirements.txt": "a==1.0\n"},
        toolbox=None,
    )

    assert [c.scope for c in found.components] == [Scope.UNKNOWN]


def test_a_wish_is_one_with_the_version_that_is_fixed_beside_or_above() -> None:
    found = listed(
        {
            "requirements.txt": "left==1.2.0\n",
            "base_requirements.txt": "left\n",
            "inner/requirements.txt": "left\nalone\n",
        },
        toolbox=None,
    )

    assert purls(found) == ["pkg:pypi/alone", "pkg:pypi/left@1.2.0"]
    assert one(found, "pkg:pypi/left@1.2.0").found_in == (
        *("base_requirements.txt", "inner/requirements.txt", "requirements.txt"),
    )


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        ("package.json", PACKAGE, {"npm/left": "runtime", "npm/linter": "development"}),
        (
            "package.json",
            '{"dependencies": {"@s/a": "1.2.3", "own": "workspace:*"}}',
            {"npm/%40s/a@1.2.3": "runtime"},
        ),
        (
            "composer.json",
            '{"require": {"php": "8", "a/b": "^1"}, "require-dev": {"c/d": "1.0.0"}}',
            {"composer/a/b": "runtime", "composer/c/d@1.0.0": "development"},
        ),
        (
            "pyproject.toml",
            '[project]\nname = "p"\ndependencies = ["a>=1", "b==2.0"]\n'
            '[dependency-groups]\ndev = ["c"]\n',
            {"pypi/a": "runtime", "pypi/b@2.0": "runtime", "pypi/c": "development"},
        ),
        (
            "pyproject.toml",
            '[tool.poetry.dependencies]\npython = "^3"\nA_b = "^1"\n'
            '[tool.poetry.group.dev.dependencies]\nc = "*"\n',
            {"pypi/a-b": "runtime", "pypi/c": "development"},
        ),
        (
            "Cargo.toml",
            '[dependencies]\na = "1.2.3"\nb = { path = "../b" }\n'
            '[build-dependencies]\nc = { version = "1", package = "real" }\n',
            {"cargo/a": "runtime", "cargo/real": "build"},
        ),
        ("Gemfile", "source 'x'\ngem 'a', '~> 1'\n# gem 'b'\n", {"gem/a": "unknown"}),
        (
            "build.gradle.kts",
            'dependencies {\n implementation("o.g:a:1.2.3")\n'
            ' testImplementation("o.g:b:$version")\n}\n',
            {"maven/o.g/a@1.2.3": "unknown", "maven/o.g/b": "development"},
        ),
        (
            "a.csproj",
            '<Project><ItemGroup><PackageReference Include="A" Version="1.2.3"/>'
            '<PackageReference Include="B" Version="1.*"/></ItemGroup></Project>',
            {"nuget/A@1.2.3": "unknown", "nuget/B": "unknown"},
        ),
    ],
)
def test_a_manifest_without_lockfile_tells_what_is_asked_for(
    path: str, content: str, expected: dict[str, str]
) -> None:
    found = listed({path: content}, toolbox=None)

    assert {c.purl: c.scope.value for c in found.components} == {
        f"pkg:{purl}": scope for purl, scope in expected.items()
    }
    (told,) = found.ecosystems
    assert told.completeness.value in {"manifest only", "versions unresolved"}
    assert [(i.subject, i.note) for i in told.why] == [
        (path, "no lockfile fixes what it asks for")
    ]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("setup.py", "setup(install_requires=['a'])"),
        ("environment.yml", "dependencies: [a]"),
        ("package.json", "{ garbage"),
        ("pyproject.toml", "= garbage"),
    ],
)
def test_a_manifest_that_is_not_read_is_named(path: str, content: str) -> None:
    assert [i.subject for i in listed({path: content}, toolbox=None).left_out] == [path]


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        ("CMakeLists.txt", "find_package(OpenSSL REQUIRED)", True),
        ("CMakeLists.txt", "add_library(x x.c)", False),
        ("meson.build", "dep = dependency('zlib')", True),
        ("configure.ac", "PKG_CHECK_MODULES([X], [x])", True),
        ("tests/CMakeLists.txt", "find_package(GTest)", False),
    ],
)
def test_libraries_that_a_build_looks_for_on_the_machine_are_not_passed_over(
    path: str, content: str, *, expected: bool
) -> None:
    found = listed({path: content}, toolbox=None)

    assert [i.subject for i in found.left_out] == ([path] if expected else [])


def test_code_that_is_kept_in_another_repository_is_not_passed_over() -> None:
    found = components_of(given(DictTree({}, submodules=["third_party/lib"])))

    assert [i.subject for i in found.left_out] == ["third_party/lib"]


def test_a_lockfile_that_nobody_reads_is_named() -> None:
    found = listed({"package.json": PACKAGE, "bun.lockb": b"\x00"}, toolbox=None)

    assert [i.subject for i in found.left_out] == ["bun.lockb"]


DOCKERFILE = f"""ARG VERSION=24
FROM --platform=$BUILDPLATFORM node:${{VERSION}}-slim AS build
FROM golang
FROM quay.io/keycloak/keycloak:26.0@{DIGEST} AS base
FROM scratch AS nothing
FROM example.org:5000/own/app:${{UNKNOWN}}
FROM base
RUN echo FROM evil
"""


def test_images_that_containers_are_built_from_are_components() -> None:
    found = listed({"docker/Dockerfile": DOCKERFILE}, toolbox=None)

    told = {c.purl: (c.name, c.version, c.scope) for c in found.components}
    keycloak = f"pkg:docker/keycloak/keycloak@{DIGEST.replace(':', '%3A')}"
    keycloak += "?repository_url=quay.io"
    app = "pkg:docker/own/app?repository_url=example.org:5000"
    assert {p.replace("%3A", ":") for p in told} == {
        "pkg:docker/library/node@24-slim",
        "pkg:docker/library/golang",
        keycloak.replace("%3A", ":"),
        app,
    }
    scopes = {name: scope for name, _, scope in told.values()}
    assert scopes["quay.io/keycloak/keycloak"] is Scope.RUNTIME
    assert scopes["golang"] is Scope.BUILD
    assert {name: version for name, version, _ in told.values()} == {
        "node": "24-slim",
        "golang": "",
        "quay.io/keycloak/keycloak": DIGEST,
        "example.org:5000/own/app": "",
    }


WORKFLOW = f"""on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4.2.0
      - uses: owner/many/inner/one@{"c" * 40}
      - uses: owner/moving@main
      - uses: ./own
      - uses: docker://alpine:3
"""


def test_actions_that_workflows_run_are_components() -> None:
    found = listed({".github/workflows/ci.yml": WORKFLOW}, toolbox=None)

    assert purls(found) == [
        "pkg:githubactions/actions/checkout@v4.2.0",
        f"pkg:githubactions/owner/many@{'c' * 40}",
        "pkg:githubactions/owner/moving",
    ]
    assert {c.scope for c in found.components} == {Scope.BUILD}
    assert completeness(found) == {"githubactions": "versions unresolved"}


def test_without_anything_that_names_components_there_are_none() -> None:
    said, tables = answers(of({"README.md": "# Portal\n"}, toolbox=None))

    assert not [a for a in said.values() if isinstance(a, Gap)]
    total = said["total"]
    assert isinstance(total, Observation)
    assert (total.value, total.missed) == (0, "")
    assert [len(table.rows) for table in tables] == [0]


@pytest.mark.parametrize(
    "toolbox",
    [
        None,
        Trivy(why="trivy is not installed"),
        Trivy({"Results": [{"Class": "lang-pkgs"}]}),
        Trivy({"Results": "many"}),
        Trivy([]),
    ],
    ids=["not offered", "silent", "without packages", "text", "a list"],
)
def test_where_lockfiles_cannot_be_read_everything_is_open(
    toolbox: Trivy | None,
) -> None:
    said, tables = answers(of({"go.mod": GO}, toolbox=toolbox))

    assert len(said) == len(COLLECTOR.facts)
    assert all(isinstance(a, Gap) and "trivy" in a.why for a in said.values())
    assert tables == []


def test_the_list_is_made_once_for_all_who_ask() -> None:
    memory, trivy = MemoryFacts(), Trivy()
    whole = of({"go.mod": "module x\n"}, memory=memory, toolbox=trivy)

    first = components_of(whole)

    assert components_of(whole) == first
    assert len(trivy.asked) == 1
    components_of(of({"go.mod": "module y\n"}, memory=memory, toolbox=trivy))
    assert len(trivy.asked) == 2


def test_what_could_not_be_asked_is_not_remembered() -> None:
    memory = MemoryFacts()

    with pytest.raises(ToolSilent):
        components_of(of({"go.mod": GO}, memory=memory, toolbox=Trivy(why="it died")))

    assert memory.kept == {}


@real
def test_the_annex_has_a_row_for_each_component() -> None:
    said, (table,) = answers(of({"package.json": PACKAGE, "yarn.lock": YARN}))

    assert table.name == "components"
    assert table.columns == (
        *("purl", "ecosystem", "name", "version", "scope", "licence", "direct"),
        *("path", "found in"),
    )
    assert (table.rows[0][:7]) == (
        "pkg:npm/deep@2.1.0",
        "npm",
        "deep",
        "2.1.0",
        "runtime",
        "",
        "no",
    )
    assert table.rows[0][7:] == ("pkg:npm/left@1.2.0", "yarn.lock")
    total = said["total"]
    assert isinstance(total, Observation)
    assert total.value == len(table.rows) == 3


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


def pom(name: str, inside: str, parent: str = "") -> str:
    around = (
        f"<parent><groupId>o</groupId><artifactId>{parent}</artifactId>"
        "<version>1</version></parent>"
        if parent
        else ""
    )
    return (
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0'
        f"</modelVersion>{around}<groupId>o</groupId><artifactId>{name}</artifactId>"
        f"<version>1</version>{inside}</project>"
    )


def wants(*names: str, version: str = "", scope: str = "") -> str:
    version = f"<version>{version}</version>" if version else ""
    scope = f"<scope>{scope}</scope><type>pom</type>" if scope else ""
    return "".join(
        f"<dependency><groupId>o.x</groupId><artifactId>{name}</artifactId>"
        f"{version}{scope}</dependency>"
        for name in names
    )


def manages(*inside: str) -> str:
    text = "".join(inside)
    return (
        f"<dependencyManagement><dependencies>{text}</dependencies>"
        "</dependencyManagement>"
    )


@real
def test_a_version_that_a_parent_or_a_bill_of_materials_here_manages_is_known() -> None:
    bom = wants("bom", version="1", scope="import").replace("o.x", "o")
    found = listed(
        {
            "pom.xml": pom(
                "top",
                "<properties><v>${w}</v><w>2.0</w></properties>"
                "<modules><module>app</module><module>bom</module></modules>"
                + manages(wants("managed", version="${v}"), bom),
            ),
            "bom/pom.xml": pom(
                "bom",
                "<properties><v>7.0</v></properties>"
                + manages(wants("listed", version="${v}")),
            ),
            "app/pom.xml": pom(
                "app",
                "<dependencies>"
                + wants("managed", "listed", "elsewhere")
                + "</dependencies>",
                "top",
            ),
        }
    )

    assert purls(found) == [
        "pkg:maven/o.x/elsewhere",
        "pkg:maven/o.x/listed@7.0",
        "pkg:maven/o.x/managed@2.0",
    ]


@real
def test_what_maven_takes_for_tests_only_or_is_provided_is_listed_as_such() -> None:
    inside = wants("runs", version="1.0")
    for scope in ("test", "provided"):
        inside += wants(f"for-{scope}", version="3.0").replace(
            "</dependency>", f"<scope>{scope}</scope></dependency>"
        )
    found = listed({"pom.xml": pom("app", f"<dependencies>{inside}</dependencies>")})

    assert {c.purl: c.scope.value for c in found.components} == {
        "pkg:maven/o.x/for-provided@3.0": "build",
        "pkg:maven/o.x/for-test@3.0": "development",
        "pkg:maven/o.x/runs@1.0": "runtime",
    }


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
