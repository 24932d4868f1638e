# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
from pathlib import Path
from typing import Any

import pytest

from ossay.register import Register
from tests.hardship import on_disk
from tests.register import hardship
from tests.register.killing import Job, run
from tests.register.values import CANDIDATE


def _do(work: str, *args: object, within: tuple[str, ...] = ()) -> Any:
    job = Job(args=tuple(map(str, args)), points="")
    [outcome] = run(f"tests.register.hardship:{work}", [job], within)
    return outcome.came_to


@pytest.mark.parametrize("work", ["put_with_small_files", "keep_with_small_files"])
def test_a_file_size_limit_is_told_and_harms_nothing(home: Path, work: str) -> None:
    with Register.open(home) as register:
        register.file(CANDIDATE)

    said = _do(work, home, 100_000)

    assert said.startswith(f"CannotWrite (73): cannot write to the register in '{home}")
    assert "run the same command again" in said
    with Register.open(home) as register:
        assert register.candidate(CANDIDATE.id) == CANDIDATE
        register.artefacts.put(bytes(hardship.LARGE))
    assert list((home / "artefacts" / "incoming").iterdir()) == []


def test_a_register_that_cannot_begin_under_a_limit_begins_without_it(
    home: Path,
) -> None:
    said = _do("open_with_small_files", home, 5_000)

    assert said.startswith("CannotWrite (73): cannot write to the register in")
    Register.open(home).close()


def test_a_full_disk_is_told_and_harms_nothing(tmp_path: Path) -> None:
    within = on_disk(tmp_path, "size=2m")

    put, keep, *with_room = _do("fill_the_disk", tmp_path / "home", within=within)

    assert put.startswith("CannotWrite (73)")
    assert "no space is left there" in put
    assert keep.startswith("CannotWrite (73)")
    assert "no space is left there" in keep
    assert with_room == ["", ""]


def test_a_register_cannot_begin_on_a_full_disk(tmp_path: Path) -> None:
    within = on_disk(tmp_path, "size=2m")

    said = _do("open_on_a_full_disk", tmp_path / "home", within=within)

    assert said.startswith("CannotWrite (73)")


def test_a_folder_in_one_that_one_may_not_enter_is_told(memory: Path) -> None:
    memory.chmod(0)

    said = _do("open_as_nobody", memory / "home")

    memory.chmod(0o755)
    assert said.startswith(
        f"CannotWrite (73): cannot write to the register in '{memory}"
    )


@pytest.mark.parametrize("begun", [False, True])
def test_a_folder_one_may_not_write_to_is_told_before_any_work(
    memory: Path, begun: bool
) -> None:
    memory.chmod(0o755)
    home = memory / "home"
    if begun:
        Register.open(home).close()
    (home if begun else memory).chmod(0o555)

    said = _do("open_as_nobody", home)

    (home if begun else memory).chmod(0o755)
    assert said.startswith(f"CannotWrite (73): cannot write to the register in '{home}")
