# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Manifests without a lockfile tell what is asked for, and no more."""

import pytest

from ossay.collect.components import components_of
from ossay.model.components import Scope
from tests.collect.components.cases import PACKAGE, completeness, listed, one, purls
from tests.collect.trees import DictTree, given

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
