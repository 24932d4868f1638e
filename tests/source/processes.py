# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which processes are still about something, as Linux tells it."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

PROC = Path("/proc")
needs_proc = pytest.mark.skipif(not (PROC / "self").exists(), reason="needs /proc")

_PATIENCE_SECONDS = 20


def about(text: str) -> list[str]:
    """Return the command lines of git processes that mention *text*."""
    found = []
    for process in PROC.glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if "git" in words and text in words:
            found.append(words.replace("\0", " "))
    return found


def alive_in_session(leader: int) -> list[int]:
    """Return the processes of the session that *leader* opened, without the dead."""
    found = []
    for process in PROC.glob("[0-9]*"):
        try:
            after_name = (process / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        state, session = after_name[0], int(after_name[3])
        if session == leader and state not in "ZX":
            found.append(int(process.name))
    return found


def none_left(text: str) -> bool:
    """Tell whether soon enough no git process mentions *text* any more."""
    return _soon(lambda: not about(text))


def session_ended(leader: int) -> bool:
    """Tell whether soon enough nothing that *leader* started is alive any more."""
    return _soon(lambda: not alive_in_session(leader))


def _soon(is_so: Callable[[], bool]) -> bool:
    until = time.monotonic() + _PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
