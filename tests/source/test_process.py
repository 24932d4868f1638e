# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""git is told and heard without waiting for ever, and never left behind."""

import os
import subprocess
from pathlib import Path

import pytest

from ossay.source.environment import environment
from ossay.source.process import GitFailed, GitStuck, Running, output, start
from tests.source.processes import needs_proc, none_left, session_ended
from tests.source.repositories import make_repository


def running(program: str, seconds: float = 60, idle_seconds: float = 60) -> Running:
    process = subprocess.Popen(
        ["/bin/sh", "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        start_new_session=True,
    )
    return Running(process, seconds=seconds, idle_seconds=idle_seconds)


def test_much_can_be_told_to_one_that_says_much() -> None:
    text = b"0123456789abcdef" * 500_000

    git = running("cat")
    git.tell(text, and_no_more=True)
    said = b"".join(git.chunks())

    assert said == text
    assert git.finish() == 0


def test_lines_and_pieces_come_as_they_were_said() -> None:
    git = running("printf 'one\\ntwo\\n'; printf '0123456789'; printf '\\nlast'")
    git.tell(b"", and_no_more=True)

    heard = [git.line(), git.line(), git.exactly(4), git.exactly(6)]
    rest = [git.exactly(1), git.line(), git.line(), git.exactly(5)]

    assert heard == [b"one", b"two", b"0123", b"456789"]
    assert rest == [b"\n", b"last", b"", b""]
    assert git.finish() == 0


def test_only_the_end_of_many_complaints_is_kept() -> None:
    git = running("yes complaint | head -c 1000000 >&2; echo end >&2; exit 3")
    git.tell(b"", and_no_more=True)

    assert git.finish() == 3
    assert len(git.complaints) <= 1 << 16
    assert git.complaints.endswith(b"end\n")


def test_one_that_does_not_listen_is_no_trouble() -> None:
    git = running("exec <&-; echo deaf")
    git.tell(b"x" * 10_000_000, and_no_more=True)

    assert git.line() == b"deaf"
    assert git.finish() == 0


@needs_proc
@pytest.mark.parametrize("limits", [{"seconds": 0.1}, {"idle_seconds": 0.1}])
def test_one_that_says_nothing_is_stopped_with_all_it_started(
    limits: dict[str, float],
) -> None:
    git = running("sleep 4711 & exec sleep 4711", **limits)

    with pytest.raises(GitStuck):
        git.line()

    assert git.process.returncode == -9
    assert session_ended(git.process.pid)


def test_a_failure_names_the_command_and_its_complaint(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a": b"1"}, bare=True)

    with pytest.raises(GitFailed, match=r"git rev-parse failed in .*bad revision"):
        output("rev-parse", "nothing", "--", folder=made)


@needs_proc
def test_git_starts_in_a_session_of_its_own(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a": b"1"}, bare=True)

    git = start("cat-file", "--batch", folder=made)

    try:
        assert os.getsid(git.process.pid) == git.process.pid != os.getsid(0)
    finally:
        git.stop()
    assert none_left(str(made))


def test_git_sees_no_variable_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_DIR", "GIT_SSH_COMMAND", "GIT_TRACE", "TOKEN", "https_proxy"):
        monkeypatch.setenv(name, "planted")

    seen = environment()

    assert "planted" not in seen.values()
    assert seen["HOME"] == "/dev/null"
    assert seen["GIT_ALLOW_PROTOCOL"] == "none"


def test_git_takes_every_setting_that_it_is_handed(tmp_path: Path) -> None:
    made = make_repository(tmp_path, {"a": b"1"}, bare=True)

    said = output("config", "--list", folder=made).decode()

    for line in (
        "protocol.allow=never",
        "transfer.fsckobjects=true",
        "fetch.fsckobjects=true",
        "core.hookspath=/dev/null",
        "core.fsmonitor=false",
        "http.followredirects=false",
        "gc.auto=0",
        "safe.barerepository=explicit",
        "credential.helper=",
    ):
        assert line in said.splitlines()


@needs_proc
def test_one_that_never_stops_talking_is_stopped_in_time() -> None:
    git = running("yes; true", seconds=0.1)

    with pytest.raises(GitStuck):
        git.finish()

    assert session_ended(git.process.pid)
