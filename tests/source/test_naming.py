# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""A memo's title says which software it is about, not where its copy lies."""

from pathlib import Path

import pytest

from ossay.source import name_of, name_of_folder
from tests.source.repositories import make_repository, run


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://example.org/city/permit-desk.git", "permit-desk"),
        ("https://example.org/city/permit-desk/", "permit-desk"),
        ("https://example.org/permit-desk/repo.git", "permit-desk"),
        ("https://example.org/permit-desk/.git", "permit-desk"),
        ("https://example.org/permit-desk.git?token=secret#top", "permit-desk"),
        ("https://example.org/repo", "repo"),
        ("https://example.org", "https://example.org"),
        ("git@example.org:city/permit-desk.git", "permit-desk"),
        ("git@example.org:permit-desk", "permit-desk"),
        ("ssh://git@example.org:2222/permit-desk", "permit-desk"),
    ],
)
def test_an_address_names_software_by_the_last_part_that_says_something(
    url: str, name: str
) -> None:
    assert name_of(url) == name


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("permit-desk", "permit-desk"),
        ("permit-desk.git", "permit-desk"),
        ("permit-desk/repo", "permit-desk"),
        ("home/ada/repo", "repo"),
    ],
)
def test_a_folder_names_software_but_nobodys_home_does(
    tmp_path: Path, folder: str, name: str
) -> None:
    made = make_repository(tmp_path, name=folder, bare=folder.endswith(".git"))

    assert name_of_folder(made) == name


def test_a_git_folder_goes_by_the_folder_it_lies_in(tmp_path: Path) -> None:
    made = make_repository(tmp_path, name="permit-desk")

    assert name_of_folder(made / ".git") == "permit-desk"


@pytest.mark.parametrize(
    ("origin", "name"),
    [
        ("https://ada:secret@example.org/city/permit-desk.git", "permit-desk"),
        ("git@example.org:city/permit-desk.git", "permit-desk"),
        ("/srv/mirrors/permit-desk/repo", "permit-desk"),
        ("file:///srv/mirrors/permit-desk.git", "permit-desk"),
        ("/home/ada/repo", "repo"),
    ],
)
def test_a_clone_goes_by_the_address_it_came_from(
    tmp_path: Path, origin: str, name: str
) -> None:
    made = make_repository(tmp_path, {"server/a.txt": b"1"})
    run(made, "remote", "add", "fork", "https://example.org/ada/other.git")
    run(made, "remote", "add", "origin", origin)

    assert name_of_folder(made) == name
    assert name_of_folder(made / "server") == "server"
