# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Files handed to tools: regular ones, below one folder, and no more than agreed."""

from pathlib import Path

import pytest

from ossay.sandbox.export import Sizes, export
from tests.collect.trees import DictTree


def everything_in(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if not p.is_dir()}


def reasons(tree: DictTree, folder: Path, sizes: Sizes | None = None) -> dict[str, str]:
    """Export all paths, and return why some were left out."""
    paths = [entry.path for entry in tree.entries()]
    left_out = export(tree, paths, folder, sizes).left_out
    return {item.subject: item.note for item in left_out}


def test_files_are_written_where_they_are_in_the_tree(tmp_path: Path) -> None:
    tree = DictTree({"a/b/go.mod": b"module x\n", "go.mod": b""}, executable=["go.mod"])

    done = export(tree, tree.paths(), tmp_path)

    assert (done.written, done.left_out) == (2, ())
    assert (tmp_path / "a/b/go.mod").read_bytes() == b"module x\n"
    assert (tmp_path / "go.mod").stat().st_mode & 0o777 == 0o444


def test_links_submodules_and_missing_files_are_left_out_with_reasons(
    tmp_path: Path,
) -> None:
    tree = DictTree(
        {"kept": b"x"},
        symlinks={"LICENSE": "/etc/passwd", "up": "../../etc/shadow", "loop": "loop"},
        submodules=["vendored"],
        unreadable={"gone": "it is missing"},
    )

    left_out = reasons(tree, tmp_path)

    assert everything_in(tmp_path) == {"kept"}
    assert set(left_out) == {"LICENSE", "up", "loop", "vendored", "gone"}
    assert all(left_out.values())


@pytest.mark.parametrize(
    "path",
    [
        "../evil",
        "a/../../evil",
        "/etc/evil",
        "a//evil",
        "./evil",
        ".git/config",
        "a/.GIT/hooks/post-checkout",
        "a/git~1/config",
        "a\\..\\evil",
        "a\nb",
        "a\x1b[2Jb",
        "txt.\u202eexe",
        "x" * 256,
        "d/" * 150 + "deep",
        "long/" * 300 + "er",
    ],
)
def test_names_that_mean_another_place_are_not_written(
    tmp_path: Path, path: str
) -> None:
    below = tmp_path / "below"
    below.mkdir()

    left_out = reasons(DictTree({path: b"x", "kept": b""}), below)

    assert set(left_out) == {path}
    assert everything_in(tmp_path) == {"below/kept"}


def test_names_that_are_no_utf8_are_not_written(tmp_path: Path) -> None:
    tree = DictTree({"caf\\xe9": b"x"}, not_utf8=["caf\\xe9"])

    assert set(reasons(tree, tmp_path)) == {"caf\\xe9"}


def test_a_file_in_the_place_of_a_folder_is_left_out(tmp_path: Path) -> None:
    tree = DictTree({"a": b"x", "a/b": b"y"})

    assert reasons(tree, tmp_path) == {"a/b": "another file is in its place"}


def test_what_stands_in_the_folder_is_neither_followed_nor_overwritten(
    tmp_path: Path,
) -> None:
    outside = tmp_path / "outside"
    outside.write_text("kept")
    below = tmp_path / "below"
    below.mkdir()
    (below / "a").symlink_to(outside)

    assert set(reasons(DictTree({"a": b"evil"}), below)) == {"a"}
    assert outside.read_text() == "kept"


@pytest.mark.parametrize(
    "sizes",
    [Sizes(files=2), Sizes(total_bytes=25), Sizes(file_bytes=10)],
    ids=["files", "total", "file"],
)
def test_no_more_is_written_than_agreed(tmp_path: Path, sizes: Sizes) -> None:
    tree = DictTree({"a": b"x" * 10, "b": b"x" * 10, "c": b"x" * 11})

    assert set(reasons(tree, tmp_path, sizes)) == {"c"}


def test_folders_without_bottom_are_refused_without_being_walked(
    tmp_path: Path,
) -> None:
    tree = DictTree({"/".join("d" * 10_000): b"x", "kept": b""})

    assert len(reasons(tree, tmp_path)) == 1
    assert everything_in(tmp_path) == {"kept"}
