# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""What a name means depends on where it is said."""

import pytest

from ossay.collect.licensing.recognition.neighbourhood import (
    Neighbourhood,
    Origin,
)

PATHS = (
    "COPYING",
    "Docs/LICENSE.md",
    "LICENSE",
    "LICENSE-MIT",
    "a/LICENSE.txt",
    "a/b/c.py",
    "a/b/license",
    "a/vendor/x/y.c",
    "a/vendor/z/LICENCE",
    "a/vendor/z/src/y.c",
    "docs/README",
)


@pytest.mark.parametrize(
    ("path", "name", "meant"),
    [
        ("main.c", "COPYING", "COPYING"),
        ("a/b/c.py", "LICENSE", "a/b/license"),
        ("a/d.py", "LICENSE", "a/LICENSE.txt"),
        ("a/d.py", "LICENSE.rst", "a/LICENSE.txt"),
        ("a/b/c/d/e.py", "copying", "COPYING"),
        ("a/d.py", "../LICENSE", "a/LICENSE.txt"),
        ("a\\d.py", "x\\COPYING", "COPYING"),
        ("LICENSE", "LICENSE", ""),
        ("a/b/license", "LICENSE", "a/LICENSE.txt"),
        ("main.c", "NOTICE", ""),
        ("main.c", "", ""),
    ],
)
def test_the_nearest_file_of_a_name_is_meant(path: str, name: str, meant: str) -> None:
    assert Neighbourhood(PATHS).referred(path, name) == meant


@pytest.mark.parametrize(
    ("path", "licences"),
    [
        ("main.c", ("COPYING", "LICENSE", "LICENSE-MIT")),
        ("docs/README", ("COPYING", "LICENSE", "LICENSE-MIT")),
        ("a/b/c.py", ("a/b/license",)),
        ("a/e/c.py", ("a/LICENSE.txt",)),
        ("a/vendor/z/src/y.c", ("a/vendor/z/LICENCE",)),
        ("a/vendor/x/y.c", ()),
    ],
)
def test_the_nearest_licence_files_count(path: str, licences: tuple[str, ...]) -> None:
    assert Neighbourhood(PATHS).licensed_by(path) == licences


def test_the_order_of_paths_does_not_matter() -> None:
    backwards = Neighbourhood(reversed(PATHS))

    assert backwards.licensed_by("x.c") == Neighbourhood(PATHS).licensed_by("x.c")
    assert backwards.referred("a/d.py", "LICENSE") == "a/LICENSE.txt"


@pytest.mark.parametrize(
    ("path", "origin"),
    [
        ("bin/backup.sh", Origin.OWN),
        ("vendor/x/y.c", Origin.VENDORED),
        ("a/build/y.js", Origin.GENERATED),
        ("api/v1_pb2.py", Origin.GENERATED),
    ],
)
def test_folders_tell_whose_a_file_is(path: str, origin: Origin) -> None:
    assert Neighbourhood([path]).origin_of(path) is origin
