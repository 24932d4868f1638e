# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which manifests there are, and which of them lack a lockfile."""

import dataclasses
from collections.abc import Mapping

import pytest

from ossay.collect import gather, security
from ossay.collect.security import manifests
from ossay.collect.security.ecosystems import is_exact
from ossay.model.evidence import Answered, Gap, Inapplicable, Observation
from ossay.model.tree import Tree
from tests.collect.trees import DictTree, given

NPM = '{"dependencies": {"left-pad": "^1"}}'
CARGO = '[package]\nname = "a"\n[dependencies]\nserde = "1"\n'
POETRY = '[tool.poetry.dependencies]\npython = "^3.11"\nflask = "^3"\n'
PROJECT = '[project]\nname = "a"\ndependencies = ["flask"]\n'


@pytest.mark.parametrize(
    ("manifest", "content", "lock"),
    [
        ("package.json", NPM, "package-lock.json"),
        ("package.json", NPM, "yarn.lock"),
        ("package.json", NPM, "pnpm-lock.yaml"),
        ("package.json", NPM, "bun.lock"),
        ("package.json", NPM, "npm-shrinkwrap.json"),
        ("pyproject.toml", PROJECT, "uv.lock"),
        ("pyproject.toml", POETRY, "poetry.lock"),
        ("pyproject.toml", PROJECT, "pdm.lock"),
        ("pyproject.toml", PROJECT, "pylock.toml"),
        ("Pipfile", "", "Pipfile.lock"),
        ("Cargo.toml", CARGO, "Cargo.lock"),
        ("go.mod", "module a\nrequire b v1.0.0\n", "go.sum"),
        ("composer.json", '{"require": {"a/b": "1"}}', "composer.lock"),
        ("Gemfile", "gem 'rails'", "Gemfile.lock"),
        ("app.csproj", '<PackageReference Include="a" />', "packages.lock.json"),
        ("build.gradle", "  implementation 'a:b:1'", "gradle.lockfile"),
        ("build.gradle.kts", "  testImplementation(libs.a)", "gradle.lockfile"),
        ("mix.exs", "", "mix.lock"),
        ("pubspec.yaml", "", "pubspec.lock"),
        ("Podfile", "", "Podfile.lock"),
        ("Chart.yaml", "dependencies:\n  - name: a\n", "Chart.lock"),
    ],
)
def test_a_lockfile_beside_the_manifest_covers_it(
    manifest: str, content: str, lock: str
) -> None:
    without = _without({f"app/{manifest}": content, lock: ""})
    with_lock = _without({f"app/{manifest}": content, f"app/{lock}": ""})

    assert without == [f"app/{manifest}"]
    assert with_lock == []


@pytest.mark.parametrize(
    ("manifest", "content"),
    [
        ("package.json", '{"type": "module"}'),
        ("package.json", '{"peerDependencies": {"react": "*"}}'),
        ("pyproject.toml", "[tool.ruff]\nline-length = 88\n"),
        ("pyproject.toml", '[project]\nname = "a"\ndependencies = []\n'),
        ("pyproject.toml", '[tool.poetry.dependencies]\npython = "^3.11"\n'),
        ("Cargo.toml", '[workspace]\nmembers = ["a"]\n'),
        ("go.mod", "module a\n\ngo 1.22\n"),
        ("composer.json", '{"require": {"php": ">=8", "ext-json": "*"}}'),
        ("app.csproj", "<Project></Project>"),
        ("build.gradle", "plugins { id 'java' }"),
        ("Chart.yaml", "name: a\n"),
    ],
)
def test_a_manifest_that_names_no_package_needs_no_lockfile(
    manifest: str, content: str
) -> None:
    assert _without({manifest: content}) == []


@pytest.mark.parametrize("manifest", ["pom.xml", "setup.py", "build.sbt"])
def test_where_no_package_manager_keeps_lockfiles_none_can_be_missing(
    manifest: str,
) -> None:
    alone = _answers(DictTree({manifest: ""}))
    beside = _answers(DictTree({manifest: "", "go.mod": "module a\n"}))

    assert _value(alone["security.manifests"]) == 1
    assert isinstance(alone["security.manifests_without_lockfile"], Inapplicable)
    assert _value(beside["security.manifests_without_lockfile"]) == 0


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("flask==3.0.0\n", True),
        ("flask == 3.0.0  # web\n", True),
        ("flask[async]==3.0.0 ; python_version > '3.8'\n", True),
        ("flask===3.0.0\n", True),
        ("flask==3.0.0 \\\n    --hash=sha256:abc\n", True),
        ("# nothing\n-r base.txt\n--index-url https://example.org\n", True),
        ("", True),
        (f"a @ git+https://example.org/a.git@{'a' * 40}\n", True),
        ("a @ https://example.org/a.whl#sha256=abc\n", True),
        ("flask\n", False),
        ("flask>=3\n", False),
        ("flask==3.*\n", False),
        ("flask~=3.0\n", False),
        ("flask==3.0.0\nrequests\n", False),
        ("a @ git+https://example.org/a.git@main\n", False),
    ],
)
def test_requirements_are_their_own_lock_where_each_names_one_version(
    text: str, exact: bool
) -> None:
    assert is_exact(text.encode()) is exact
    assert (_without({"requirements.txt": text}) == []) is exact


def test_requirements_may_have_a_folder_of_their_own() -> None:
    """Kolibri keeps all of its own in one."""
    tree = DictTree(
        {
            "requirements/base.txt": "flask\n",
            "requirements/dev.in": "pytest\n",
            "requirements/notes.md": "",
            "docs/requirements/base.rst": "",
        }
    )

    seen = _answers(tree)["security.manifests"]

    assert isinstance(seen, Observation)
    assert [item.subject for item in seen.items] == [
        "requirements/base.txt",
        "requirements/dev.in",
    ]


def test_requirements_that_pip_tools_compiled_cover_their_source() -> None:
    files = {"requirements.in": "flask", "requirements.txt": "flask==3.0.0"}

    assert _without(files) == []


@pytest.mark.parametrize(
    ("requirements", "covered"),
    [("flask==3.0.0\n", True), ("flask\n", False), ("# none\n", False)],
)
def test_exact_requirements_beside_a_python_project_are_its_lock(
    requirements: str, covered: bool
) -> None:
    files = {"pyproject.toml": PROJECT, "requirements.txt": requirements}

    assert ("pyproject.toml" not in _without(files)) is covered


@pytest.mark.parametrize(
    "top",
    [
        {"package.json": '{"workspaces": ["packages/*"]}'},
        {"package.json": '{"workspaces": ["./packages/*/"]}'},
        {"package.json": '{"workspaces": {"packages": ["packages/**"]}}'},
        {"package.json": "{}", "pnpm-workspace.yaml": "packages:\n  - 'packages/*'\n"},
        {"package.json": "{}", "lerna.json": '{"packages": ["packages/*"]}'},
    ],
)
def test_the_lockfile_of_an_npm_workspace_covers_its_members_only(
    top: dict[str, str],
) -> None:
    members = {"packages/a/package.json": NPM, "website/package.json": NPM}

    assert _without({**top, **members, "yarn.lock": ""}) == ["website/package.json"]


@pytest.mark.parametrize(
    ("top", "text", "member", "content", "lock"),
    [
        ("Cargo.toml", "[workspace]", "a/Cargo.toml", CARGO, "Cargo.lock"),
        (
            "pyproject.toml",
            '[tool.uv.workspace]\nmembers = ["a"]',
            "a/pyproject.toml",
            PROJECT,
            "uv.lock",
        ),
        ("mix.exs", 'apps_path: "apps"', "apps/a/mix.exs", "", "mix.lock"),
        (
            "pubspec.yaml",
            "name: a\nworkspace:\n  - b",
            "b/pubspec.yaml",
            "",
            "pubspec.lock",
        ),
    ],
)
def test_the_lockfile_of_a_workspace_covers_what_lies_in_it(
    top: str, text: str, member: str, content: str, lock: str
) -> None:
    assert _without({top: text, lock: "", member: content}) == []
    assert _without({top: "", lock: "", member: content}) == [member]


def test_tests_examples_templates_and_borrowed_code_are_left_out() -> None:
    folders = ("tests/fixtures", "examples/a", "node_modules/a", "vendor/b", "template")

    seen = _answers(DictTree({f"{f}/package.json": NPM for f in folders}))

    assert _value(seen["security.manifests"]) == 0
    assert isinstance(seen["security.manifests_without_lockfile"], Inapplicable)


@pytest.mark.parametrize(
    ("manifest", "content"),
    [
        ("package.json", "{"),
        ("package.json", "[" * 100_000),
        ("pyproject.toml", "= 3"),
        ("Cargo.toml", "\x00"),
    ],
)
def test_a_manifest_that_cannot_be_read_leaves_its_lockfile_open(
    manifest: str, content: str
) -> None:
    seen = _answers(DictTree({manifest: content}))

    gap = seen["security.manifests_without_lockfile"]
    assert _value(seen["security.manifests"]) == 1
    assert isinstance(gap, Gap)
    assert [i.subject for i in gap.items] == [manifest]


def test_a_manifest_whose_content_is_missing_may_be_covered_all_the_same() -> None:
    tree = DictTree({"a/yarn.lock": ""}, unreadable={"a/package.json": "it is missing"})

    seen = _answers(tree)

    assert _value(seen["security.manifests_without_lockfile"]) == 0


def test_of_a_folder_its_own_manifests_count_and_lockfiles_above_cover_them() -> None:
    files = {
        "package.json": '{"workspaces": ["packages/*"]}',
        "packages/a/package.json": NPM,
    }

    lone = _answers(DictTree(files), part="packages/a")
    covered = _answers(DictTree({**files, "yarn.lock": ""}), part="packages/a")

    assert _value(lone["security.manifests"]) == 1
    assert _value(lone["security.manifests_without_lockfile"]) == 1
    assert _value(covered["security.manifests_without_lockfile"]) == 0


def test_hostile_patterns_and_requirements_are_read_to_their_end() -> None:
    patterns = ", ".join(f'"{"*a" * 300}{n}"' for n in range(400))
    files = {
        "package.json": f'{{"workspaces": [{patterns}, "**"]}}',
        "yarn.lock": "",
        "a" * 200 + "/package.json": NPM,
        "requirements.txt": "=" * 300_000 + "\n" + "@" * 300_000,
    }

    assert _without(files) == ["requirements.txt"]


def _answers(tree: Tree, part: str = "") -> Mapping[str, Answered]:
    what = given(tree)
    what = dataclasses.replace(
        what, snapshot=dataclasses.replace(what.snapshot, path=part)
    )
    return {a.fact: a for a in gather(security.COLLECTOR, what)[0]}


def _without(files: Mapping[str, str]) -> list[str]:
    answer = _answers(DictTree(files))[manifests.MANIFESTS_WITHOUT_LOCKFILE.name]
    assert isinstance(answer, Observation), answer
    assert answer.value == len(answer.items)
    return [item.subject for item in answer.items]


def _value(answer: Answered) -> object:
    return answer.value if isinstance(answer, Observation) else answer
