# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
import pytest

from ossay.memo.links import link_to_commit, link_to_line, without_credentials

COMMIT = "a" * 40


@pytest.mark.parametrize(
    ("repository", "link"),
    [
        ("https://github.com/o/r.git", f"https://github.com/o/r/blob/{COMMIT}/a.py#L7"),
        ("https://github.com/o/r/", f"https://github.com/o/r/blob/{COMMIT}/a.py#L7"),
        (
            "https://gitlab.com/g/sub/r.git",
            f"https://gitlab.com/g/sub/r/-/blob/{COMMIT}/a.py#L7",
        ),
        (
            "https://gitlab.city.example:8443/g/r",
            f"https://gitlab.city.example:8443/g/r/-/blob/{COMMIT}/a.py#L7",
        ),
        (
            "https://codeberg.org/o/r",
            f"https://codeberg.org/o/r/src/commit/{COMMIT}/a.py#L7",
        ),
        (
            "https://gitea.example.org/o/r.git",
            f"https://gitea.example.org/o/r/src/commit/{COMMIT}/a.py#L7",
        ),
        (
            "https://bitbucket.org/o/r.git",
            f"https://bitbucket.org/o/r/src/{COMMIT}/a.py#lines-7",
        ),
        (
            "https://git.sr.ht/~o/r",
            f"https://git.sr.ht/~o/r/tree/{COMMIT}/item/a.py#L7",
        ),
    ],
)
def test_a_line_is_linked_on_forges_that_we_know(repository: str, link: str) -> None:
    assert link_to_line(repository, COMMIT, "a.py", 7) == link


@pytest.mark.parametrize(
    ("repository", "end"),
    [
        ("https://github.com/o/r", "README.rst?plain=1#L7"),
        ("https://gitlab.com/o/r", "README.rst?plain=1#L7"),
        ("https://codeberg.org/o/r", "README.rst?display=source#L7"),
        ("https://git.sr.ht/~o/r", "README.rst#L7"),
    ],
)
def test_a_line_of_a_document_is_linked_where_it_is_not_rendered(
    repository: str, end: str
) -> None:
    link = link_to_line(repository, COMMIT, "README.rst", 7)

    assert link.rpartition("/")[2] == end
    assert link_to_line(repository, COMMIT, "README.rst", 0).endswith("README.rst")


@pytest.mark.parametrize(
    "repository",
    [
        "https://git.example.org/r.git",
        "https://github.com.evil.example/o/r",
        "http://github.com/o/r",
        "ssh://git@github.com/o/r",
        "git@github.com:o/r",
        "/srv/github.com/o/r",
        "https://gıthub.com/o/r",
    ],
)
def test_other_places_are_not_linked(repository: str) -> None:
    assert link_to_line(repository, COMMIT, "a.py", 1) == ""
    assert link_to_commit(repository, COMMIT) == ""


def test_a_file_without_a_line_is_linked_as_a_whole() -> None:
    assert link_to_line("https://github.com/o/r", COMMIT, "a b.py", 0) == (
        f"https://github.com/o/r/blob/{COMMIT}/a%20b.py"
    )


def test_a_path_cannot_leave_its_address() -> None:
    link = link_to_line("https://github.com/o/r", COMMIT, '?x#y"><b>/%2e.md', 0)

    assert link.endswith("/%3Fx%23y%22%3E%3Cb%3E/%252e.md")


def test_a_path_that_was_no_utf8_is_not_linked() -> None:
    assert link_to_line("https://github.com/o/r", COMMIT, "caf\\xe9.txt", 0) == ""


def test_a_commit_is_linked() -> None:
    link = link_to_commit("https://codeberg.org/o/r", COMMIT)

    assert link == f"https://codeberg.org/o/r/src/commit/{COMMIT}"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:secret@host.example/r.git", "https://host.example/r.git"),
        ("https://token@host.example/r", "https://host.example/r"),
        ("https://host.example/r?access_token=x#y", "https://host.example/r"),
        ("ssh://git:secret@host.example/r", "ssh://git@host.example/r"),
        ("ssh://git@host.example/r", "ssh://git@host.example/r"),
        ("git@host.example:o/r", "git@host.example:o/r"),
        ("https://[broken", "https://[broken"),
    ],
)
def test_no_address_is_printed_with_its_credentials(url: str, shown: str) -> None:
    assert without_credentials(url) == shown
