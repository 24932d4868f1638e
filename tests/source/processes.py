# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""Which processes are still about something, as Linux tells it."""

import time
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


def none_left(text: str) -> bool:
    """Tell whether soon enough no git process mentions *text* any more."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while about(text):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
