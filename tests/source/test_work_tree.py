# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Uncommitted changes are told without running anything of the repository's."""

import os
from pathlib import Path

import pytest

from ossay.source import WorkTree, open_in_place, uncommitted_changes
from tests.source.repositories import Submodule, Symlink, make_repository, run


@pytest.fixture
def made(tmp_path: Path) -> Path:
    return make_repository(
        tmp_path, {"a.txt": b"one", "docs/b.txt": b"two", "link": Symlink(b"a.txt")}
    )


def state(made: Path) -> WorkTree:
    return uncommitted_changes(open_in_place(made, made.parent / "ours"))


def test_a_fresh_work_tree_is_clean(made: Path) -> None:
    assert state(made) is WorkTree.CLEAN


def test_a_bare_repository_has_nothing_to_change(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a.txt": b"one"}, bare=True)

    assert state(made) is WorkTree.CLEAN


@pytest.mark.parametrize(
    "change", ["edited", "deleted", "staged", "added", "mode", "link", "conflict"]
)
def test_a_changed_work_tree_is_told(made: Path, change: str) -> None:
    match change:
        case "edited":
            (made / "docs/b.txt").write_bytes(b"TWO")
        case "deleted":
            (made / "a.txt").unlink()
        case "staged":
            (made / "a.txt").write_bytes(b"new")
            run(made, "add", "a.txt")
        case "added":
            (made / "new.txt").write_bytes(b"new")
            run(made, "add", "new.txt")
        case "mode":
            (made / "a.txt").chmod(0o755)
        case "link":
            (made / "link").unlink()
            (made / "link").symlink_to("docs/b.txt")
        case "conflict":
            oid = run(made, "rev-parse", "HEAD:a.txt")
            stages = "".join(f"100644 {oid} {n}\ta.txt\n" for n in (1, 2, 3))
            told = f"0 {'0' * 40}\ta.txt\n{stages}".encode()
            run(made, "update-index", "--index-info", told=told)

    assert state(made) is WorkTree.CHANGED


def test_touched_and_untracked_files_are_no_changes(made: Path) -> None:
    os.utime(made / "a.txt", (1, 1))
    (made / "untracked.txt").write_bytes(b"new")

    assert state(made) is WorkTree.CLEAN


def test_the_index_is_not_written(made: Path) -> None:
    os.utime(made / "a.txt", (1, 1))
    index = made / ".git/index"
    before = (index.read_bytes(), index.stat().st_mtime_ns)

    state(made)

    assert (index.read_bytes(), index.stat().st_mtime_ns) == before


def test_a_folder_below_the_top_asks_about_the_whole(made: Path) -> None:
    (made / "a.txt").write_bytes(b"changed")

    opened = open_in_place(made / "docs", made.parent / "ours")

    assert uncommitted_changes(opened) is WorkTree.CHANGED


def test_a_linked_work_tree_has_its_own_changes(made: Path, tmp_path: Path) -> None:
    run(made, "worktree", "add", "-q", "--detach", str(tmp_path / "linked"))
    (tmp_path / "linked/a.txt").write_bytes(b"changed")

    assert state(tmp_path / "linked") is WorkTree.CHANGED
    assert state(made) is WorkTree.CLEAN


def test_filters_and_monitors_of_the_repository_are_not_run(
    made: Path, tmp_path: Path
) -> None:
    proof = tmp_path / "ran"
    program = tmp_path / "evil.sh"
    program.write_text(f"#!/bin/sh\ntouch {proof}\ncat\n")
    program.chmod(0o755)
    (made / ".gitattributes").write_text("*.txt filter=evil\n")
    run(made, "add", ".gitattributes")
    for key in (
        "core.fsmonitor",
        "core.hooksPath",
        "filter.evil.clean",
        "filter.evil.process",
    ):
        run(made, "config", key, str(program))
    hook = made / ".git/hooks/post-index-change"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(program.read_text())
    hook.chmod(0o755)
    (made / "a.txt").write_bytes(b"changed")

    state(made)

    assert not proof.exists()


def test_a_file_that_a_filter_would_translate_cannot_be_judged(made: Path) -> None:
    (made / ".gitattributes").write_text("a.txt filter=lfs\n")
    run(made, "add", ".gitattributes")
    run(made, "-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-qm", "x")
    (made / "a.txt").write_bytes(b"the large file that the pointer stands for")

    assert state(made) is WorkTree.CANNOT_TELL
    (made / "docs/b.txt").write_bytes(b"changed as well")
    assert state(made) is WorkTree.CHANGED


def test_an_index_that_cannot_be_read_cannot_be_judged(made: Path) -> None:
    (made / ".git/index").write_bytes(b"junk")

    assert state(made) is WorkTree.CANNOT_TELL


def test_an_index_in_two_files_is_read(made: Path) -> None:
    run(made, "update-index", "--split-index")

    assert state(made) is WorkTree.CLEAN
    (made / "a.txt").write_bytes(b"changed")
    assert state(made) is WorkTree.CHANGED


def test_a_submodule_is_not_entered(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a": b"1", "sub": Submodule()})
    (made / "sub").mkdir(exist_ok=True)
    (made / "sub/.git").write_text("gitdir: /nowhere\n")

    assert state(made) is WorkTree.CLEAN


def test_an_unborn_branch_with_staged_files_is_changed(tmp_path: Path) -> None:
    made = make_repository(tmp_path)
    (made / "a.txt").write_bytes(b"new")
    run(made, "add", "a.txt")

    assert state(made) is WorkTree.CHANGED
