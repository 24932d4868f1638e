# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Files for a tool are in memory where there is plenty of it, else on the disk."""

from pathlib import Path

import pytest

from ossay.sandbox import room
from tests.collect.trees import DictTree

TREE = DictTree({"a.py": b"x" * 10_000, "b.py": b"y" * 50_000})


def memory(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    free_kb: str = "8000000",
    kind: str = "tmpfs",
) -> Path:
    """Let *folder* pass for a place in memory, of which so much is free."""
    mounts, free = folder / "mounts", folder / "meminfo"
    mounts.write_text(f"none {folder} {kind} rw 0 0\n")
    free.write_text(f"MemTotal: 9000000 kB\nMemAvailable: {free_kb} kB\n")
    monkeypatch.setattr(room, "IN_MEMORY", folder)
    monkeypatch.setattr(room, "_MOUNTS", mounts)
    monkeypatch.setattr(room, "_FREE", free)
    return folder


def test_files_go_into_memory_where_there_is_plenty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = memory(tmp_path, monkeypatch)

    assert room.folder_for(TREE, TREE.paths()) == folder


def test_more_than_may_be_in_memory_goes_to_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = memory(tmp_path, monkeypatch)
    monkeypatch.setattr(room, "MOST_BYTES", 40_000)

    assert room.folder_for(TREE, TREE.paths()) is None
    assert room.folder_for(TREE, ["a.py"]) == folder


@pytest.mark.parametrize(
    "lacking", [{"free_kb": "100"}, {"free_kb": "many"}, {"kind": "ext4"}]
)
def test_memory_that_is_short_or_none_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lacking: dict[str, str]
) -> None:
    memory(tmp_path, monkeypatch, **lacking)

    assert room.folder_for(TREE, TREE.paths()) is None


def test_where_nothing_tells_of_memory_files_go_to_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory(tmp_path, monkeypatch)
    monkeypatch.setattr(room, "_FREE", tmp_path / "nothing")

    assert room.folder_for(TREE, TREE.paths()) is None
