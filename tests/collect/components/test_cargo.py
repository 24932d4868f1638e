# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""All that Cargo's lockfile names is listed, whatever the manifests beside it say."""

import pytest

from ossay.collect.components import Components
from ossay.collect.components.named import LONGEST_WAY
from tests.collect.components.cases import completeness, listed, one, purls

REGISTRY = "registry+https://registry.example/index"
GIT = "git+https://forge.example/x?rev=c5d5bba#c5d5bba"

LOCK = f"""version = 4

[[package]]
name = "portal"
version = "1.0.0"
dependencies = ["bindings", "inner", "left 1.2.0", "renamed", "tester"]

[[package]]
name = "inner"
version = "0.1.0"
dependencies = ["left 2.0.0", "inner 0.9.0"]

[[package]]
name = "inner"
version = "0.9.0"
source = "{REGISTRY}"

[[package]]
name = "left"
version = "1.2.0"
source = "{GIT}"
dependencies = ["deep"]

[[package]]
name = "left"
version = "2.0.0"
source = "{REGISTRY}"

[[package]]
name = "deep"
version = "2.1.0+more"
source = "{REGISTRY}"

[[package]]
name = "bindings"
version = "3.0.0"
source = "{REGISTRY}"
dependencies = ["parser"]

[[package]]
name = "parser"
version = "3.1.0"
source = "{REGISTRY}"

[[package]]
name = "renamed"
version = "4.0.0"
source = "{REGISTRY}"

[[package]]
name = "tester"
version = "5.0.0"
source = "{REGISTRY}"
dependencies = ["deep"]
"""

MANIFESTS = {
    "Cargo.toml": """[workspace]
members = ["inner"]
[workspace.dependencies]
other = { version = "4", package = "renamed" }
[package]
name = "portal"
[dependencies]
left = { git = "https://forge.example/x", rev = "c5d5bba" }
inner = { path = "inner" }
[target.'cfg(unix)'.dependencies]
other = { workspace = true }
[build-dependencies]
bindings = "=3.0.0"
[dev-dependencies]
tester = "5"
""",
    "inner/Cargo.toml": """[package]
name = "inner"
[dependencies]
left = "2"
published = { version = "0.9", package = "inner" }
""",
}


def found_in(lock: str, **manifests: str) -> Components:
    return listed({"Cargo.lock": lock, **MANIFESTS, **manifests}, toolbox=None)


def test_what_is_got_from_git_or_needed_to_build_is_listed_with_what_it_brings() -> (
    None
):
    found = found_in(LOCK)

    assert purls(found) == [
        "pkg:cargo/bindings@3.0.0",
        "pkg:cargo/deep@2.1.0%2Bmore",
        "pkg:cargo/inner@0.9.0",
        "pkg:cargo/left@1.2.0",
        "pkg:cargo/left@2.0.0",
        "pkg:cargo/parser@3.1.0",
        "pkg:cargo/renamed@4.0.0",
        "pkg:cargo/tester@5.0.0",
    ]
    assert completeness(found) == {"cargo": "lockfile"}
    assert found.left_out == ()


@pytest.mark.parametrize(
    ("purl", "scope", "direct", "path"),
    [
        ("left@1.2.0", "runtime", True, ()),
        ("deep@2.1.0%2Bmore", "runtime", False, ("pkg:cargo/left@1.2.0",)),
        ("left@2.0.0", "runtime", True, ()),
        ("bindings@3.0.0", "build", True, ()),
        ("parser@3.1.0", "build", False, ("pkg:cargo/bindings@3.0.0",)),
        ("renamed@4.0.0", "runtime", True, ()),
        ("tester@5.0.0", "development", True, ()),
    ],
)
def test_manifests_tell_when_a_package_is_needed_and_the_lockfile_by_what_way(
    purl: str, scope: str, direct: bool, path: tuple[str, ...]
) -> None:
    component = one(found_in(LOCK), f"pkg:cargo/{purl}")

    assert (component.scope.value, component.direct) == (scope, direct)
    assert component.path == path


def test_a_package_by_the_name_of_an_own_one_in_another_version_is_listed() -> None:
    assert one(found_in(LOCK), "pkg:cargo/inner@0.9.0").direct is True


def test_without_a_manifest_that_can_be_read_it_is_open_when_packages_are_needed() -> (
    None
):
    found = found_in(LOCK, **{"Cargo.toml": "= garbage"})

    assert one(found, "pkg:cargo/bindings@3.0.0").scope.value == "unknown"
    assert one(found, "pkg:cargo/left@2.0.0").scope.value == "runtime"


def test_a_lockfile_as_it_was_written_until_2018_is_read() -> None:
    lock = f"""[root]
name = "portal"
version = "1.0.0"
dependencies = ["left 1.2.0 ({REGISTRY})"]

[[package]]
name = "left"
version = "1.2.0"
source = "{REGISTRY}"
"""

    assert one(found_in(lock), "pkg:cargo/left@1.2.0").direct is True


@pytest.mark.parametrize(
    "lock",
    [
        "= garbage",
        'package = "none"',
        'package = ["none"]',
        '[[package]]\nname = ""\nversion = "1.0.0"\n',
        f'[[package]]\nname = "a"\nsource = "{REGISTRY}"\n',
        f'[[package]]\nname = "a"\nversion = "^1"\nsource = "{REGISTRY}"\n',
        '[[package]]\nname = "a"\nversion = "1.0.0"\ndependencies = [1]\n',
    ],
)
def test_a_lockfile_that_is_none_is_named_as_unread(lock: str) -> None:
    found = found_in(lock)

    assert [item.subject for item in found.left_out] == ["Cargo.lock"]


def test_packages_that_need_each_other_are_listed_once() -> None:
    circle = "".join(
        f'[[package]]\nname = "{name}"\nversion = "1.0.0"\n'
        f'source = "{REGISTRY}"\ndependencies = ["{other}"]\n'
        for name, other in [("a", "b"), ("b", "a")]
    )

    assert purls(found_in(circle)) == ["pkg:cargo/a@1.0.0", "pkg:cargo/b@1.0.0"]


def packages(*told: tuple[str, str, str, list[str]]) -> str:
    """Return a lockfile of name, version, source and needs."""
    return "".join(
        f'[[package]]\nname = "{name}"\nversion = "{version}"\n'
        + (f'source = "{source}"\n' if source else "")
        + f"dependencies = {needs}\n"
        for name, version, source, needs in told
    )


def test_of_two_sources_of_one_version_the_one_that_is_named_is_needed() -> None:
    own = ("portal", "1.0.0", "", [f"left 1.2.0 ({GIT.partition('#')[0]})", "x 1.0.0"])
    lock = packages(
        own,
        ("left", "1.2.0", GIT, ["deep"]),
        ("left", "1.2.0", REGISTRY, []),
        ("deep", "2.0.0", REGISTRY, []),
        ("x", "1.0.0", "", []),
        ("x", "1.0.0", REGISTRY, []),
    )

    found = listed(
        {"Cargo.lock": lock, "Cargo.toml": MANIFESTS["Cargo.toml"]}, toolbox=None
    )

    assert one(found, "pkg:cargo/deep@2.0.0").path == ("pkg:cargo/left@1.2.0",)
    assert one(found, "pkg:cargo/left@1.2.0").scope.value == "runtime"
    assert one(found, "pkg:cargo/x@1.0.0").direct is False


def test_needs_that_fit_several_packages_are_not_multiplied() -> None:
    lock = packages(*(("a", f"1.0.{n}", REGISTRY, ["a"]) for n in range(30)))

    found = found_in(lock)

    assert found.components == ()
    assert [item.subject for item in found.left_out] == ["Cargo.lock"]


def test_of_a_chain_without_end_the_ways_are_told_for_a_hundred_steps() -> None:
    chain = [
        (f"a{n}", "1.0.0", REGISTRY if n else "", [f"a{n + 1}"]) for n in range(400)
    ]

    found = found_in(packages(*chain, ("a400", "1.0.0", REGISTRY, [])))

    assert max(len(c.path) for c in found.components) == LONGEST_WAY
    last = one(found, "pkg:cargo/a400@1.0.0")
    assert (last.direct, last.path) == (False, ())


def test_a_manifest_speaks_for_the_nearest_lockfile_alone() -> None:
    apart = {
        "fuzz/Cargo.lock": packages(("portal", "0.0.0", "", [])),
        "fuzz/Cargo.toml": '[package]\nname = "portal"\n'
        '[dev-dependencies]\nleft = "1"\n',
    }

    found = found_in(LOCK, **apart)

    assert one(found, "pkg:cargo/left@1.2.0").scope.value == "runtime"
