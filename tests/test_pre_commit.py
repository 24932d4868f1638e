# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""The hook of .pre-commit-hooks.yaml, installed and called by pre-commit itself."""

import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

from tests.cases import GOOD, IDENTITY, commit, git, repository
from tests.conftest import UsedHome

ROOT = Path(__file__).parents[1]
PRE_COMMIT = [sys.executable, "-m", "pre_commit"]


def published(folder: Path) -> Path:
    """Commit the files of this checkout, as they are, to a repository of their own."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "-co", "--exclude-standard"],
        check=True,
        capture_output=True,
    )
    names = filter(None, listed.stdout.decode().split("\0"))
    files = {n: (ROOT / n).read_bytes() for n in names if (ROOT / n).is_file()}
    return repository(folder, files, tag="v0")


def offline(folder: Path) -> Mapping[str, str]:
    """Let pre-commit make its environment from what the tests have installed."""
    return IDENTITY | {
        "HOME": str(folder),
        "PRE_COMMIT_HOME": str(folder / "pre-commit"),
        "OSSAY_HOME": str(folder / "home"),
        "PYTHONPATH": sysconfig.get_path("purelib"),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads it as the option's value: off
    }


def test_the_hook_is_one_that_pre_commit_accepts() -> None:
    manifest = ROOT / ".pre-commit-hooks.yaml"

    subprocess.run([*PRE_COMMIT, "validate-manifest", manifest], check=True)


def test_a_push_is_held_back_where_there_are_obstacles(
    tmp_path: Path, used_home: UsedHome
) -> None:
    hooks = published(tmp_path / "ossay")
    config = f"repos: [{{repo: {hooks}, rev: v0, hooks: [{{id: ossay-check}}]}}]\n"
    source = repository(
        tmp_path / "good", GOOD | {".pre-commit-config.yaml": config.encode()}
    )
    git(tmp_path, "init", "-q", "--bare", "remote.git")
    used_home(tmp_path / "home")
    given = offline(tmp_path)
    install = [*PRE_COMMIT, "install", "--hook-type", "pre-push"]
    subprocess.run(install, cwd=source, env=given, check=True)

    def push() -> subprocess.CompletedProcess[str]:
        command = ["git", "push", "../remote.git", "main"]
        return subprocess.run(
            command, cwd=source, env=given, check=False, capture_output=True, text=True
        )

    fine = push()
    git(source, "rm", "-q", "LICENSE")
    unlicensed = commit(source, {})
    held = push()

    assert fine.returncode == 0, fine.stdout + fine.stderr
    assert "Passed" in fine.stderr + fine.stdout
    assert held.returncode == 1
    assert "exit code: 11" in held.stderr + held.stdout
    assert git(tmp_path / "remote.git", "rev-parse", "main") != unlicensed
