# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Where ScanCode cannot be installed, one sentence says why."""

import hashlib
import shutil
import sys
import venv
from pathlib import Path
from typing import NamedTuple

import pytest

from engine import install


class Disk(NamedTuple):
    free: int


@pytest.fixture
def roomy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(free=9_000_000_000))
    monkeypatch.setattr(install, "_memory_bytes", lambda: 9_000_000_000)


def said(monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    monkeypatch.setattr(sys, "argv", ["install.py", *words])
    with pytest.raises(SystemExit) as ended:
        install.main()
    return str(ended.value.code)


def test_too_little_disk_is_said(
    roomy: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Disk(free=400_000_000))

    sentence = said(monkeypatch, str(tmp_path / "engine"))

    assert "needs 1.6 GB of disk, and 0.4 GB are free" in sentence
    assert not (tmp_path / "engine").exists()


def test_too_little_memory_is_said(
    roomy: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(install, "_memory_bytes", lambda: 1_000_000_000)

    sentence = said(monkeypatch, str(tmp_path / "engine"))

    assert "needs 2.0 GB of memory, and there are 1.0 GB" in sentence


def test_a_place_that_cannot_be_written_is_said(
    roomy: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")

    sentence = said(monkeypatch, str(tmp_path / "file" / "engine"))

    assert "ossay works here without ScanCode" in sentence
    assert "Not a directory" in sentence


def test_the_limit_of_a_container_is_the_memory_there_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    limit = tmp_path / "memory.max"
    monkeypatch.setattr(install, "CGROUP_LIMIT", limit)
    unlimited = install._memory_bytes()

    limit.write_text("100000000\n")
    assert install._memory_bytes() == 100_000_000
    limit.write_text("max\n")
    assert install._memory_bytes() == unlimited


def environment_whose_python(folder: Path, script: str) -> Path:
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(0o755)
    return folder


def test_what_pip_said_last_is_the_reason(
    roomy: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "engine"
    monkeypatch.setattr(
        venv,
        "create",
        lambda folder, **_: environment_whose_python(
            folder, "echo looking; echo 'No matching distribution' >&2; exit 1"
        ),
    )

    sentence = said(monkeypatch, str(folder))

    assert sentence.endswith("installing ScanCode failed: No matching distribution")
    assert not (folder / "filled").exists()
    assert not (folder / "ready").exists()


def test_without_it_an_assessment_goes_on(
    roomy: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(install, "_memory_bytes", lambda: 1_000_000_000)
    monkeypatch.setattr(sys, "argv", ["install.py", "--optional", str(tmp_path / "e")])

    install.main()

    assert capsys.readouterr().out.startswith("ossay works here without ScanCode")


def test_what_is_filled_is_not_filled_again(
    roomy: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = environment_whose_python(tmp_path / "engine", f"echo $* >> {tmp_path}/log")
    (folder / "filled").write_text(
        hashlib.sha256(install.LOCK.read_bytes()).hexdigest()
    )

    install.install(folder)

    assert (tmp_path / "log").read_text() == f"-m engine.index {folder}/index\n"
    assert (folder / "ready").exists()
